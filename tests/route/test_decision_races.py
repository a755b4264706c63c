"""Two chairs take the same decision at once: one wins, the other is told, nothing is written twice (T11)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from meldroute.domain.route import TRANSITIONS, Decision
from meldroute.domain.vocabulary import State
from meldroute.journal.acting import Acting
from meldroute.people.unit import unit
from meldroute.route.actions import deciding
from meldroute.route.models import Decision as Taken
from meldroute.route.models import Signal, Task, TaskState
from people_here import MONDAY, acting
from races_here import Both, pair
from rounds_here import measured, rounds
from route.test_state_table import all_open, given_for

pytestmark = pytest.mark.usefixtures("committed")
LATER = MONDAY + timedelta(hours=1)
CLOSES_A_GATE = (Decision.INSPECTION, Decision.MORE_INFORMATION)
"""Last, because new findings are awaited after them."""


def set_back(signal: Signal, state: State) -> tuple[Signal, int]:
    """The state under the table, as `all_open` left everything else; and how many decisions were taken."""
    with unit(acting(at=LATER)):
        held = State.ENRICHING if state is State.ON_HOLD else ""
        Task.objects.filter(signal=signal, state=TaskState.OPEN).update(state=TaskState.WITHDRAWN)
        Signal.objects.filter(id=signal.id).update(state=state, held_from=held, round=1)
        return now_of(signal)


def now_of(signal: Signal) -> tuple[Signal, int]:
    """The signal as it is, and how many decisions were taken on it."""
    return Signal.objects.get(id=signal.id), Taken.objects.filter(signal=signal).count()


def race(signal: Signal, state: State, decision: Decision, at: datetime, both: Both) -> None:
    """Both take the decision on the signal as they saw it: one wins, and it is written once."""
    now, before = set_back(signal, state)

    def take(by: Acting) -> None:
        own = Signal.objects.get(id=now.id)
        given = given_for(TRANSITIONS[State(now.state), decision], by)
        deciding.decide(by=by, signal=own, version=now.version, decision=decision, given=given)

    result = both(take, take, at)
    with unit(acting(at=LATER)):
        then, after = now_of(signal)
    assert result.count("won") == 1, (state, decision, result)
    assert (after - before, then.version - now.version) == (1, 1), (state, decision)


def test_two_chairs_decide_at_once() -> None:
    signal = all_open()
    raced: set[Decision] = set()
    moment = 0
    ways = sorted(TRANSITIONS, key=lambda way: way[1] in CLOSES_A_GATE)
    once = {decision: (state, decision) for state, decision in ways}.values()
    with pair() as both:
        for state, decision in once:
            if rounds(0, 1):
                signal = all_open()
            for _ in range(rounds(1, 200)):
                moment += 1
                race(signal, state, decision, LATER + timedelta(seconds=moment), both)
            raced.add(decision)
            measured(f"races of {decision.value}, one winner in each", rounds(1, 200))
    assert raced == {decision for _, decision in TRANSITIONS}
