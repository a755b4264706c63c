"""The tables against the route written by hand, every state × decision × role."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from domain.route.open_situation import everything_open
from meldroute.domain.route import GATES, LIFE, RULES, STATES, TRANSITIONS, Decision, Gate, may
from meldroute.domain.vocabulary import Role, State

LETTERS = {"m": Role.MELDPUNT, "o": Role.PROCESS_OWNER, "h": Role.ENFORCEMENT}
BY_HAND = (Path(__file__).parent / "by_hand.txt").read_text(encoding="utf-8")
ROWS = [line.split() for line in BY_HAND.splitlines() if line and not line.startswith("#")]
EXPECTED = {(State(state), Decision(decision)): rest for state, decision, *rest in ROWS}


def test_every_table_is_total() -> None:
    assert set(STATES) == set(LIFE) == set(State)
    assert set(RULES) == set(Decision)
    assert set(GATES) == set(Gate)


def test_the_table_has_exactly_the_ways_written_by_hand() -> None:
    assert len(ROWS) == len(EXPECTED)
    assert set(TRANSITIONS) == set(EXPECTED)


@pytest.mark.parametrize(("state", "decision"), EXPECTED)
def test_a_way_is_as_written_by_hand(state: State, decision: Decision) -> None:
    to, outcome, who, *gates = EXPECTED[state, decision]
    way = TRANSITIONS[state, decision]
    assert (str(way.to), str(way.outcome or "-")) == (to, outcome)
    assert set(way.who) == {LETTERS[letter] for letter in who}
    assert [gate.value for gate in way.gates] == [gate for gate in gates if gate != "-"]


@pytest.mark.parametrize(("state", "decision"), list(product(State, Decision)))
def test_who_may_decide_what_where(state: State, decision: Decision) -> None:
    row = EXPECTED.get((state, decision))
    expected = {LETTERS[letter] for letter in row[2]} if row else set()
    for role in Role:
        verdict = may(everything_open(state), decision, {role})
        assert verdict.allowed is (role in expected), role
        assert verdict.allowed or verdict.reason
