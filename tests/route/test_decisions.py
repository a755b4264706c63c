"""Decisions: due dates, two at once, corrections, holds, sealed signals, rows that cannot be changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import Error, connection, transaction

from meldroute.domain.route import Decision, FollowUp, Given
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Check, Outcome, Purpose, Recipient, Role, State
from meldroute.journal.acting import Acting
from meldroute.people.unit import unit
from meldroute.route.actions import checking, danger, deciding
from meldroute.route.conflict import Conflict
from meldroute.route.models import Decision as Taken
from meldroute.route.models import Signal, Task, TaskState
from people_here import MONDAY, acting, user
from races_here import pair
from route import files

REASON = Given(reason="omdat het moet")


def at(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# Moment (UTC) → last day of three working days for weighing, two for advice, one to account for danger. By hand.
DUE = [
    ("2026-11-23T08:00", date(2026, 11, 26), date(2026, 11, 25), date(2026, 11, 24)),  # an ordinary Monday
    ("2026-11-20T15:00", date(2026, 11, 25), date(2026, 11, 24), date(2026, 11, 23)),  # over a weekend
    ("2026-04-01T10:00", date(2026, 4, 8), date(2026, 4, 7), date(2026, 4, 2)),  # Good Friday, Easter Monday
    ("2026-04-24T10:00", date(2026, 4, 30), date(2026, 4, 29), date(2026, 4, 28)),  # King's Day on Monday
    ("2026-03-27T23:30", date(2026, 4, 1), date(2026, 3, 31), date(2026, 3, 30)),  # Saturday here, clock forward
    ("2026-10-24T22:30", date(2026, 10, 28), date(2026, 10, 27), date(2026, 10, 26)),  # Sunday here, clock back
    ("2026-12-30T12:00", date(2027, 1, 5), date(2027, 1, 4), date(2026, 12, 31)),  # week 53, New Year
    ("2026-12-31T23:30", date(2027, 1, 6), date(2027, 1, 5), date(2027, 1, 4)),  # the new year has begun here
]


@pytest.mark.django_db
@pytest.mark.parametrize(("moment", "weighing", "advice", "account"), DUE)
def test_due_dates_over_weekends_holidays_clock_changes_and_week_53(
    moment: str, weighing: date, advice: date, account: date
) -> None:
    with unit(acting(at=at(moment))) as by:
        signal = files.new(by=by)
        seen = files.fact(signal, by=by)
        assert signal.due_on == weighing
        put_in_meeting(signal)
        asked = checking.Asked(
            check=Check.TWO_A,
            question="Mag dit?",
            facts=(seen.id,),
            recipient=Recipient.SIGNALENOVERLEG,
            purpose=Purpose.DISCUSS,
        )
        assert checking.ask(by=by, signal=signal, asked=asked).due_on == advice
        row = danger.share(by=by, signal=signal, recipient=Recipient.POLICE, told="Kom", reason="Geschreeuw")
        assert row.account_by == account


def put_in_meeting(signal: Signal, state: State = State.IN_SIGNALENOVERLEG) -> None:
    """Set the state under the table."""
    Signal.objects.filter(id=signal.id).update(state=state)
    signal.refresh_from_db()


@pytest.mark.django_db
def test_a_follow_up_date_goes_before_the_term() -> None:
    with unit(acting()) as by:
        signal = files.new(by=by)
        put_in_meeting(signal, State.MONITORING)
        later = files.in_days(by, 40)
        given = Given(reason="volgen", follow_up=FollowUp("Bel", str(user("handhaver").id), later))
        deciding.decide(by=by, signal=signal, version=1, decision=Decision.FOLLOW_UP, given=given)
        assert signal.due_on == later
        assert Task.objects.get(signal=signal).due_on == later


@pytest.mark.django_db
def test_what_was_decided_weighed_or_checked_cannot_be_changed_in_the_database() -> None:
    with unit(acting()) as by:
        signal = files.new(by=by)
        seen = files.fact(signal, by=by)
        files.weigh(signal, files.FIRST, by=by)
        deciding.decide(by=by, signal=signal, version=1, decision=Decision.AGENDA_WITHOUT_SOURCES, given=REASON)
    files.checked(signal, Check.TWO_A, recipient=Recipient.SIGNALENOVERLEG, purpose=Purpose.DISCUSS, facts=(seen.id,))
    tables = (
        "route_decision",
        "route_weighinganswer",
        "route_privacycheck",
        "route_privacyadvice",
        "route_privacydecision",
        "route_timelineentry",
        "route_observation",
        "sharing_disclosure",
    )
    with unit(acting("meldpunt")) as by:
        danger.share(by=by, signal=signal, recipient=Recipient.POLICE, told="Kom", reason="Geschreeuw")
        for table in tables:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone()[0] > 0, table
            for change in (f"UPDATE {table} SET at = now()", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
                assert refused_by_database(change), change


def refused_by_database(statement: str) -> bool:
    """Whether the database refuses this statement of the application."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except Error:
        return True
    return False


@pytest.mark.django_db
def test_a_stale_page_gets_a_conflict_and_nothing_is_kept() -> None:
    with unit(acting()) as by:
        signal = files.new(by=by)
        put_in_meeting(signal, State.IN_LOO)
        deciding.decide(by=by, signal=signal, version=1, decision=Decision.NEXT_LOO, given=REASON)
        with pytest.raises(Conflict), transaction.atomic():
            deciding.decide(by=by, signal=signal, version=1, decision=Decision.NEXT_LOO, given=REASON)
        assert Taken.objects.filter(signal=signal).count() == 1


@pytest.mark.usefixtures("committed")
def test_two_at_once_one_wins_and_the_other_is_told() -> None:
    rounds = 50
    with unit(acting()) as by:
        signal = files.new(by=by)
        put_in_meeting(signal, State.IN_LOO)
    barrier = Barrier(2)

    def decide(by: Acting, version: int) -> None:
        held = Signal.objects.get(id=signal.id)
        barrier.wait(timeout=60)
        deciding.decide(by=by, signal=held, version=version, decision=Decision.NEXT_LOO, given=REASON)

    with pair() as both:
        for number in range(rounds):
            act = partial(decide, version=1 + number)
            assert sorted(both(act, act, MONDAY + timedelta(seconds=number))) == ["told", "won"], number
    with unit(acting()):
        assert Taken.objects.filter(signal_id=signal.id).count() == rounds
        assert Signal.objects.get(id=signal.id).version == 1 + rounds


@pytest.mark.django_db
def test_a_correction_is_a_new_decision_that_names_the_old_one() -> None:
    with unit(acting()) as by:
        signal = files.new(by=by)
        files.weigh(signal, files.FIRST, by=by)
        old = deciding.decide(by=by, signal=signal, version=1, decision=Decision.NOT_TAKEN_UP, given=REASON)
        assert (signal.state, signal.outcome) == (State.FEEDBACK_DUE, Outcome.NOT_TAKEN_UP)
    with unit(acting(at=MONDAY + timedelta(minutes=5))) as by:
        new = deciding.correct(
            by=by, signal=signal, version=2, old=old, decision=Decision.TAKE_UP, given=Given(reason="verkeerde knop")
        )
        assert (new.corrects_id, new.from_state, new.to_state) == (old.id, State.REGISTERED, State.ENRICHING)
        assert (signal.state, signal.outcome, signal.round) == (State.ENRICHING, "", 1)
        assert Taken.objects.get(id=old.id).to_state == State.FEEDBACK_DUE
        with pytest.raises(Refused) as refused:
            deciding.correct(by=by, signal=signal, version=3, old=old, decision=Decision.TAKE_UP)
        assert refused.value.verdict.code == "decision.latest"


@pytest.mark.django_db
def test_a_correction_stands_behind_the_same_gates() -> None:
    with unit(acting()) as by:
        signal = files.new(by=by)
        put_in_meeting(signal, State.IN_LOO)
        old = deciding.decide(by=by, signal=signal, version=1, decision=Decision.NEXT_LOO, given=REASON)
        with pytest.raises(Refused) as refused, transaction.atomic():
            deciding.correct(by=by, signal=signal, version=2, old=old, decision=Decision.NOT_CONFIRMED, given=REASON)
        assert refused.value.verdict.code == "gate.check_2a"


@pytest.mark.django_db
def test_a_correction_takes_back_the_task_and_the_hold_of_the_old_one() -> None:
    with unit(acting()) as by:
        signal = files.new(by=by)
        put_in_meeting(signal, State.MONITORING)
        given = Given(reason="volgen", follow_up=FollowUp("Bel", str(user("handhaver").id), files.in_days(by, 5)))
        old = deciding.decide(by=by, signal=signal, version=1, decision=Decision.FOLLOW_UP, given=given)
        hold = Given(reason="op verzoek", requested_by="zaaksofficier", review_on=files.in_days(by, 30))
        second = deciding.correct(by=by, signal=signal, version=2, old=old, decision=Decision.HOLD, given=hold)
        assert Task.objects.get(decision=old).state == TaskState.WITHDRAWN
        assert (signal.state, signal.held_from) == (State.ON_HOLD, State.MONITORING)
    with unit(acting(at=MONDAY + timedelta(minutes=5))) as by:
        deciding.correct(by=by, signal=signal, version=3, old=second, decision=Decision.MONITORING_DONE, given=REASON)
        assert not signal.holds.filter(ended_at__isnull=True).exists()
        assert signal.state == State.FEEDBACK_DUE


@pytest.mark.django_db
@pytest.mark.parametrize(
    "origin",
    [s for s in State if s not in (State.RECEIVED, State.ON_HOLD, State.CLOSED)],
)
def test_a_hold_goes_back_to_where_it_came_from(origin: State) -> None:
    with unit(acting()) as by:
        signal = files.new(by=by)
        put_in_meeting(signal, origin)
        review = files.in_days(by, 30)
        hold = Given(reason="op verzoek", requested_by="zaaksofficier", review_on=review)
        deciding.decide(by=by, signal=signal, version=1, decision=Decision.HOLD, given=hold)
        assert (signal.held_from, signal.due_on) == (origin, review)
        longer = Given(reason="nog niet", review_on=files.in_days(by, 60))
        deciding.decide(by=by, signal=signal, version=2, decision=Decision.KEEP_ON_HOLD, given=longer)
        assert [one.asked_by for one in signal.holds.all()] == ["zaaksofficier"] * 2
        deciding.decide(by=by, signal=signal, version=3, decision=Decision.RELEASE_HOLD, given=REASON)
        assert (signal.state, signal.held_from) == (origin, "")
        assert not signal.holds.filter(ended_at__isnull=True).exists()


@pytest.mark.django_db
def test_a_reopened_signal_is_a_new_round_in_which_old_answers_open_nothing() -> None:
    with unit(acting()) as by:
        signal = files.new(by=by)
        files.weigh(signal, files.FIRST, by=by)
        put_in_meeting(signal, State.CLOSED)
        deciding.decide(by=by, signal=signal, version=1, decision=Decision.REOPEN, given=REASON)
        assert (signal.state, signal.round) == (State.REGISTERED, 2)
        assert signal.weighings.count() == 3
        with pytest.raises(Refused) as refused:
            deciding.decide(by=by, signal=signal, version=2, decision=Decision.TAKE_UP)
        assert refused.value.verdict.code == "gate.weighed_first"


@pytest.mark.django_db
def test_a_sealed_signal_is_decided_by_its_trusted_readers_only() -> None:
    with unit(acting("secretaris")) as by:
        signal = files.new(by=by, sealed=True)
        files.weigh(signal, files.FIRST, by=by)
        deciding.decide(by=by, signal=signal, version=1, decision=Decision.AGENDA_WITHOUT_SOURCES, given=REASON)
    with unit(acting("meldpunt")) as by:
        assert Role.MELDPUNT in by.roles
        assert not Signal.objects.filter(id=signal.id).exists()
        with pytest.raises(Refused), transaction.atomic():
            deciding.decide(by=by, signal=signal, version=2, decision=Decision.HOLD, given=REASON)
        put = connection.cursor()
        put.execute("UPDATE route_signal SET state = 'closed' WHERE id = %s", [signal.id])
        assert put.rowcount == 0
    with unit(acting("integriteit")) as by:
        assert Signal.objects.get(id=signal.id).state == State.IN_SIGNALENOVERLEG
