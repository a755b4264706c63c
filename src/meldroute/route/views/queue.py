"""The queue: signals one may see, the oldest first."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.people import places
from meldroute.people.gate import allowed

from .. import listing
from ..forms.access import QueueForm
from ..terms import holidays_of
from ..titles import kind_of, state_of
from ..visible import READERS
from .page import acting


@allowed(*READERS)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """One page of fifty, with filters."""
    by = acting(request)
    handlers = places.members(by.place, Role.MELDPUNT, Role.INTEGRITY, today=by.today)
    people = [(user.id, user.name) for user in handlers]
    form = QueueForm(request.GET, people=people)
    wanted = form.wanted
    number = request.GET.get("page", "1")
    signals, page = listing.queue(by, wanted, int(number) if number.isdigit() else 1)
    found = listing.rows_of(signals, by, names=dict(people), holidays=holidays_of(by.place))
    rows = [
        {
            "signal": row.signal,
            "kind": kind_of(row.signal),
            "state": state_of(row.signal),
            "handler": row.handler,
            "working_days": row.working_days,
            "unseen": row.unseen,
        }
        for row in found
    ]
    journal.record(by=by, act="look", on="route.queue", ids=[signal.id for signal in signals])
    told = {"rows": rows, "page": page, "form": form}
    filters = {name: value for name, value in request.GET.items() if name != "page"}
    return render(request, "route/queue.html", told | {"query": f"{urlencode(filters)}&" if filters else ""})
