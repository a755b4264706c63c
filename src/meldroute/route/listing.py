"""Lists and counts of signals: the queue, and what the start page shows. Each function says how many statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Count, F, Func, IntegerField, Q, QuerySet
from django.utils.functional import cached_property

from meldroute.domain import days
from meldroute.domain.route import STATES
from meldroute.domain.vocabulary import Role, State
from meldroute.journal.acting import Acting
from meldroute.post.actions import leaves

from .actions.access import MAY_ASK, emergencies
from .models import Access, AccessRequest, Reveal, Signal
from .visible import files

PAGE = 50
AHEAD = 10
"""Pages after the one shown that the queue still counts."""
LOOKING_BACK = 90
"""Days of the journal that "niemand keek" reads; longer ago is shown as that many."""


@dataclass(frozen=True)
class Wanted:
    """What the queue is filtered by; empty means everything that is not closed."""

    state: str = ""
    form: str = ""
    handler: str = ""
    due: str = ""


@dataclass(frozen=True)
class Row:
    """One signal in a list."""

    signal: Signal
    handler: str
    working_days: int
    unseen: int | None


class Pages(Paginator):  # type: ignore[type-arg]
    """A paginator that was told how many there are; `more`: that there are more than it was told."""

    def __init__(self, total: int, *, more: bool) -> None:
        super().__init__((), PAGE)
        self.total = total
        self.more = more

    @cached_property
    def count(self) -> int:
        return self.total


def wanted_signals(by: Acting, wanted: Wanted) -> QuerySet[Signal]:
    """The signals of the queue."""
    found = files(by)
    found = found.filter(state=wanted.state) if wanted.state else found.exclude(state=State.CLOSED)
    if wanted.form:
        found = found.filter(forms__contains=[wanted.form])
    if wanted.handler:
        found = found.filter(_handled(wanted.handler, by))
    if wanted.due:
        found = found.filter(_due(wanted.due, by.today))
    return found


def queue(by: Acting, wanted: Wanted, number: int) -> tuple[list[Signal], Page[Any]]:
    """One page of at most 50; beyond the last one no rows, and which page that is. One statement, beyond it two.

    Counted are ten pages more than were asked for at most, so that a page costs the same however many wait.
    """
    asked = max(number, 1)
    most = (asked + AHEAD) * PAGE
    found = wanted_signals(by, wanted).order_by("received_at", "id")
    counted = Func(ArraySubquery(found.values("pk")[: most + 1]), function="cardinality", output_field=IntegerField())
    rows: list[Any] = list(found.annotate(total=counted)[(asked - 1) * PAGE : asked * PAGE])
    if rows or asked == 1:
        total = rows[0].total if rows else 0
        return rows, Page(rows, asked, Pages(min(total, most), more=total > most))
    pages = Pages(found.count(), more=False)
    return [], Page([], pages.num_pages, pages)


def rows_of(signals: list[Signal], by: Acting, *, names: Mapping[UUID, str], holidays: frozenset[date]) -> list[Row]:
    """The signals with who handles them, working days left and for how long nobody looked. One statement."""
    looks = last_looks([signal.id for signal in signals], by)
    left = {day: days.left(by.today, day, holidays) for day in {signal.due_on for signal in signals} if day}
    return [
        Row(
            signal,
            names.get(signal.handler_id, "") if signal.handler_id else "",
            left[signal.due_on] if signal.due_on else 0,
            _unseen(signal, looks.get(signal.id), by.today),
        )
        for signal in signals
    ]


def last_looks(ids: list[UUID], by: Acting) -> dict[UUID, date]:
    """The last day on which somebody opened each file, as far as the journal reads back. One statement."""
    sql = (
        "SELECT one, max(e.at) FROM journal_entry e, unnest(e.ids) AS one WHERE e.chain = %s AND e.at >= %s "
        "AND e.act = 'look' AND e.\"on\" IN ('route.Signal', 'route.timeline') AND one = ANY(%s) GROUP BY one"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [by.place, by.at - timedelta(days=LOOKING_BACK), ids])
        return {one: days.local_date(at) for one, at in cursor.fetchall()}


def per_state(by: Acting) -> list[tuple[State, int, int]]:
    """Every state but closed, with how many signals are there and how many of them are late. One statement.

    A practice signal of a real installation is not counted.
    """
    late = Count("id", filter=Q(due_on__lt=by.today))
    open_ones = files(by).exclude(state=State.CLOSED).order_by()
    open_ones = open_ones if leaves(practice=True) else open_ones.filter(practice=False)
    rows = open_ones.values("state").annotate(number=Count("id"), late=late)
    found = {row["state"]: (row["number"], row["late"]) for row in rows}
    return [(state, *found.get(state.value, (0, 0))) for state in State if state is not State.CLOSED]


def per_step(by: Acting) -> list[tuple[int, int, int]]:
    """Steps 1 to 6 of the plan with (step, signals, late); on hold stands apart and is left out. One statement."""
    counts = {step: [0, 0] for step in range(1, 7)}
    for state, number, late in per_state(by):
        step = STATES[state].shown_at
        if step:
            counts[step][0] += number
            counts[step][1] += late
    return [(step, number, late) for step, (number, late) in counts.items()]


def due_soonest(by: Acting, most: int = 8) -> list[Signal]:
    """The open signals that ask for something first. One statement."""
    found = files(by).exclude(state__in=(State.CLOSED, State.ON_HOLD))
    return list(found.order_by(F("due_on").asc(nulls_last=True), "received_at")[:most])


def overdue(by: Acting) -> int:
    """How many open signals are past their day. One statement."""
    return files(by).exclude(state=State.CLOSED).filter(due_on__lt=by.today).count()


def requests_waiting(by: Acting) -> list[AccessRequest]:
    """Requests for access that wait for the meldpunt, the oldest first; none for others. One statement or none."""
    if not by.is_any(Role.MELDPUNT):
        return []
    return list(AccessRequest.objects.filter(answered_at__isnull=True).order_by("asked_at"))


def requests_of_mine(by: Acting) -> list[AccessRequest]:
    """What `by` asked, the newest first. One statement or none."""
    if not by.is_any(*MAY_ASK):
        return []
    return list(AccessRequest.objects.filter(user_id=by.person).order_by("-asked_at")[:PAGE])


def reveals_waiting(by: Acting) -> list[Reveal]:
    """Protected reporters for whom a second person is asked; never one's own. One statement."""
    open_ones = Reveal.objects.filter(agreed_at__isnull=True, asked_at__gte=by.at - timedelta(days=7))
    return list(open_ones.exclude(asked_by=by.person).select_related("signal"))


def alerts(by: Acting) -> list[Access]:
    """Break-glass of the last two weeks, for the privacy officer and the FG; none for others. One statement or none."""
    if not by.is_any(Role.PRIVACY_OFFICER, Role.FG):
        return []
    return emergencies(by.at - timedelta(days=14))


def _handled(handler: str, by: Acting) -> Q:
    if handler == "me":
        return Q(handler_id=by.user_id)
    if handler == "none":
        return Q(handler_id__isnull=True)
    return Q(handler_id=UUID(handler))


def _due(due: str, today: date) -> Q:
    if due == "late":
        return Q(due_on__lt=today)
    return Q(due_on__lte=today + timedelta(days=7))


def _unseen(signal: Signal, seen: date | None, today: date) -> int | None:
    """Whole days since somebody looked; None when that was in the last week."""
    since = seen or max(days.local_date(signal.received_at), today - timedelta(days=LOOKING_BACK))
    gone = (today - since).days
    return gone if gone >= 7 else None
