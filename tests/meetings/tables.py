"""Signals at a table, and meetings to hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from meldroute.domain.route import Decision, Given
from meldroute.domain.vocabulary import Category, Check, MeetingKind, Purpose, Question, Recipient, State
from meldroute.journal.acting import Acting
from meldroute.meetings.actions.dates import make_dates
from meldroute.meetings.models import Attendance, Item, Meeting, Series
from meldroute.people.unit import unit
from meldroute.route.actions import deciding
from meldroute.route.models import Observation, Signal
from people_here import MONDAY, acting
from route import files

TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""When the signalenoverleg begins, 10:00 here."""
REASON = Given(reason="omdat het zo is afgesproken")
RELEASED, KEPT, LATER = "Elf inschrijvingen op één adres", "Een van hen is ziek", "Busje om vijf uur"


def new_signal(at: datetime = MONDAY) -> Signal:
    """A signal on its way to the signalenoverleg, with two facts and nothing released."""
    with unit(acting(at=at)) as by:
        signal = files.new(by=by)
        files.fact(signal, by=by, text=RELEASED)
        files.fact(signal, by=by, text=KEPT, category=Category.SPECIAL)
        files.weigh(signal, files.FIRST, by=by)
        deciding.decide(by=by, signal=signal, version=1, decision=Decision.AGENDA_WITHOUT_SOURCES, given=REASON)
    return signal


def ripe(at: datetime = MONDAY) -> Signal:
    """The same with check 2A decided: the first fact may be shared at this table, the second may not."""
    signal = new_signal(at)
    check_2a(signal, Recipient.SIGNALENOVERLEG, at + timedelta(minutes=1))
    return signal


def check_2a(signal: Signal, recipient: Recipient, at: datetime, check: Check = Check.TWO_A) -> None:
    """The check for a table, on all facts of the signal."""
    with unit(acting(at=at)):
        ids = tuple(Observation.objects.filter(signal=signal).values_list("id", flat=True))
    files.checked(signal, check, recipient=recipient, purpose=Purpose.DISCUSS, facts=ids, at=acting(at=at))


def in_loo(at: datetime = MONDAY) -> Signal:
    """A signal in the LOO, with what may be shared there released for it."""
    signal = ripe(at)
    check_2a(signal, Recipient.LOO, at + timedelta(minutes=2), Check.TWO_B)
    with unit(acting(at=at + timedelta(minutes=3))) as by:
        files_weigh(signal, by)
        fresh = Signal.objects.get(id=signal.id)
        deciding.decide(by=by, signal=fresh, version=fresh.version, decision=Decision.TO_LOO, given=REASON)
    check_2a(signal, Recipient.LOO, at + timedelta(minutes=4))
    return signal


def files_weigh(signal: Signal, by: Acting) -> None:
    """Strong enough, and of integral interest."""
    files.weigh(signal, (Question.STRONG_ENOUGH, Question.INTEGRAL_INTEREST), by=by)


def meeting(kind: MeetingKind = MeetingKind.SIGNALENOVERLEG, at: datetime = MONDAY) -> Meeting:
    """The next meeting of this kind in Heemstede."""
    with unit(acting(None, at=at)) as by:
        for series in Series.objects.all():
            make_dates(by=by, series=series)
        return Meeting.objects.select_related("series").filter(kind=kind, starts_at__gt=at).order_by("starts_at")[0]


def fresh(row: Meeting) -> Meeting:
    """The meeting as it is now (inside a unit)."""
    return Meeting.objects.select_related("series").get(id=row.id)


def item_of(row: Meeting, signal: Signal) -> Item:
    """The item of a signal (inside a unit)."""
    return Item.objects.select_related("meeting__series", "signal").get(meeting=row, signal=signal)


def put(signal: Signal, state: State) -> None:
    """Set the state under the table (inside a unit)."""
    Signal.objects.filter(id=signal.id).update(state=state)


def invited(row: Meeting) -> set[UUID]:
    """Who is invited (inside a unit)."""
    return set(Attendance.objects.filter(meeting=row).values_list("user_id", flat=True))
