"""A step: where to, which outcome, by when; what is missing; and walks that never lose a signal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.route.open_situation import YES, everything_open
from meldroute.domain.roles import Duty
from meldroute.domain.route import (
    NEVER_LOCKED,
    ORIGIN,
    TRANSITIONS,
    Decision,
    Event,
    FollowUp,
    Given,
    Situation,
    Step,
    Terms,
    advance,
    may,
    options,
    step_shown,
)
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Check, Outcome, Recipient, Role, State, Weighing

MONDAY = date(2026, 11, 23)
LATER = MONDAY + timedelta(days=7)
TERMS = Terms(
    states={State.REGISTERED: 3, State.FEEDBACK_DUE: 10},
    feedback={Outcome.NO_SIGNAL: 1},
    holidays=frozenset(),
)
ROLES = {Role.MELDPUNT}
WHOLE = Given(reason="omdat", follow_up=FollowUp("kijken", "iemand", LATER), review_on=LATER, requested_by="OM")
HOLDABLE = [state for state, decision in TRANSITIONS if decision is Decision.HOLD]


def _given(situation: Situation, decision: Decision) -> Given:
    recipients = sorted(TRANSITIONS[situation.state, decision].recipients)
    return replace(WHOLE, recipient=recipients[0] if recipients else None)


def _step(situation: Situation, decision: Decision) -> Step:
    given_now = _given(situation, decision)
    return advance(situation, decision, roles=ROLES, today=MONDAY, terms=TERMS, given=given_now)


def _after(situation: Situation, step: Step) -> Situation:
    """The situation after a step, again with everything answered in that round."""
    weighed = replace(YES, round=step.round)
    fresh = everything_open(step.to)
    return replace(
        fresh,
        origin=step.origin,
        outcome=step.outcome,
        round=step.round,
        weighed=dict.fromkeys(Weighing, weighed),
        weighed_again=weighed,
        concrete=weighed,
        strong_enough=weighed,
        integral_interest=weighed,
        checks=tuple(replace(check, round=step.round) for check in fresh.checks),
    )


@pytest.mark.parametrize(("state", "decision"), TRANSITIONS)
def test_a_step_does_what_the_table_says(state: State, decision: Decision) -> None:
    step = _step(everything_open(state), decision)
    transition = TRANSITIONS[state, decision]
    assert step.to is (State.ENRICHING if transition.to == ORIGIN else transition.to)
    assert step.act == f"signal.{decision.value}"
    assert step.told == transition.told
    if transition.outcome:
        assert step.outcome is transition.outcome


@pytest.mark.parametrize(("state", "decision"), TRANSITIONS)
def test_each_thing_a_decision_needs_is_asked_for(state: State, decision: Decision) -> None:
    situation = everything_open(state)
    empty = {"reason": " ", "recipient": None, "follow_up": None, "review_date": None, "requester": ""}
    names = {"review_date": "review_on", "requester": "requested_by"}
    for need in TRANSITIONS[state, decision].needs:
        lacking = replace(_given(situation, decision), **{names.get(need.value, need.value): empty[need.value]})
        with pytest.raises(Refused) as refused:
            advance(situation, decision, roles=ROLES, today=MONDAY, terms=TERMS, given=lacking)
        assert refused.value.verdict.code == f"need.{need.value}"


@pytest.mark.parametrize(
    "follow_up",
    [
        FollowUp("", "iemand", LATER),
        FollowUp("kijken", " ", LATER),
        FollowUp("kijken", "iemand", MONDAY - timedelta(days=1)),
    ],
)
def test_a_follow_up_has_a_task_an_owner_and_a_date_to_come(follow_up: FollowUp) -> None:
    lacking = replace(WHOLE, follow_up=follow_up)
    with pytest.raises(Refused):
        advance(
            everything_open(State.IN_SIGNALENOVERLEG),
            Decision.MORE_INFORMATION,
            roles=ROLES,
            today=MONDAY,
            terms=TERMS,
            given=lacking,
        )


def test_a_review_of_a_hold_lies_after_today() -> None:
    lacking = replace(WHOLE, review_on=MONDAY)
    with pytest.raises(Refused):
        advance(everything_open(State.IN_LOO), Decision.HOLD, roles=ROLES, today=MONDAY, terms=TERMS, given=lacking)


@pytest.mark.parametrize("state", HOLDABLE)
def test_a_hold_returns_to_where_it_came_from_with_its_outcome(state: State) -> None:
    before = replace(everything_open(state), outcome=Outcome.RIEC_CASE if state is State.MONITORING else None)
    held = _after(before, _step(before, Decision.HOLD))
    assert (held.state, held.origin) == (State.ON_HOLD, state)
    longer = _after(held, _step(held, Decision.KEEP_ON_HOLD))
    assert longer.origin is state
    back = _step(longer, Decision.RELEASE_HOLD)
    assert (back.to, back.origin, back.outcome) == (state, None, before.outcome)
    assert step_shown(State.ON_HOLD, state) == step_shown(state)


def test_a_hold_without_origin_is_a_fault_and_no_guess() -> None:
    with pytest.raises(ValueError, match="came from"):
        _step(replace(everything_open(State.ON_HOLD), origin=None), Decision.RELEASE_HOLD)


def test_reopening_starts_a_round_in_which_old_answers_open_nothing() -> None:
    closed = replace(everything_open(State.CLOSED), outcome=Outcome.NOT_CONFIRMED)
    step = _step(closed, Decision.REOPEN)
    assert (step.round, step.to, step.outcome) == (2, State.REGISTERED, None)
    reopened = replace(closed, state=step.to, round=step.round, outcome=None)
    for decision, verdict in options(reopened, ROLES):
        assert verdict.allowed is (decision is Decision.HOLD), decision


def test_going_back_on_an_agenda_takes_the_outcome_away() -> None:
    situation = replace(everything_open(State.MONITORING), outcome=Outcome.INTERVENTION)
    assert _step(situation, Decision.BACK_TO_SIGNALENOVERLEG).outcome is None
    assert _step(situation, Decision.FOLLOW_UP).outcome is Outcome.INTERVENTION
    assert _step(situation, Decision.MONITORING_DONE).outcome is Outcome.INTERVENTION


def test_due_dates() -> None:
    received = everything_open(State.RECEIVED)
    assert _step(received, Decision.REGISTER).due == LATER  # the follow-up that came along
    bare = Given(reason="omdat")
    taken = [
        advance(received, decision, roles=ROLES, today=MONDAY, terms=TERMS, given=bare).due
        for decision in (Decision.REGISTER, Decision.NO_SIGNAL, Decision.OTHER_SIGNAL)
    ]
    assert taken == [date(2026, 11, 26), date(2026, 11, 24), date(2026, 12, 7)]
    assert _step(everything_open(State.IN_LOO), Decision.HOLD).due == LATER
    assert advance(
        everything_open(State.FEEDBACK_DUE), Decision.FEEDBACK_DONE, roles=ROLES, today=MONDAY, terms=TERMS
    ).due is None  # fmt: skip


def test_options_show_what_is_impossible_with_the_reason() -> None:
    shown = dict(options(Situation(state=State.IN_SIGNALENOVERLEG), ROLES))
    assert Decision.TO_LOO in shown
    assert not shown[Decision.TO_LOO]
    assert shown[Decision.TO_LOO].reason
    assert shown[Decision.HOLD]


def test_who_reported_does_not_weigh() -> None:
    situation = replace(everything_open(State.REGISTERED), duties=frozenset({Duty.REPORTER}))
    verdict = may(situation, Decision.TAKE_UP, ROLES)
    assert (verdict.allowed, verdict.code) == (False, "gate.not_reporter")


def test_no_decision_is_a_hand_over_to_team_mensenhandel() -> None:
    assert not [t for t in TRANSITIONS.values() if Recipient.TEAM_MENSENHANDEL in t.recipients]


def _reachable(start: State) -> set[State]:
    seen, todo = {start}, [start]
    while todo:
        state = todo.pop()
        for transition in TRANSITIONS.values():
            if transition.state is state and isinstance(transition.to, State) and transition.to not in seen:
                seen.add(transition.to)
                todo.append(transition.to)
    return seen


def test_every_state_is_reached_from_the_first() -> None:
    assert _reachable(State.RECEIVED) == set(State)


@pytest.mark.parametrize("state", [s for s in State if s not in (State.CLOSED, State.ON_HOLD)])
def test_every_state_can_end_closed(state: State) -> None:
    assert State.CLOSED in _reachable(state)


def test_nothing_closes_but_feedback_and_every_outcome_waits_for_it() -> None:
    closing = [t for t in TRANSITIONS.values() if t.to is State.CLOSED]
    assert [t.state for t in closing] == [State.FEEDBACK_DUE]
    endings = {t.to for t in TRANSITIONS.values() if t.outcome}
    assert endings == {State.FEEDBACK_DUE, State.MONITORING}
    assert {t.outcome for t in TRANSITIONS.values() if t.outcome} == set(Outcome)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=1000), min_size=1, max_size=40))
def test_on_any_walk_a_closed_signal_has_an_outcome_and_had_feedback(choices: list[int]) -> None:
    situation = everything_open(State.RECEIVED)
    for choice in choices:
        before = situation
        ways = [decision for decision, verdict in options(situation, ROLES) if verdict]
        step = _step(situation, ways[choice % len(ways)])
        situation = _after(situation, step)
        assert (situation.origin is not None) is (situation.state is State.ON_HOLD)
        assert situation.round - before.round == (step.decision is Decision.REOPEN)
        if situation.state in (State.FEEDBACK_DUE, State.CLOSED, State.MONITORING):
            assert situation.outcome is not None
        if situation.state is State.CLOSED:
            assert before.state is State.FEEDBACK_DUE


def test_more_information_keeps_the_checks_of_this_round() -> None:
    situation = everything_open(State.IN_SIGNALENOVERLEG)
    step = _step(situation, Decision.MORE_INFORMATION)
    back = replace(situation, state=step.to, round=step.round)
    assert may(back, Event.ASK_SOURCE, ROLES, source="bag")
    assert may(back, Decision.OTHER_AUTHORITY, ROLES, recipient=Recipient.NLA)


@pytest.mark.parametrize(("state", "decision"), TRANSITIONS)
def test_who_knows_somebody_decides_nothing(state: State, decision: Decision) -> None:
    knowing = replace(everything_open(state), knows_somebody=True)
    assert may(knowing, decision, set(Role)).code == "route.knows_somebody"


@pytest.mark.parametrize("event", Event)
def test_who_knows_somebody_only_acts_in_danger(event: Event) -> None:
    for state in State:
        knowing = replace(everything_open(state), knows_somebody=True)
        allowed = bool(may(knowing, event, set(Role), source="bag", check=Check.ONE))
        assert allowed == (event in NEVER_LOCKED), (state, event)
