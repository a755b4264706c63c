"""Agenda, attendance, outcomes: what opens to whom and when, in the database itself; and two at once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection

from meetings import tables
from meetings.tables import REASON, TUESDAY
from meldroute.domain.route import TRANSITIONS, Decision, FollowUp, Given, Need
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Check, MeetingKind, Question, Recipient, State
from meldroute.journal.acting import Acting
from meldroute.meetings.actions import agenda, attending, holding, settling
from meldroute.meetings.models import Attendance, Item, ItemState, Leave, Meeting, MeetingState
from meldroute.people.unit import unit
from meldroute.route.conflict import Conflict
from meldroute.route.models import Access, Observation, Signal, Task
from meldroute.route.models import Decision as Taken
from meldroute.sharing.models import Release
from people_here import MONDAY, acting, user
from route import files

SOON = TUESDAY + timedelta(minutes=10)


def opened(row: Meeting, *present: str, at: datetime = TUESDAY) -> None:
    """Begin the meeting, release what may be, and let these people in."""
    with unit(acting(at=at)) as by:
        holding.open_meeting(by=by, meeting=row)
        for item in row.items.select_related("meeting", "signal"):
            if State(item.signal.state) in (State.IN_SIGNALENOVERLEG, State.IN_LOO):
                settling.release_for(by=by, item=item)
        for name in present:
            attending.present(by=by, meeting=row, user_id=user(name).id, there=True)


def rows_seen(name: str, signal: Signal, *, at: datetime, code: str = "HS") -> dict[str, int]:
    """How many rows of this signal raw SQL gives to somebody, per table."""
    counts = {}
    with unit(acting(name, code=code, at=at)), connection.cursor() as cursor:
        for table in ("route_observation", "route_subject", "route_task", "route_reporter", "route_timelineentry",
                      "route_privacycheck", "route_weighinganswer", "meetings_item"):  # fmt: skip
            cursor.execute(f"SELECT count(*) FROM {table} WHERE signal_id = %s", [signal.id])
            counts[table] = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM route_signal WHERE id = %s", [signal.id])
        counts["route_signal"] = cursor.fetchone()[0]
    return {table: count for table, count in counts.items() if count}


RELEASED_ONLY = {"route_observation": 1, "meetings_item": 1, "route_signal": 1}


@pytest.mark.django_db
def test_carried_over_stands_first_and_restricted_last() -> None:
    row = tables.meeting()
    signals = [tables.ripe(MONDAY + timedelta(hours=n)) for n in range(3)]
    opened(row)
    with unit(acting(at=SOON)) as by:
        settling.carry(by=by, item=tables.item_of(row, signals[2]))
        attending.restrict(by=by, item=tables.item_of(row, signals[0]), restricted=True)
        settling.carry_rest(by=by, meeting=row)
        holding.close(by=by, meeting=row)
    fourth = tables.ripe(SOON + timedelta(hours=1))
    after = tables.meeting(at=SOON + timedelta(hours=2))
    with unit(acting(at=SOON + timedelta(hours=3))) as by:
        items = agenda.build(by=by, meeting=after)
        assert [item.signal_id for item in items] == [signals[1].id, signals[2].id, fourth.id, signals[0].id]
        assert [item.position for item in items] == [1, 2, 3, 4]
        assert [item.carried_from_id is not None for item in items] == [True, True, False, True]


@pytest.mark.django_db
def test_building_twice_changes_nothing() -> None:
    row = tables.meeting()
    tables.ripe()
    with unit(acting()) as by:
        first = [(item.id, item.position) for item in agenda.build(by=by, meeting=row)]
        assert [(item.id, item.position) for item in agenda.build(by=by, meeting=row)] == first
        assert len(first) == 1


@pytest.mark.django_db
def test_what_went_elsewhere_leaves_the_agenda_and_may_come_back() -> None:
    row, signal = tables.meeting(), tables.ripe()
    with unit(acting()) as by:
        agenda.build(by=by, meeting=row)
        tables.put(signal, State.ON_HOLD)
        assert agenda.build(by=by, meeting=row) == []
        assert tables.item_of(row, signal).state == ItemState.GONE
        tables.put(signal, State.IN_SIGNALENOVERLEG)
        assert [item.signal_id for item in agenda.build(by=by, meeting=row)] == [signal.id]


@pytest.mark.django_db
def test_a_sealed_signal_comes_on_no_agenda() -> None:
    row, signal = tables.meeting(), tables.ripe()
    with unit(acting("integriteit")) as by:
        sealed = files.new(by=by, sealed=True)
        tables.put(sealed, State.IN_SIGNALENOVERLEG)
    for name in ("meldpunt", None):
        with unit(acting(name)):
            assert [place.signal.id for place in agenda.planned(row)] == [signal.id]


@pytest.mark.django_db
def test_attendance_opens_the_released_facts_and_nothing_else() -> None:
    row, signal = tables.meeting(), tables.ripe()
    assert rows_seen("bwt", signal, at=TUESDAY) == {}
    opened(row, "bwt")
    assert rows_seen("bwt", signal, at=SOON) == RELEASED_ONLY
    assert rows_seen("sociaaldomein", signal, at=SOON) == {}  # invited, not there
    assert rows_seen("politie", signal, at=SOON) == {}  # another table
    assert rows_seen("bloemendaal", signal, at=SOON, code="BD") == {}
    with unit(acting("bwt", at=SOON)):
        assert Observation.objects.get(signal=signal).text == tables.RELEASED
    with unit(acting(at=SOON)) as by:
        attending.present(by=by, meeting=row, user_id=user("bwt").id, there=False)
    assert rows_seen("bwt", signal, at=SOON) == {}
    with unit(acting(at=SOON)) as by:
        attending.present(by=by, meeting=row, user_id=user("bwt").id, there=True)
    assert rows_seen("bwt", signal, at=SOON) == RELEASED_ONLY
    assert rows_seen("bwt", signal, at=TUESDAY + timedelta(hours=13)) == {}  # never closed: the window ends by itself
    with unit(acting(at=SOON)) as by:
        settling.carry_rest(by=by, meeting=row)
        holding.close(by=by, meeting=row)
    assert rows_seen("bwt", signal, at=SOON) == {}


@pytest.mark.django_db
def test_without_a_release_attendance_opens_nothing() -> None:
    row, signal = tables.meeting(), tables.new_signal()
    with unit(acting(at=TUESDAY)) as by:
        holding.open_meeting(by=by, meeting=row)
        attending.present(by=by, meeting=row, user_id=user("bwt").id, there=True)
        with pytest.raises(Refused):
            settling.release_for(by=by, item=tables.item_of(row, signal))
    assert rows_seen("bwt", signal, at=SOON) == {}


@pytest.mark.django_db
def test_what_is_released_during_the_meeting_opens_to_those_there() -> None:
    row, signal = tables.meeting(), tables.new_signal()
    with unit(acting(at=TUESDAY)) as by:
        holding.open_meeting(by=by, meeting=row)
        attending.present(by=by, meeting=row, user_id=user("bwt").id, there=True)
    tables.check_2a(signal, Recipient.SIGNALENOVERLEG, TUESDAY + timedelta(minutes=1))
    with unit(acting(at=SOON)) as by:
        settling.release_for(by=by, item=tables.item_of(row, signal))
        assert Release.objects.filter(meeting_id=row.id).count() == 1
    assert rows_seen("bwt", signal, at=SOON) == RELEASED_ONLY


@pytest.mark.django_db
def test_without_a_ground_nothing_opens() -> None:
    row, signal = tables.meeting(), tables.ripe()
    with unit(acting()):
        Attendance.objects.filter(meeting=row, user_id=user("bwt").id).update(ground="")
    opened(row, "bwt")
    assert rows_seen("bwt", signal, at=SOON) == {}
    with unit(acting(at=SOON)) as by:
        with pytest.raises(Refused):
            attending.add_guest(by=by, meeting=row, user_id=user("bwt").id, ground=" ")
        attending.add_guest(by=by, meeting=row, user_id=user("bwt").id, ground="Omgevingswet")
    assert rows_seen("bwt", signal, at=SOON) == RELEASED_ONLY


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["politie", "melder", "beheer", "fg", "bloemendaal", "zorgcoordinator"])
def test_who_has_no_seat_is_never_let_in(name: str) -> None:
    row = tables.meeting()
    tables.ripe()
    with unit(acting(at=TUESDAY)) as by:
        holding.open_meeting(by=by, meeting=row)
        with pytest.raises(Refused):
            attending.present(by=by, meeting=row, user_id=user(name).id, there=True)
        with pytest.raises(Refused):
            attending.add_guest(by=by, meeting=row, user_id=user(name).id, ground="Nieuwsgierig")


@pytest.mark.django_db
def test_a_restricted_item_opens_only_to_who_stays_and_leaving_is_on_record() -> None:
    row, signal, other = tables.meeting(), tables.ripe(), tables.ripe(MONDAY + timedelta(hours=1))
    opened(row, "bwt", "sociaaldomein", "handhaver")
    with unit(acting(at=SOON)) as by:
        attending.restrict(by=by, item=tables.item_of(row, signal), restricted=True)
        assert tables.item_of(row, signal).position == 2
    assert rows_seen("bwt", signal, at=SOON) == {}
    assert rows_seen("bwt", other, at=SOON) == RELEASED_ONLY
    with unit(acting(at=SOON)) as by:
        attending.stay(by=by, item=tables.item_of(row, signal), ids={user("bwt").id})
        left = set(Leave.objects.values_list("user_id", flat=True))
        assert left == {user("sociaaldomein").id, user("handhaver").id}
    assert rows_seen("bwt", signal, at=SOON) == RELEASED_ONLY
    assert rows_seen("handhaver", signal, at=SOON) == {}
    with unit(acting(at=SOON)) as by:  # nothing lets somebody who left for it back in by accident
        attending.present(by=by, meeting=row, user_id=user("handhaver").id, there=True)
        attending.restrict(by=by, item=tables.item_of(row, signal), restricted=False)
    assert rows_seen("handhaver", signal, at=SOON) == {}


@pytest.mark.django_db
def test_who_leaves_for_an_item_does_not_see_it() -> None:
    row, signal, other = tables.meeting(), tables.ripe(), tables.ripe(MONDAY + timedelta(hours=1))
    opened(row, "bwt")
    with unit(acting(at=SOON)) as by:
        attending.leave(by=by, item=tables.item_of(row, signal), user_id=user("bwt").id)
    assert rows_seen("bwt", signal, at=SOON) == {}
    assert rows_seen("bwt", other, at=SOON) == RELEASED_ONLY


@pytest.mark.django_db
def test_at_the_loo_only_what_was_released_for_the_loo() -> None:
    signal = tables.in_loo()
    row = tables.meeting(MeetingKind.LOO)
    opened(row, "politie", at=row.starts_at)
    soon = row.starts_at + timedelta(minutes=5)
    assert rows_seen("politie", signal, at=soon) == RELEASED_ONLY
    assert rows_seen("riec", signal, at=soon) == {}
    assert rows_seen("bwt", signal, at=soon) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("answered", [(), (Question.STRONG_ENOUGH,), (Question.INTEGRAL_INTEREST,)])
def test_to_the_loo_only_with_both_answers(answered: tuple[Question, ...]) -> None:
    row, signal = tables.meeting(), tables.ripe()
    tables.check_2a(signal, Recipient.LOO, MONDAY + timedelta(minutes=2), Check.TWO_B)
    opened(row)
    with unit(acting(at=SOON)) as by:
        files.weigh(signal, answered, by=by)
        item = tables.item_of(row, signal)
        with pytest.raises(Refused):
            settling.settle(by=by, item=item, version=item.signal.version, decision=Decision.TO_LOO, given=REASON)
        tables.files_weigh(signal, by)
        settling.settle(by=by, item=item, version=item.signal.version, decision=Decision.TO_LOO, given=REASON)
        assert Signal.objects.get(id=signal.id).state == State.IN_LOO


TABLES = {State.IN_SIGNALENOVERLEG: MeetingKind.SIGNALENOVERLEG, State.IN_LOO: MeetingKind.LOO}
OUTCOMES = [(state, decision) for state, decision in TRANSITIONS if state in TABLES and decision != Decision.HOLD]


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "decision"), OUTCOMES, ids=lambda one: one.value)
def test_every_outcome(state: State, decision: Decision) -> None:
    kind = TABLES[state]
    signal = tables.ripe() if state is State.IN_SIGNALENOVERLEG else tables.in_loo()
    row = tables.meeting(kind, at=MONDAY + timedelta(minutes=30))
    opened(row, at=row.starts_at)
    transition = TRANSITIONS[state, decision]
    for n, recipient in enumerate(sorted(transition.recipients)):
        tables.check_2a(signal, recipient, row.starts_at + timedelta(minutes=1 + n), Check.TWO_B)
    later = row.starts_at + timedelta(minutes=40)
    with unit(acting(at=later)) as by:
        files.weigh(signal, (Question.CONCRETE,), by=by)
        tables.files_weigh(signal, by)
        if decision is Decision.INTERVENTION and state is State.IN_SIGNALENOVERLEG:
            _findings(signal, by)
        item = tables.item_of(row, signal)
        given = _given(transition.needs, sorted(transition.recipients), later)
        made = settling.settle(by=by, item=item, version=item.signal.version, decision=decision, given=given)
        now, after = Item.objects.get(id=item.id), Signal.objects.get(id=signal.id)
        assert (now.state, now.decision_id) == (ItemState.DECIDED, made.id)
        assert made.meeting_id == row.id
        assert after.state == transition.to
        assert Task.objects.filter(meeting_id=row.id).exists() == (Need.FOLLOW_UP in transition.needs)
        holding.close(by=by, meeting=row)


def _findings(signal: Signal, by: Acting) -> None:
    """As if an inspection had been decided and answered before."""
    Taken.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        round=1,
        from_state=State.IN_SIGNALENOVERLEG,
        to_state=State.WAITING_FINDINGS,
        decision=Decision.INSPECTION,
        reason="controle",
        at=by.at - timedelta(hours=1),
    )
    files.any_fact(signal, files.Category.FINDING, by=by)


def _given(needs: tuple[Need, ...], recipients: list[Recipient], at: datetime) -> Given:
    follow_up = FollowUp("Doe iets", str(user("handhaver").id), (at + timedelta(days=14)).date())
    return Given(
        reason="omdat het moet",
        recipient=recipients[0] if Need.RECIPIENT in needs else None,
        follow_up=follow_up if Need.FOLLOW_UP in needs else None,
    )


@pytest.mark.django_db
def test_an_outcome_needs_a_running_meeting_and_one_is_enough() -> None:
    row, signal = tables.meeting(), tables.ripe()
    with unit(acting()) as by:
        agenda.build(by=by, meeting=row)
        item = tables.item_of(row, signal)
        told = {"by": by, "item": item, "decision": Decision.NOT_CONFIRMED, "given": REASON}
        with pytest.raises(Refused):
            settling.settle(**told, version=item.signal.version)
    opened(row)
    with unit(acting(at=SOON)) as by:
        told["by"] = by
        settling.settle(**told, version=item.signal.version)
        with pytest.raises(Conflict):
            settling.settle(**told, version=item.signal.version)
        with pytest.raises(Refused):
            settling.carry(by=by, item=tables.item_of(row, signal))
        settling.note(by=by, item=tables.item_of(row, signal), text="kort besproken")
        holding.close(by=by, meeting=row)
        with pytest.raises(Refused):
            settling.note(by=by, item=tables.item_of(row, signal), text="te laat")


@pytest.mark.django_db
def test_next_loo_comes_back_on_top() -> None:
    signal = tables.in_loo()
    row = tables.meeting(MeetingKind.LOO)
    opened(row, at=row.starts_at)
    with unit(acting(at=row.starts_at + timedelta(minutes=5))) as by:
        item = tables.item_of(row, signal)
        settling.settle(by=by, item=item, version=item.signal.version, decision=Decision.NEXT_LOO, given=REASON)
        holding.close(by=by, meeting=row)
    after = tables.meeting(MeetingKind.LOO, at=row.starts_at + timedelta(days=1))
    with unit(acting(at=row.starts_at + timedelta(days=2))):
        assert [(place.signal.id, place.carried) for place in agenda.planned(after)] == [(signal.id, True)]


@pytest.mark.django_db
def test_no_points_means_not_needed_and_points_refuse_it() -> None:
    row = tables.meeting()
    with unit(acting()) as by:
        holding.not_needed(by=by, meeting=row, because="geen punten")
        assert tables.fresh(row).state == MeetingState.NOT_NEEDED
        with pytest.raises(Refused):
            holding.open_meeting(by=by, meeting=row)
    tables.ripe()
    after = tables.meeting(at=row.starts_at + timedelta(hours=1))
    with unit(acting()) as by, pytest.raises(Refused):
        holding.not_needed(by=by, meeting=after, because="geen zin")
    other = tables.meeting(MeetingKind.LOO)
    with unit(acting()) as by:
        settling.add_topic(by=by, meeting=other, title="Jaarplanning")
        with pytest.raises(Refused):
            holding.not_needed(by=by, meeting=other, because="geen zin")


@pytest.mark.django_db
def test_closing_waits_for_every_item_but_not_for_what_went_on_hold() -> None:
    row, signal, held = tables.meeting(), tables.ripe(), tables.ripe(MONDAY + timedelta(hours=1))
    opened(row)
    with unit(acting(at=SOON)) as by:
        with pytest.raises(Refused):
            holding.close(by=by, meeting=row)
        settling.carry(by=by, item=tables.item_of(row, signal))
        tables.put(held, State.ON_HOLD)
        holding.close(by=by, meeting=row)
        assert tables.item_of(row, held).state == ItemState.GONE
        assert not Access.objects.filter(meeting_id=row.id, ended_at__isnull=True).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["bwt", "politie", "proceseigenaar"])
def test_who_is_not_at_the_meldpunt_decides_nothing(name: str) -> None:
    row, signal = tables.meeting(), tables.ripe()
    opened(row, "bwt")
    with unit(acting(at=SOON)):
        item = tables.item_of(row, signal)
    with unit(acting(name, at=SOON)) as by, pytest.raises((Refused, Item.DoesNotExist, Signal.DoesNotExist)):
        settling.settle(by=by, item=item, version=item.signal.version, decision=Decision.NOT_CONFIRMED, given=REASON)


@pytest.mark.django_db
def test_an_item_keeps_its_number_once_the_meeting_began() -> None:
    row = tables.meeting()
    signals = [tables.ripe(MONDAY + timedelta(hours=n)) for n in range(3)]
    opened(row)
    with unit(acting(at=SOON)) as by:
        item = tables.item_of(row, signals[0])
        settling.settle(by=by, item=item, version=item.signal.version, decision=Decision.NOT_CONFIRMED, given=REASON)
        settling.carry(by=by, item=tables.item_of(row, signals[1]))
        assert [place.signal.id for place in agenda.planned(tables.fresh(row))] == [signal.id for signal in signals]
        assert [item.signal_id for item in holding.refresh(by=by, meeting=row)] == [signal.id for signal in signals]
