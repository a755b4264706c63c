"""Draag over: one sheet for the stand-in, on the screen and on paper."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldroute.journal import actions as journal
from meldroute.people.gate import allowed
from meldroute.people.models import User

from .. import stand_in as reading
from ..visible import WORKERS
from .page import acting

EVERYBODY = "allen"


@allowed(*WORKERS)
@require_safe
def stand_in(request: HttpRequest) -> HttpResponse:
    """The open signals of whoever goes away, as far as the reader may see them anyway; one look for all of them."""
    by = acting(request)
    people = reading.handlers(by)
    chosen = _chosen(request.GET.get("van"), people, reading.usual(by, people))
    signals, more = reading.wanted(by, chosen)
    journal.record(by=by, act="look", on="route.stand_in", ids=[signal.id for signal in signals])
    told = {"sheets": reading.sheets(by, signals), "more": more, "at": by.at, "people": people, "chosen": chosen}
    told |= {"whose": next((user.name for user in people if user.id == chosen), ""), "everybody": EVERYBODY}
    return render(request, "route/stand_in.html", told)


def _chosen(asked: str | None, people: list[User], usual: UUID | None) -> UUID | None:
    """Whose signals: what was asked when that is one of `people` or everybody (None), else what is usual."""
    if asked == EVERYBODY:
        return None
    return next((user.id for user in people if str(user.id) == asked), usual)
