"""Wie bel ik nu: the card for everybody inside, the monthly look, and the lines themselves for who keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from .. import call_card as actions
from ..call_card import FIELDS, MAY_KEEP, ON
from ..call_card_pdf import pdf
from ..call_forms import CallLineForm
from ..gate import Request, allowed
from ..models import CallLine, Municipality


def _acting(request: HttpRequest) -> Acting:
    return cast(Request, request).acting


@allowed()
@require_safe
def call_card(request: HttpRequest) -> HttpResponse:
    """Who can be called now, and who is closed until when."""
    by = _acting(request)
    card = actions.card(by, cast(Request, request).holidays())
    shown = [one.row.id for one in (*card.open, *card.unknown, *card.closed)]
    journal.record(by=by, act="look", on=ON, ids=shown)
    told = {"card": card, "at": by.at, "filled": bool(shown or card.empty), "keeps": by.is_any(*MAY_KEEP)}
    if told["keeps"]:
        told["overdue"] = actions.overdue(by)
    return render(request, "people/call_card.html", told)


@allowed()
@require_safe
def call_card_pdf(request: HttpRequest) -> HttpResponse:
    """The card on one sheet, to hang up."""
    by = _acting(request)
    rows = [row for row in actions.lines(by) if row.number]
    journal.record(by=by, act="print", on=ON, ids=[row.id for row in rows])
    response = HttpResponse(pdf(rows, Municipality.objects.get(id=by.place).name, by.today), "application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{_("wie-bel-ik")}.pdf"'
    return response


@allowed(*MAY_KEEP)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The monthly look: one button per line, or one for all of them."""
    by = _acting(request)
    if request.method == "POST":
        asked = list(_seen(request.POST.getlist("line") or request.POST.getlist("seen")))
        _say(request, len(asked), len(actions.check(by=by, seen=asked)))
        return redirect("people:call-card-check")
    rows = actions.looked(by)
    journal.record(by=by, act="look", on=ON, ids=[one.row.id for one in rows])
    late = sum(one.overdue for one in rows)
    return render(request, "people/call_card_check.html", {"rows": rows, "late": late})


def _seen(told: Iterable[str]) -> Iterator[tuple[UUID, int]]:
    """`id:version` of each line as it stood on the page; what cannot be read counts as not seen."""
    for one in told:
        line, _colon, version = one.partition(":")
        try:
            yield UUID(line), int(version)
        except ValueError:
            continue


def _say(request: HttpRequest, asked: int, noted: int) -> None:
    if noted:
        told = ngettext("%(count)d regel nagekeken.", "%(count)d regels nagekeken.", noted) % {"count": noted}
        messages.success(request, told)
    if noted < asked:
        messages.warning(request, _("Iemand veranderde intussen iets. Kijk die regel nog een keer na."))


@allowed(*MAY_KEEP)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new line."""
    by = _acting(request)
    form = CallLineForm(request.POST or None, initial={"position": actions.lines(by).count() + 1})
    if request.method == "POST" and form.is_valid():
        made = actions.add(by=by, told=form.cleaned_data)
        messages.success(request, _("%(name)s staat nu bij de nummers.") % {"name": made.name})
        return redirect("people:call-card-check")
    return render(request, "people/call_line.html", {"form": form, "title": _("Nummer toevoegen")})


@allowed(*MAY_KEEP)
@require_http_methods(["GET", "POST"])
def line(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """One line, to change."""
    by = _acting(request)
    row = get_object_or_404(actions.lines(by), id=line_id)
    form = CallLineForm(request.POST or None, initial={name: getattr(row, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        actions.change(by=by, line=row, told=form.cleaned_data)
        messages.success(request, _("%(name)s is bewaard, nagekeken door u.") % {"name": row.name})
        return redirect("people:call-card-check")
    journal.record(by=by, act="look", on=ON, ids=[row.id])
    return render(request, "people/call_line.html", {"form": form, "title": row.name, "row": row})


@allowed(*MAY_KEEP)
@require_POST
def end(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Take a line off the card."""
    by = _acting(request)
    row: CallLine = get_object_or_404(actions.lines(by), id=line_id)
    actions.end(by=by, line=row)
    messages.success(request, _("%(name)s staat niet meer op de kaart.") % {"name": row.name})
    return redirect("people:call-card-check")


@allowed(*MAY_KEEP)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Begin an empty card with the lines that are shipped."""
    actions.propose(by=_acting(request))
    messages.success(request, _("De kaart is gevuld. Vul aan wat ontbreekt en kijk de rest na."))
    return redirect("people:call-card-check")
