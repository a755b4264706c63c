"""Two chairs take the same decision at once: one wins, the other is told, nothing is written twice (T11)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from meldroute.domain.route import TRANSITIONS, Decision
from meldroute.domain.vocabulary import State
from meldroute.journal.acting import Acting
from meldroute.people.unit import unit
from meldroute.route.actions import deciding
from meldroute.route.models import Decision as Taken
from meldroute.route.models import Signal, Task, TaskState
from people_here import MONDAY, acting
from races_here import both
from rounds_here import measured, rounds
from route.test_state_table import all_open, given_for

pytestmark = pytest.mark.usefixtures("committed")
LATER = MONDAY + timedelta(hours=1)
CLOSES_A_GATE = (Decision.INSPECTION, Decision.MORE_INFORMATION)
"""Last, because new findings are awaited after them."""


def set_back(signal: Signal, state: State) -> Signal:
    """The state under the table, as `all_open` left everything else."""
    with unit(acting(at=LATER)):
        held = State.ENRICHING if state is State.ON_HOLD else ""
        Task.objects.filter(signal=signal, state=TaskState.OPEN).update(state=TaskState.WITHDRAWN)
        Signal.objects.filter(id=signal.id).update(state=state, held_from=held, round=1)
        return Signal.objects.get(id=signal.id)


def test_two_chairs_decide_at_once() -> None:
    signal = all_open()
    raced: set[Decision] = set()
    moment = 0
    ways = sorted(TRANSITIONS, key=lambda way: way[1] in CLOSES_A_GATE)
    once = {decision: (state, decision) for state, decision in ways}.values()
    for state, decision in once:
        if rounds(0, 1):
            signal = all_open()
        for _ in range(rounds(1, 200)):
            moment += 1
            now = set_back(signal, state)

            def take(by: Acting, now: Signal = now, decision: Decision = decision) -> None:
                own = Signal.objects.get(id=now.id)
                given = given_for(TRANSITIONS[State(now.state), decision], by)
                deciding.decide(by=by, signal=own, version=now.version, decision=decision, given=given)

            with unit(acting(at=LATER)):
                before = Taken.objects.filter(signal=now).count()
            result = both(take, take, LATER + timedelta(seconds=moment))
            with unit(acting(at=LATER)):
                after = Taken.objects.filter(signal=now).count()
                version = Signal.objects.get(id=now.id).version
            assert result.count("won") == 1, (state, decision, result)
            assert (after - before, version - now.version) == (1, 1), (state, decision)
        raced.add(decision)
        measured(f"races of {decision.value}, one winner in each", rounds(1, 200))
    assert raced == {decision for _, decision in TRANSITIONS}
