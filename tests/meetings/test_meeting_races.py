"""Two people hold the same meeting: one wins, the other is told, and no item is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

import races_here
import rounds_here
from meetings import tables
from meetings.tables import REASON
from meldroute.domain.route import Decision
from meldroute.domain.vocabulary import MeetingKind, State
from meldroute.journal.acting import Acting
from meldroute.meetings.actions import agenda, holding, settling
from meldroute.meetings.models import Item, ItemState, Meeting, MeetingState
from meldroute.people.unit import unit
from meldroute.route.models import Decision as Taken
from meldroute.route.models import Signal
from people_here import acting
from route import files

pytestmark = pytest.mark.usefixtures("committed")


Race = Callable[[races_here.Act, races_here.Act, int], list[str]]


@pytest.fixture
def both(committed: str) -> Iterator[Race]:
    """Two people at the table on Tuesday, so many seconds after it began."""
    with races_here.pair() as race:
        yield lambda first, second, seconds: race(first, second, tables.TUESDAY + timedelta(seconds=seconds))


def begun(*signals: Signal) -> Meeting:
    """A LOO that runs, with these signals on it."""
    row = tables.meeting(MeetingKind.LOO)
    with unit(acting(at=tables.TUESDAY)) as by:
        for signal in signals:
            tables.put(signal, State.IN_LOO)
        holding.open_meeting(by=by, meeting=row)
    return row


def test_two_chairs_settle_the_same_item(both: Race) -> None:
    rounds = rounds_here.rounds(25, 200)
    with unit(acting()) as by:
        signal = files.new(by=by)
    row = begun(signal)
    with unit(acting(at=tables.TUESDAY)):
        item = tables.item_of(row, signal)
    for number in range(rounds):
        version = 1 + number

        def settle(by: Acting, version: int = version) -> None:
            told = {"decision": Decision.NEXT_LOO, "given": REASON}
            settling.settle(by=by, item=item, version=version, **told)  # type: ignore[arg-type]

        assert sorted(both(settle, settle, 2 * number + 1)) == ["told", "won"], number
        with unit(acting(at=tables.TUESDAY)):
            Item.objects.filter(id=item.id).update(state=ItemState.OPEN)
    rounds_here.measured("races over one item at the table, one winner in each", rounds)
    with unit(acting(at=tables.TUESDAY)):
        assert Taken.objects.filter(signal_id=signal.id, meeting_id=row.id).count() == rounds
        assert Signal.objects.get(id=signal.id).version == 1 + rounds


def test_closed_while_an_item_is_added(both: Race) -> None:
    row = begun()
    seen = set()
    rounds = rounds_here.rounds(20, 200)
    for number in range(rounds):
        with unit(acting(at=tables.TUESDAY)) as by:
            signal = files.new(by=by)
            tables.put(signal, State.IN_LOO)
            Meeting.objects.filter(id=row.id).update(state=MeetingState.OPEN)
        result = both(
            lambda by: holding.close(by=by, meeting=tables.fresh(row)),
            lambda by: agenda.build(by=by, meeting=tables.fresh(row)),
            number + 1,
        )
        seen.add(result[0])
        with unit(acting(at=tables.TUESDAY)):
            now = tables.fresh(row)
            waiting = now.items.filter(state=ItemState.OPEN).count()
            assert result in (["won", "won"], ["meeting.close", "won"]), number
            assert (now.state == MeetingState.CLOSED) == (waiting == 0) == (result[0] == "won"), number
            now.items.update(state=ItemState.CARRIED)
            tables.put(signal, State.FEEDBACK_DUE)
    rounds_here.measured("closings while an item is added, nothing lost in any", rounds)


def test_two_begin_and_two_build_at_once(both: Race) -> None:
    with unit(acting()) as by:
        signals = [files.new(by=by) for _ in range(5)]
        for signal in signals:
            tables.put(signal, State.IN_LOO)
    row = tables.meeting(MeetingKind.LOO)
    built = both(
        lambda by: agenda.build(by=by, meeting=tables.fresh(row)),
        lambda by: agenda.build(by=by, meeting=tables.fresh(row)),
        1,
    )
    opened = both(
        lambda by: holding.open_meeting(by=by, meeting=tables.fresh(row)),
        lambda by: holding.open_meeting(by=by, meeting=tables.fresh(row)),
        2,
    )
    assert built == ["won", "won"]
    assert sorted(opened) == ["meeting.open", "won"]
    with unit(acting(at=tables.TUESDAY)):
        assert sorted(row.items.values_list("position", flat=True)) == [1, 2, 3, 4, 5]
