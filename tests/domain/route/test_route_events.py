"""Events: where, by whom, and the paths that nothing may lock."""

from __future__ import annotations

from itertools import product

import pytest

from domain.route.open_situation import everything_open
from meldroute.domain.roles import Duty
from meldroute.domain.route import EVENTS, Event, Situation, may
from meldroute.domain.vocabulary import Check, Recipient, Role, State

OPEN = [
    Event.ACUTE_DANGER_SHARED,
    Event.DANGER_ACCOUNTED,
    Event.HAND_OVER_TEAM_MENSENHANDEL,
    Event.HAND_OVER_VEILIG_THUIS,
]
WORKING = set(State) - {State.RECEIVED, State.CLOSED}
BY_HAND: dict[Event, set[State]] = {
    **{event: set(State) for event in OPEN},
    Event.WEIGH: WORKING,
    Event.ASK_CHECK: WORKING,
    Event.ADVISE_CHECK: WORKING,
    Event.DECIDE_CHECK: WORKING,
    Event.RELEASE_FACTS: WORKING,
    Event.ASK_SOURCE: {State.ENRICHING},
    Event.OPEN_SOURCE: {State.ENRICHING},
    Event.INTERIM_FEEDBACK: WORKING - {State.FEEDBACK_DUE},
    Event.GIVE_FEEDBACK: {State.FEEDBACK_DUE},
    Event.FOLLOW_UP_ADDED: {State.MONITORING, State.FEEDBACK_DUE, State.CLOSED},
}
M, OWNER, P = Role.MELDPUNT, Role.PROCESS_OWNER, Role.PRIVACY_OFFICER
NOT_FOR_DANGER = {Role.ADMINISTRATOR, Role.ANALYST, Role.PARTNER_REPORTER}
WHO: dict[Event, set[Role]] = {
    Event.ACUTE_DANGER_SHARED: set(Role) - NOT_FOR_DANGER,
    Event.DANGER_ACCOUNTED: {M, OWNER},
    Event.HAND_OVER_TEAM_MENSENHANDEL: {M, OWNER},
    Event.HAND_OVER_VEILIG_THUIS: {M, OWNER},
    Event.ADVISE_CHECK: {P},
    Event.DECIDE_CHECK: {OWNER},
}


def test_every_event_is_in_the_table() -> None:
    assert set(EVENTS) == set(BY_HAND) == set(Event)


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_where_and_by_whom_an_event_may_happen(state: State, event: Event) -> None:
    who = WHO.get(event, {M}) if state in BY_HAND[event] else set()
    for role in Role:
        verdict = may(
            everything_open(state),
            event,
            {role},
            recipient=Recipient.RIEC if event is Event.RELEASE_FACTS else None,
            source="bag",
            check=Check.TWO_A,
        )
        assert verdict.allowed is (role in who), role


@pytest.mark.parametrize(("state", "event"), list(product(State, OPEN)))
def test_the_paths_of_danger_are_open_with_nothing_answered(state: State, event: Event) -> None:
    nothing = Situation(state=state, adviser_present=False, open_tasks=3, duties=frozenset(Duty))
    assert may(nothing, event, {Role.MELDPUNT})
    assert EVENTS[event].gates == ()


@pytest.mark.parametrize("state", State)
def test_an_integrity_signal_is_for_the_trusted_readers(state: State) -> None:
    situation = Situation(state=state, integrity=True)
    event = Event.HAND_OVER_TEAM_MENSENHANDEL
    assert may(situation, event, {Role.INTEGRITY})
    assert not may(situation, event, {Role.MELDPUNT})


@pytest.mark.parametrize("check", Check)
def test_who_handles_neither_advises_nor_decides(check: Check) -> None:
    handler = Situation(state=State.ENRICHING, duties=frozenset({Duty.HANDLER}), advised=frozenset(Check))
    assert not may(handler, Event.ADVISE_CHECK, {P}, check=check)
    assert not may(handler, Event.DECIDE_CHECK, {OWNER}, check=check)


@pytest.mark.parametrize("event", Event)
def test_the_fg_decides_nothing(event: Event) -> None:
    allowed = may(everything_open(State.ENRICHING), event, {Role.FG}, source="bag", check=Check.ONE).allowed
    assert allowed is (event is Event.ACUTE_DANGER_SHARED)
