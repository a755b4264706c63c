"""Counting signals for a report. Counts only: no row, name or text leaves this module.

Counted by the system and not by who asks, so that a report does not depend on which files its maker may open. Left out
are sealed signals (about somebody who works, governs or meets here), practice signals of a real installation, and what
turned out to be no signal or another one than trafficking.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from meldroute.domain.days import local_date
from meldroute.domain.reporting.printing import Count
from meldroute.domain.term import Term, gettext_noop
from meldroute.domain.vocabulary import Form, Outcome, SourceKind, State
from meldroute.journal.acting import AMSTERDAM, Acting
from meldroute.people.unit import enter
from meldroute.post.models import Delivery, Outgoing
from meldroute.route.models import Feedback, FeedbackKind, Signal
from meldroute.vault.models import Practice

ELSEWHERE = (Outcome.NO_SIGNAL, Outcome.OTHER_SIGNAL)
LOST = (Delivery.FAILED, Delivery.GIVEN_UP)
RECEIVED, OWED = "received", "owed"


class Several(Term):
    """Cells of a breakdown that are no code of their own."""

    SEVERAL = "several", gettext_noop("Meer dan één vorm")
    UNDER_WAY = "under_way", gettext_noop("Loopt nog")
    ANONYMOUS = "anonymous", gettext_noop("anonieme bron")
    IN_TIME = "in_time", gettext_noop("op tijd")
    LATE = "late", gettext_noop("te laat of nog niet")
    NOT_DUE = "not_due", gettext_noop("de termijn loopt nog")


SOURCES: Mapping[str, str] = {SourceKind.CITIZEN_ANONYMOUS: Several.ANONYMOUS, SourceKind.MMA: Several.ANONYMOUS}
"""Meld Misdaad Anoniem is never named as the source (domain rules §4)."""


@dataclass(frozen=True)
class Counted:
    """What there was in a period: signals received, words owed, and per signal how many days things took."""

    received: Count
    owed: Count
    to_registration: tuple[int, ...]
    to_outcome: tuple[int, ...]


@contextmanager
def _as_system(by: Acting) -> Iterator[None]:
    enter(Acting(None, by.place, at=by.at))
    try:
        yield
    finally:
        enter(by)


def is_practice() -> bool:
    """Whether all signals here are invented."""
    return Practice.objects.filter(practice=True).exists()


def counted(by: Acting, begins: date, ends: date) -> Counted:
    """All counts of a period, both days included."""
    with _as_system(by):
        signals = list(_signals(by, begins, ends))
        owed = list(_owed(by, begins, ends))
    return Counted(
        received=Count(RECEIVED, begins, ends, len(signals), _parts(signals)),
        owed=Count(OWED, begins, ends, len(owed), {"time": _cells(_in_time(one, by.today) for one in owed)}),
        to_registration=_days(signals, "registered_at"),
        to_outcome=_days(signals, "outcome_at"),
    )


def _signals(by: Acting, begins: date, ends: date) -> QuerySet[Signal]:
    first, after = (datetime.combine(day, time(0), AMSTERDAM) for day in (begins, ends + timedelta(days=1)))
    found = Signal.objects.filter(municipality_id=by.place, sealed=False, received_at__gte=first, received_at__lt=after)
    found = found.exclude(outcome__in=ELSEWHERE)
    found = found if is_practice() else found.filter(practice=False)
    return found.only("forms", "source_kind", "state", "outcome", "received_at", "registered_at", "outcome_at")


def _owed(by: Acting, begins: date, ends: date) -> QuerySet[Feedback]:
    """Words owed to reporters that fell due in the period; a reason for none is none owed (as on Vandaag)."""
    lost = Q(outgoing_id__in=Outgoing.objects.filter(state__in=LOST).values("id"))
    found = Feedback.objects.filter(
        municipality_id=by.place, kind=FeedbackKind.FEEDBACK, none_because="", due_on__gte=begins, due_on__lte=ends,
        signal__sealed=False,
    ).exclude(signal__outcome__in=ELSEWHERE)  # fmt: skip
    found = found if is_practice() else found.filter(signal__practice=False)
    return found.only("due_on", "given_at", "signal_id").annotate(lost=lost)


def _in_time(one: Feedback, today: date) -> str:
    heard = one.given_at is not None and not getattr(one, "lost", False)
    if heard and one.given_at is not None and local_date(one.given_at) <= one.due_on:
        return Several.IN_TIME
    return Several.NOT_DUE if not heard and one.due_on >= today else Several.LATE


def _parts(signals: list[Signal]) -> dict[str, dict[str, int]]:
    """Every breakdown; each signal is in one cell of each."""
    return {
        "form": _cells(_form(one) for one in signals),
        "source": _cells(SOURCES.get(one.source_kind, one.source_kind) for one in signals),
        "step": _cells(one.state for one in signals),
        "outcome": _cells(one.outcome or Several.UNDER_WAY for one in signals),
    }


def _form(signal: Signal) -> str:
    known = [form for form in signal.forms if form != Form.UNCLEAR]
    if len(known) > 1:
        return Several.SEVERAL
    return known[0] if known else Form.UNCLEAR


def _cells(codes: Iterable[str]) -> dict[str, int]:
    return {str(code): number for code, number in Counter(str(code) for code in codes).items()}


def _days(signals: list[Signal], until: str) -> tuple[int, ...]:
    found = ((local_date(one.received_at), getattr(one, until)) for one in signals)
    return tuple(sorted((local_date(then) - first).days for first, then in found if then is not None))


EVERY: Mapping[str, tuple[Term, ...]] = {
    "form": (Form.SEXUAL, Form.LABOUR, Form.CRIMINAL, Form.ORGAN, Form.OTHER, Several.SEVERAL, Form.UNCLEAR),
    "source": (*(one for one in SourceKind if one not in SOURCES), Several.ANONYMOUS),
    "step": tuple(State),
    "outcome": (*(one for one in Outcome if one not in ELSEWHERE), Several.UNDER_WAY),
    "time": (Several.IN_TIME, Several.LATE, Several.NOT_DUE),
}
"""The cells of each breakdown in the order of the table; also those with nothing in them."""


def whole(count: Count) -> Count:
    """With every cell there could be, so that a cell that is missing says nothing."""
    parts = {
        name: {term.value: cells.get(term.value, 0) for term in EVERY[name]} for name, cells in count.parts.items()
    }
    return Count(count.of, count.begins, count.ends, count.number, parts)
