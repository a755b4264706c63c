"""Cijfers: tables and estimations for the figures staff, what was shared for the board."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from meldroute.journal import actions as journal
from meldroute.people.gate import allowed
from meldroute.people.proving import fresh

from ..actions.tables import MAKERS, READERS
from ..files import KINDS
from ..keeping import opened
from ..models import Figure, Overlap, RunState
from ..presenting import answer_part, period
from .page import acting, names, path_to, show
from .sending import sent

PAGE = 20


@allowed(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Everything there is for this reader."""
    by = acting(request)
    if not by.is_any(*MAKERS):
        return _shared(request)
    rows = Overlap.objects.prefetch_related("runs__figure").order_by("-made_at")
    page = Paginator(rows.filter(removed_at=None), PAGE).get_page(request.GET.get("page"))
    removed = list(rows.exclude(removed_at=None)[:PAGE])
    known = names(row.made_by for row in page)
    lines = [
        {
            "row": row,
            "period": period(row),
            "who": known.get(row.made_by, ""),
            "runs": sorted((r for r in row.runs.all() if not r.removed_at), key=lambda r: r.asked_at, reverse=True),
        }
        for row in page
    ]
    journal.record(by=by, act="look", on="figures.Overlap", ids=[row.id for row in page])
    told = {"page": page, "lines": lines, "removed": removed, "finished": RunState.DONE}
    return show(request, "list", _("Cijfers"), [], **told)


def _shared(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    rows = list(Figure.objects.order_by("-shared_at")[:100])
    journal.record(by=by, act="look", on="figures.Figure", ids=[row.id for row in rows])
    return show(request, "shared", _("Cijfers"), [], rows=[{"row": row, "period": period(row)} for row in rows])


def _figure(figure_id: UUID) -> Figure:
    return get_object_or_404(Figure, id=figure_id)


def _lines(row: Figure) -> list[tuple[str, str]]:
    return [
        (_("Tabel"), row.title),
        (_("Periode"), period(row)),
        (_("Gezamenlijke definitie"), row.common),
        (_("Kenmerk"), str(row.run_id)),
    ]


@allowed(*READERS)
@require_safe
def figure(request: HttpRequest, figure_id: UUID) -> HttpResponse:
    """What was shared of one estimation."""
    by, row = acting(request), _figure(figure_id)
    journal.record(by=by, act="look", on="figures.Figure", ids=[row.id])
    told = {"row": row, "period": period(row), "answer": answer_part(opened(row.answer)), "kinds": list(KINDS)}
    return show(request, "figure", row.title, path_to((row.title, "")), **told)


@allowed(*READERS)
@fresh("look")
@require_safe
def figure_file(request: HttpRequest, figure_id: UUID, kind: str) -> HttpResponse:
    """The same as a file."""
    row = _figure(figure_id)
    if kind not in KINDS:
        raise Http404
    journal.record(by=acting(request), act="figures.take", on="figures.Figure", ids=[row.id])
    with override("nl"):  # the report is a Dutch document, whoever takes it
        return sent(KINDS[kind](opened(row.answer), _lines(row)), f"cijfers-{row.starts_on:%Y}.{kind}")
