"""The queue: signals one may see, the oldest first."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateformat import format as formatted
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meldroute.domain import days
from meldroute.domain.term import gettext_noop
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.people.asked import whole
from meldroute.people.gate import allowed

from .. import listing
from ..actions.access import MAY_ASK
from ..forms.access import QueueForm
from ..terms import holidays_of
from ..titles import kind_of, state_of
from ..visible import READERS, WORKERS
from .page import acting, file_address

WAYS = (
    ("route:stand-in", gettext_noop("Draag over aan een vervanger"), WORKERS),
    ("route:parcels", gettext_noop("Van en naar andere gemeenten"), (Role.MELDPUNT,)),
    ("route:access-requests", gettext_noop("Verzoeken om toegang"), (Role.MELDPUNT,)),
    ("route:access-ask", gettext_noop("Toegang vragen tot een signaal"), MAY_ASK),
    ("route:supervise", gettext_noop("Een signaal lezen als toezichthouder"), (Role.FG,)),
    ("route:alerts", gettext_noop("Noodtoegang, laatste twee weken"), (Role.PRIVACY_OFFICER, Role.FG)),
)
LABELS = (
    gettext_noop("Signaal"),
    gettext_noop("Stap"),
    gettext_noop("Behandelaar"),
    gettext_noop("Termijn"),
)


def ways(by: Acting) -> list[dict[str, str]]:
    """Where else to go from the queue, by role."""
    return [{"label": _(label), "url": reverse(name)} for name, label, roles in WAYS if by.is_any(*roles)]


@allowed(*READERS)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """One page of fifty, with filters."""
    by = acting(request)
    handlers = places.members(by.place, Role.MELDPUNT, Role.INTEGRITY, today=by.today)
    people = [(user.id, user.name) for user in handlers]
    form = QueueForm(request.GET, people=people)
    wanted = form.wanted
    signals, page = listing.queue(by, wanted, whole(request.GET.get("page", ""), 1))
    filters = {name: value for name, value in request.GET.items() if name != "page"}
    if page.paginator.count and not signals:  # beyond the last page
        return redirect(f"{reverse('route:queue')}?{urlencode(filters | {'page': page.number})}")
    found = listing.rows_of(signals, by, names=dict(people), holidays=holidays_of(by.place))
    nobody = _("niemand")
    rows = [_line(row, nobody) for row in found]
    journal.record(by=by, act="look", on="route.queue", ids=[signal.id for signal in signals])
    labels = [_(label) for label in LABELS]
    fields = _fields(
        get_language(), tuple(people), urlencode([(name, request.GET.get(name, "")) for name in form.fields])
    )
    told = {"labels": labels, "rows": rows, "page": page, "fields": fields, "ways": ways(by)}
    return render(request, "route/queue.html", told | {"query": f"{urlencode(filters)}&" if filters else ""})


@lru_cache(maxsize=256)
def _fields(_language: str | None, people: tuple[tuple[UUID, str], ...], asked: str) -> SafeString:
    """The filter above the list. Kept: a fifth of the page is its four choices, which seldom differ."""
    form = QueueForm(QueryDict(asked), people=list(people))
    return SafeString("".join(field.as_field_group() for field in form))


def _line(row: listing.Row, nobody: str) -> dict[str, Any]:
    """What the list shows of one signal."""
    unseen = _("niemand keek %(days)s dagen") % {"days": row.unseen} if row.unseen else ""
    return {
        "url": file_address(row.signal.id),
        "cells": (
            (row.signal.reference, kind_of(row.signal)),
            (state_of(row.signal), _since(get_language(), days.local_date(row.signal.state_since))),
            (row.handler or nobody, unseen),
        ),
        "due_on": row.signal.due_on,
        "working_days": row.working_days,
    }


@lru_cache(maxsize=512)
def _since(_language: str | None, day: date) -> str:
    """Kept: a list of fifty says the same few days; the words follow from language and day alone."""
    return _("sinds %(since)s") % {"since": formatted(day, "D j F")}
