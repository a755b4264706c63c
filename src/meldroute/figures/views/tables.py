"""Tables of overlaps: brought as file or text, typed in a grid, described, put away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.domain.estimation.protection import everything
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.gate import allowed
from meldroute.people.proving import fresh
from meldroute.route.forms.trying import tried

from ..actions import runs, tables
from ..actions.tables import MAKERS
from ..files import File
from ..forms.runs import AskForm
from ..forms.tables import MOST_TYPED, DefinitionsForm, GridForm, NamesForm, UploadForm
from ..models import Overlap, RunState
from ..presenting import overlap_part, period
from ..sheet import TEMPLATE
from .page import acting, done, names, overlap_or_404, path_of, path_to, show
from .sending import sent

ON = "figures.Overlap"
BOTH = ["GET", "POST"]


@allowed(*MAKERS)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty table of three lists."""
    return sent(File("text/csv; charset=utf-8", TEMPLATE.encode()), "sjabloon-overlap.csv")


@allowed(*MAKERS)
@require_http_methods(BOTH)
def upload(request: HttpRequest) -> HttpResponse:
    """A new table from a file or from text; what is wrong stands in its cell."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*posted)
    if request.method == "POST" and form.is_valid():
        kept = _kept(form, acting(request))
        if kept is not None:
            return redirect("figures:definitions", kept.id)
    title = _("Nieuwe tabel")
    return show(request, "upload", title, path_to((title, "")), form=form, sheet=form.sheet)


def _kept(form: UploadForm | GridForm, by: Acting) -> Overlap | None:
    wanted = form.result()
    return tried(form, lambda: tables.keep(by=by, wanted=wanted), by=by, on=ON)


@allowed(*MAKERS)
@require_http_methods(BOTH)
def grid(request: HttpRequest) -> HttpResponse:
    """A new table typed by hand: first the names of the lists (in the address), then a count per combination."""
    title = _("Tabel zelf invullen")
    named = NamesForm(request.GET or None)
    if not named.is_valid():
        return show(request, "names", title, path_to((title, "")), form=named)
    form = GridForm(request.POST or None, lists=named.names(), initial=_copied(request))
    if request.method == "POST" and form.is_valid():
        kept = _kept(form, acting(request))
        if kept is not None:
            return redirect("figures:definitions", kept.id)
    return show(request, "grid", title, path_to((title, "")), form=form)


def _copied(request: HttpRequest) -> dict[str, Any]:
    """What the grid begins with when it is a changed copy of a table."""
    wanted = request.GET.get("kopie", "")
    row = Overlap.objects.filter(id=wanted).first() if _is_id(wanted) else None
    if row is None:
        return {}
    _looked(request, row)
    about = {name: getattr(row, name) for name in ("title", "starts_on", "ends_on", "linked_by_chance")}
    return about | {f"n{history}": number for history, number in row.cells.items()}


def _looked(request: HttpRequest, row: Overlap) -> None:
    """A form filled with a table is a look at it; sending the form is told by its act."""
    if request.method != "POST":
        journal.record(by=acting(request), act="look", on=ON, ids=[row.id])


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@allowed(*MAKERS)
@require_safe
def overlap(request: HttpRequest, overlap_id: UUID) -> HttpResponse:
    """One table: who was seen, how the lists overlap, and its estimations."""
    row = overlap_or_404(overlap_id)
    journal.record(by=acting(request), act="look", on=ON, ids=[row.id])
    return _overlap_page(request, row, AskForm())


def _overlap_page(request: HttpRequest, row: Overlap, form: AskForm) -> HttpResponse:
    found = list(row.runs.order_by("-asked_at"))
    told = {
        "row": row,
        "period": period(row),
        "part": overlap_part(everything(tables.table_of(row))),
        "described": runs.is_described(row),
        "definitions": [(name, row.definitions.get(name, {})) for name in row.lists],
        "runs": [run for run in found if run.removed_at is None],
        "removed": [run for run in found if run.removed_at is not None],
        "who": names([row.made_by]).get(row.made_by, ""),
        "form": form,
        "finished": RunState.DONE,
        "copy": _copy_address(row),
    }
    return show(request, "overlap", row.title, path_to((row.title, "")), **told)


def _copy_address(row: Overlap) -> str:
    """The grid with this table in it; empty when it has more lists than can be typed."""
    if not 2 <= len(row.lists) <= MOST_TYPED:
        return ""
    query = {f"list{place}": name for place, name in enumerate(row.lists)}
    return reverse("figures:grid", query=query | {"kopie": str(row.id)})


@allowed(*MAKERS)
@require_http_methods(BOTH)
def definitions(request: HttpRequest, overlap_id: UUID) -> HttpResponse:
    """What every list counts."""
    by, row = acting(request), overlap_or_404(overlap_id)
    form = DefinitionsForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        told = form.definitions()

        def act() -> bool:
            tables.define(by=by, row=row, common=form.cleaned_data["common"], definitions=told)
            return True

        if tried(form, act, by=by, on=ON, about=row.id):
            messages.success(request, _("De definities zijn bewaard."))
            return redirect("figures:overlap", row.id)
    _looked(request, row)
    title = _("Wat telt elke lijst?")
    return show(request, "definitions", title, path_of(row, title), form=form, row=row)


@allowed(*MAKERS)
@require_POST
def ask(request: HttpRequest, overlap_id: UUID) -> HttpResponse:
    """Begin an estimation in the background."""
    by, row = acting(request), overlap_or_404(overlap_id)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _overlap_page(request, row, form)
    run = tried(form, lambda: runs.ask(by=by, row=row, asked=form.asked()), by=by, on=ON, about=row.id)
    return _overlap_page(request, row, form) if run is None else redirect("figures:run", run.id)


@allowed(*MAKERS)
@require_POST
def remove(request: HttpRequest, overlap_id: UUID) -> HttpResponse:
    """Put a table away."""
    by, row = acting(request), overlap_or_404(overlap_id)
    said = _("De tabel is verwijderd. Zij staat onderaan; daar kunt u haar terugzetten.")
    done(request, lambda: tables.remove(by=by, row=row), said, on=ON, about=row.id)
    return redirect("figures:list")


@allowed(*MAKERS)
@require_POST
def bring_back(request: HttpRequest, overlap_id: UUID) -> HttpResponse:
    """Undo."""
    by, row = acting(request), overlap_or_404(overlap_id)
    done(request, lambda: tables.bring_back(by=by, row=row), _("De tabel is terug."), on=ON, about=row.id)
    return redirect("figures:overlap", row.id)


@allowed(*MAKERS)
@fresh()
@require_http_methods(BOTH)
def destroy(request: HttpRequest, overlap_id: UUID) -> HttpResponse:
    """Delete for good, after a question."""
    by, row = acting(request), overlap_or_404(overlap_id)
    if request.method == "POST":
        done(request, lambda: tables.destroy(by=by, row=row), _("De tabel is voorgoed weg."), on=ON, about=row.id)
        return redirect("figures:list")
    _looked(request, row)
    return show(request, "destroy", _("Voorgoed verwijderen?"), path_of(row, _("Voorgoed verwijderen?")), row=row)
