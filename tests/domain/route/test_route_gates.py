"""Every gate open and closed, alone and in every way of the table that has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.route.open_situation import YES, everything_open
from meldroute.domain.roles import Duty
from meldroute.domain.route import (
    EVENTS,
    GATES,
    TRANSITIONS,
    Answer,
    Checked,
    Decision,
    Event,
    Gate,
    Situation,
    Target,
    Weighed,
    checklist,
    may,
)
from meldroute.domain.route.gates import NOBODY_THERE
from meldroute.domain.vocabulary import Check, NoFeedback, Recipient, Role, State, Weighing

MELDPUNT = {Role.MELDPUNT}
OLD = replace(YES, round=0)
NO_REASON = replace(YES, reason="  ")
SAID_NO = Weighed(Answer.NO, "niets gezien", round=1, opens=False)


def _weighed(*weighings: Weighing, to: Weighed | None = None) -> Callable[[Situation], Situation]:
    def close(situation: Situation) -> Situation:
        changed = dict(situation.weighed)
        for weighing in weighings:
            if to is None:
                changed.pop(weighing)
            else:
                changed[weighing] = to
        return replace(situation, weighed=changed)

    return close


def _set(**fields: object) -> Callable[[Situation], Situation]:
    return lambda situation: replace(situation, **fields)


def _without(check: Check) -> Callable[[Situation], Situation]:
    return lambda situation: replace(situation, checks=tuple(c for c in situation.checks if c.check is not check))


def _instead(check: Check, **fields: object) -> Callable[[Situation], Situation]:
    def close(situation: Situation) -> Situation:
        checks = tuple(replace(c, **fields) if c.check is check else c for c in situation.checks)
        return replace(situation, checks=checks)

    return close


ONE, TWO_A, TWO_B, THREE, FOUR, _ = Weighing
NOBODY: frozenset[Recipient] = frozenset()

CLOSING: dict[Gate, tuple[Callable[[Situation], Situation], ...]] = {
    Gate.URGENCY: (_set(urgency_asked=False),),
    Gate.WEIGHED_FIRST: (
        _weighed(ONE),
        _weighed(TWO_A),
        _weighed(TWO_B),
        _weighed(ONE, to=OLD),
        _weighed(TWO_A, to=NO_REASON),
    ),
    Gate.TAKEN_UP: (_weighed(ONE, to=SAID_NO), _weighed(TWO_A, to=SAID_NO), _weighed(TWO_B, to=SAID_NO)),
    Gate.WEIGHED_AGAIN: (_set(weighed_again=None), _set(weighed_again=OLD), _set(weighed_again=SAID_NO)),
    Gate.WEIGHED_3: (_weighed(THREE), _weighed(THREE, to=OLD), _weighed(THREE, to=NO_REASON)),
    Gate.CONCRETE_AND_RECENT: (_weighed(THREE), _weighed(THREE, to=OLD), _weighed(THREE, to=SAID_NO)),
    Gate.WEIGHED_4: (_weighed(FOUR), _weighed(FOUR, to=OLD), _weighed(FOUR, to=NO_REASON)),
    Gate.CHECK_1: (
        _without(Check.ONE),
        _instead(Check.ONE, round=0),
        _instead(Check.ONE, allowed=False),
        _instead(Check.ONE, sources=frozenset({"kvk"})),
    ),
    Gate.HIT: (_set(hits=frozenset()), _set(hits=frozenset({"kvk"}))),
    Gate.CHECK_2A: (_without(Check.TWO_A), _instead(Check.TWO_A, round=0), _instead(Check.TWO_A, recipients=NOBODY)),
    Gate.CHECK_2B: (
        _without(Check.TWO_B),
        _instead(Check.TWO_B, round=0),
        _instead(Check.TWO_B, allowed=False),
        _instead(Check.TWO_B, recipients=NOBODY),
        _instead(Check.TWO_B, recipients=frozenset({Recipient.REPORTER})),
    ),
    Gate.RELEASE: (_instead(Check.TWO_A, allowed=False), _without(Check.TWO_A)),
    Gate.CONCRETE: (_set(concrete=None), _set(concrete=OLD), _set(concrete=SAID_NO), _set(concrete=NO_REASON)),
    Gate.FINDINGS: (_set(findings_recorded=False),),
    Gate.STRONG_ENOUGH: (_set(strong_enough=None), _set(strong_enough=OLD), _set(strong_enough=SAID_NO)),
    Gate.INTEGRAL_INTEREST: (
        _set(integral_interest=None),
        _set(integral_interest=OLD),
        _set(integral_interest=SAID_NO),
    ),
    Gate.TASKS_DONE: (_set(open_tasks=1),),
    Gate.FEEDBACK: (
        _set(feedback_given=False),
        _set(feedback_given=False, no_feedback=NoFeedback.POSTPONED),
    ),
    Gate.ADVISED: (_set(advised=frozenset()), _set(advised=frozenset({Check.ONE}))),
    Gate.NOT_REPORTER: (_set(duties=frozenset({Duty.REPORTER})),),
    Gate.NOT_HANDLER: (_set(duties=frozenset({Duty.HANDLER})),),
    Gate.NOT_ADVISER: (_set(duties=frozenset({Duty.ADVISER})),),
    Gate.NOT_CHECKER: (_set(duties=frozenset({Duty.ADVISER})), _set(duties=frozenset({Duty.DECIDER}))),
}
TARGET = Target(frozenset({Recipient.SIGNALENOVERLEG}), "bag", Check.TWO_A)
WAYS = [
    (state, decision, gate, close)
    for (state, decision), transition in TRANSITIONS.items()
    for gate in transition.gates
    for close in CLOSING[gate]
]
EVENT_WAYS = [(event, gate, close) for event, told in EVENTS.items() for gate in told.gates for close in CLOSING[gate]]


def test_every_gate_is_closed_somewhere_here() -> None:
    assert set(CLOSING) == set(Gate)


@pytest.mark.parametrize("gate", Gate)
def test_a_gate_is_open_when_everything_is_answered(gate: Gate) -> None:
    assert GATES[gate](everything_open(State.IN_SIGNALENOVERLEG), TARGET)


@pytest.mark.parametrize("gate", Gate)
def test_a_closed_gate_says_why_and_who_can_help(gate: Gate) -> None:
    for close in CLOSING[gate]:
        verdict = GATES[gate](close(everything_open(State.IN_SIGNALENOVERLEG)), TARGET)
        assert not verdict
        assert verdict.code == f"gate.{gate.value}"
        assert verdict.reason.endswith(".")
        assert verdict.ground
        assert verdict.helpers


@pytest.mark.parametrize(("state", "decision", "gate", "close"), WAYS)
def test_one_closed_gate_stops_a_decision(
    state: State, decision: Decision, gate: Gate, close: Callable[[Situation], Situation]
) -> None:
    situation = close(everything_open(state))
    roles = set(TRANSITIONS[state, decision].who)
    assert not may(situation, decision, roles)
    assert gate in [closed for closed, verdict in checklist(situation, decision) if not verdict]


@pytest.mark.parametrize(("event", "gate", "close"), EVENT_WAYS)
def test_one_closed_gate_stops_an_event(event: Event, gate: Gate, close: Callable[[Situation], Situation]) -> None:
    state = State.IN_SIGNALENOVERLEG if State.IN_SIGNALENOVERLEG in EVENTS[event].states else State.ENRICHING
    recipient = Recipient.SIGNALENOVERLEG if event is Event.RELEASE_FACTS else None
    named = {"recipient": recipient, "source": "bag", "check": Check.TWO_A}
    roles = set(EVENTS[event].who)
    assert may(everything_open(state), event, roles, **named)
    assert may(close(everything_open(state)), event, roles, **named).code.startswith("gate.")


@pytest.mark.parametrize("reason", [r for r in NoFeedback if r is not NoFeedback.POSTPONED])
def test_a_reason_for_no_feedback_opens_the_last_gate(reason: NoFeedback) -> None:
    situation = replace(everything_open(State.FEEDBACK_DUE), feedback_given=False, no_feedback=reason)
    assert may(situation, Decision.FEEDBACK_DONE, MELDPUNT)


def test_a_signal_that_is_no_repeat_needs_no_second_weighing() -> None:
    situation = replace(everything_open(State.REGISTERED), repeat_within_year=False, weighed_again=None)
    assert may(situation, Decision.TAKE_UP, MELDPUNT)


def test_a_new_source_needs_a_new_check_and_keeps_the_old_one() -> None:
    situation = everything_open(State.ENRICHING)
    assert not may(situation, Event.ASK_SOURCE, MELDPUNT, source="kvk")
    checks = (*situation.checks, Checked(Check.ONE, True, sources=frozenset({"kvk"})))
    later = replace(situation, checks=checks)
    assert may(later, Event.ASK_SOURCE, MELDPUNT, source="kvk")
    assert may(later, Event.ASK_SOURCE, MELDPUNT, source="bag")


def test_no_source_named_is_no_source_open() -> None:
    assert not may(everything_open(State.ENRICHING), Event.ASK_SOURCE, MELDPUNT)


def test_check_2b_counts_only_for_the_recipient_that_is_chosen() -> None:
    situation = _instead(Check.TWO_B, recipients=frozenset({Recipient.NLA}))(everything_open(State.REGISTERED))
    hand_over = Decision.OTHER_AUTHORITY
    assert may(situation, hand_over, MELDPUNT)
    assert may(situation, hand_over, MELDPUNT, recipient=Recipient.NLA)
    assert may(situation, hand_over, MELDPUNT, recipient=Recipient.CARE).code == "gate.check_2b"
    assert may(situation, hand_over, MELDPUNT, recipient=Recipient.DEPARTMENT).code == "route.recipient"


@pytest.mark.parametrize(
    ("recipient", "closed"),
    [
        (Recipient.SIGNALENOVERLEG, Check.TWO_A),
        (Recipient.LOO, Check.TWO_A),
        (Recipient.LOO, Check.TWO_B),
        (Recipient.RIEC, Check.TWO_B),
    ],
)
def test_releasing_needs_the_checks_of_that_recipient(recipient: Recipient, closed: Check) -> None:
    situation = everything_open(State.IN_SIGNALENOVERLEG)
    assert may(situation, Event.RELEASE_FACTS, MELDPUNT, recipient=recipient)
    assert not may(_without(closed)(situation), Event.RELEASE_FACTS, MELDPUNT, recipient=recipient)


def test_releasing_to_nobody_is_refused() -> None:
    assert not may(everything_open(State.IN_LOO), Event.RELEASE_FACTS, MELDPUNT)


def test_nobody_there_to_advise_keeps_sources_closed_and_danger_open() -> None:
    situation = replace(everything_open(State.ENRICHING), checks=(), advised=frozenset(), adviser_present=False)
    assert may(situation, Event.ASK_SOURCE, MELDPUNT, source="bag").reason == NOBODY_THERE
    assert may(situation, Decision.OTHER_AUTHORITY, MELDPUNT).reason == NOBODY_THERE
    assert may(situation, Event.DECIDE_CHECK, {Role.PROCESS_OWNER}, check=Check.ONE).reason == NOBODY_THERE
    assert may(situation, Decision.AGENDA_WITHOUT_SOURCES, MELDPUNT)
    for event in (Event.ACUTE_DANGER_SHARED, Event.HAND_OVER_TEAM_MENSENHANDEL, Event.HAND_OVER_VEILIG_THUIS):
        assert may(situation, event, MELDPUNT)
