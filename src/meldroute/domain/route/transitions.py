"""The tables of the route laid over each other: one full transition for each state and decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from ..vocabulary import Outcome, Recipient, Role, State
from .decisions import Decision, Gate, Need, Told
from .rules import RULES, Rule
from .table import LIFE, Way


@dataclass(frozen=True)
class Transition:
    """Everything about one decision in one state; `act` is what the journal writes."""

    state: State
    decision: Decision
    to: State | Literal["origin"]
    outcome: Outcome | None
    who: tuple[Role, ...]
    gates: tuple[Gate, ...]
    needs: tuple[Need, ...]
    recipients: frozenset[Recipient]
    told: tuple[Told, ...]
    act: str
    source: str


def _lay(state: State, decision: Decision, way: Way, rule: Rule) -> Transition:
    recipients = frozenset({way.recipient}) if way.recipient else rule.recipients
    act = f"signal.{decision.value}"
    return Transition(
        state,
        decision,
        way.to,
        rule.outcome,
        rule.who,
        way.gates,
        rule.needs,
        recipients,
        rule.told,
        act,
        rule.source,
    )


TRANSITIONS: Mapping[tuple[State, Decision], Transition] = MappingProxyType(
    {
        (state, decision): _lay(state, decision, way, RULES[decision])
        for state, ways in LIFE.items()
        for decision, way in ways.items()
    }
)
