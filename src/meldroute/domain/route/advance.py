"""May this happen, what can be chosen, and the step itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ..term import gettext_noop
from ..terms import Terms
from ..verdict import Verdict, no, require, yes
from ..vocabulary import Check, Outcome, Recipient, Role, State
from .decisions import Decision, Event, Gate, Need, Told
from .events import EVENTS, NEVER_LOCKED, Happening
from .gates import GATES
from .situation import FollowUp, Situation, Target
from .states import STATES
from .table import ORIGIN
from .transitions import TRANSITIONS, Transition


def may(
    situation: Situation,
    what: Decision | Event,
    roles: Collection[Role],
    *,
    recipient: Recipient | None = None,
    source: str = "",
    check: Check | None = None,
) -> Verdict:
    """May somebody with these roles decide this, or let this event happen, now?

    The one function that answers. Without `recipient` a hand-over is possible if some recipient is; `advance`
    asks again with the one chosen. `source` belongs to asking and opening a source, `check` to checks.
    """
    rule = _rule(situation.state, what)
    if rule is None:
        reason = gettext_noop("Dit past niet bij de stap waarin het signaal nu staat.")
        return no(reason, STATES[situation.state].source, "route.no_way")
    who = _who(situation, rule.who)
    if not frozenset(who) & frozenset(roles):
        return no(gettext_noop("Dit kan alleen iemand met een andere rol."), rule.source, "route.role", who)
    if situation.knows_somebody and what not in NEVER_LOCKED:
        reason = gettext_noop("U kent iemand in dit signaal. Draag het over aan een collega.")
        return no(reason, "eigen werkregel", "route.knows_somebody", who)
    if recipient and rule.recipients and recipient not in rule.recipients:
        return no(gettext_noop("Deze ontvanger past niet bij dit besluit."), rule.source, "route.recipient", who)
    recipients = frozenset({recipient}) if recipient else rule.recipients
    closed = [v for _, v in _verdicts(situation, rule.gates, Target(recipients, source, check)) if not v]
    return closed[0] if closed else yes(ground=rule.source, code=f"route.{what.value}")


def checklist(
    situation: Situation, what: Decision | Event, *, recipient: Recipient | None = None, source: str = ""
) -> list[tuple[Gate, Verdict]]:
    """Every gate before a decision with its verdict, for "what holds it up"; empty if there is no way."""
    rule = _rule(situation.state, what)
    if rule is None:
        return []
    recipients = frozenset({recipient}) if recipient else rule.recipients
    return _verdicts(situation, rule.gates, Target(recipients, source))


def options(situation: Situation, roles: Collection[Role]) -> list[tuple[Decision, Verdict]]:
    """All decisions of this state, possible or not: an impossible one stays visible with its reason."""
    return [(d, may(situation, d, roles)) for state, d in TRANSITIONS if state is situation.state]


def _rule(state: State, what: Decision | Event) -> Transition | Happening | None:
    if isinstance(what, Decision):
        return TRANSITIONS.get((state, what))
    happening = EVENTS[what]
    return happening if state in happening.states else None


def _who(situation: Situation, who: tuple[Role, ...]) -> tuple[Role, ...]:
    """For an integrity signal the trusted readers take the place of the meldpunt."""
    if not situation.integrity:
        return who
    return tuple(Role.INTEGRITY if role is Role.MELDPUNT else role for role in who)


def _verdicts(situation: Situation, gates: tuple[Gate, ...], target: Target) -> list[tuple[Gate, Verdict]]:
    return [(gate, GATES[gate](situation, target)) for gate in gates]


@dataclass(frozen=True, kw_only=True)
class Given:
    """What comes along with a decision."""

    reason: str = ""
    recipient: Recipient | None = None
    follow_up: FollowUp | None = None
    review_on: date | None = None
    requested_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """The result of a decision: what to store. `act` is the journal's, `due` a local date or None."""

    decision: Decision
    from_state: State
    to: State
    outcome: Outcome | None
    origin: State | None
    round: int
    due: date | None
    act: str
    told: tuple[Told, ...]


_KEEPS_OUTCOME = frozenset({State.MONITORING, State.ON_HOLD, State.FEEDBACK_DUE, State.CLOSED})


def advance(
    situation: Situation,
    decision: Decision,
    *,
    roles: Collection[Role],
    today: date,
    terms: Terms,
    given: Given | None = None,
) -> Step:
    """Take a decision. Raises Refused with the verdict when it may not be, or when something is missing."""
    given = given or Given()
    require(may(situation, decision, roles, recipient=given.recipient))
    transition = TRANSITIONS[situation.state, decision]
    for need in transition.needs:
        require(_has(need, given, today))
    to = _destination(situation, transition)
    outcome = _outcome(situation, transition, to)
    return Step(
        decision=decision,
        from_state=situation.state,
        to=to,
        outcome=outcome,
        origin=_origin(situation, to),
        round=situation.round + (decision is Decision.REOPEN),
        due=_due(given, to, outcome, today, terms),
        act=transition.act,
        told=transition.told,
    )


def _destination(situation: Situation, transition: Transition) -> State:
    if transition.to != ORIGIN:
        return State(transition.to)
    if situation.origin is None:
        raise ValueError("a signal on hold must know the state it came from")
    return situation.origin


def _origin(situation: Situation, to: State) -> State | None:
    if to is not State.ON_HOLD:
        return None
    return situation.origin if situation.state is State.ON_HOLD else situation.state


def _outcome(situation: Situation, transition: Transition, to: State) -> Outcome | None:
    """A working state has no outcome yet; monitoring, hold, feedback and closed keep the one reached."""
    if transition.outcome is not None:
        return transition.outcome
    return situation.outcome if to in _KEEPS_OUTCOME else None


def _due(given: Given, to: State, outcome: Outcome | None, today: date, terms: Terms) -> date | None:
    if to is State.ON_HOLD:
        return given.review_on
    if given.follow_up is not None:
        return given.follow_up.on
    return terms.due(to, outcome, today)


def _has(need: Need, given: Given, today: date) -> Verdict:
    """Is what this decision needs there, and does a date not lie in the past?"""
    complete = {
        Need.REASON: bool(given.reason.strip()),
        Need.RECIPIENT: given.recipient is not None,
        Need.REQUESTER: bool(given.requested_by.strip()),
        Need.REVIEW_DATE: given.review_on is not None and given.review_on > today,
        Need.FOLLOW_UP: given.follow_up is not None and _is_whole(given.follow_up, today),
    }
    return yes() if complete[need] else no(_MISSING[need], "eigen werkregel", f"need.{need.value}")


def _is_whole(follow_up: FollowUp, today: date) -> bool:
    return bool(follow_up.task.strip() and follow_up.owner.strip()) and follow_up.on >= today


_MISSING = {
    Need.REASON: gettext_noop("Schrijf op waarom."),
    Need.RECIPIENT: gettext_noop("Kies aan wie u overdraagt."),
    Need.REQUESTER: gettext_noop("Schrijf op wie vroeg om aan te houden."),
    Need.REVIEW_DATE: gettext_noop("Kies een datum na vandaag waarop u opnieuw kijkt."),
    Need.FOLLOW_UP: gettext_noop("Kies een taak, een eigenaar en een datum die niet voorbij is."),
}
