"""What follows from the clock: the interim word that a reporter is owed while a signal is still under way."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from meldroute.domain import days
from meldroute.domain.route import Decision
from meldroute.domain.terms import INTERIM, RECEIPT, Terms
from meldroute.domain.vocabulary import State
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.unit import system
from meldroute.post.actions import leaves

from .models import Feedback, FeedbackKind, Reporter, Signal
from .terms import terms_of

UNDER_WAY = tuple(state for state in State if state not in (State.RECEIVED, State.FEEDBACK_DUE, State.CLOSED))


def owe_interims(place: UUID, at: datetime) -> int:
    """Owe the interim words whose day comes near; how many. Run as often as wanted: once per reporter and round.

    A word is due `interim` working days after registration (after reopening: that day), and stands in the list as
    many working days before it as a receipt gets, so that it can be written in time.
    """
    with system(place, at) as by:
        terms = terms_of(place)
        owed = [row for signal in _under_way(by, terms) for row in _owe(signal, by, terms)]
        if owed:
            journal.record(by=by, act="feedback.owe", on="route.Feedback", ids=[row.id for row in owed])
    return len(owed)


def _under_way(by: Acting, terms: Terms) -> list[Signal]:
    """Signals that are open for at least as many days as the term has working days."""
    since = by.at - timedelta(days=max(terms.named[INTERIM] - terms.named[RECEIPT], 0))
    rows = Signal.objects.filter(municipality_id=by.place, state__in=UNDER_WAY, registered_at__lte=since)
    return [row for row in rows if leaves(practice=row.practice)]


def _owe(signal: Signal, by: Acting, terms: Terms) -> list[Feedback]:
    due_on = terms.due_for(INTERIM, _start(signal))
    if days.due(by.today, terms.named[RECEIPT], terms.holidays) < due_on:
        return []
    return [row for reporter in _reachable(signal) if (row := _owed(signal, reporter, due_on))]


def _start(signal: Signal) -> date:
    """The day this round began."""
    reopened = signal.decisions.filter(decision=Decision.REOPEN).order_by("-at").first()
    begun = reopened.at if reopened else signal.registered_at or signal.received_at
    return days.local_date(begun)


def _reachable(signal: Signal) -> list[Reporter]:
    return list(signal.reporters.filter(anonymous=False, wants_feedback=True))


def _owed(signal: Signal, reporter: Reporter, due_on: date) -> Feedback | None:
    row, made = Feedback.objects.get_or_create(
        reporter=reporter,
        kind=FeedbackKind.INTERIM,
        round=signal.round,
        defaults={
            "municipality_id": signal.municipality_id,
            "key_id": signal.key_id,
            "signal": signal,
            "due_on": due_on,
        },
    )
    return row if made else None
