"""The whole life of a signal on one screen: from every state, each decision, where it leads, which gates.

`LIFE` is the table to read and to change. What a decision needs, who may take it and who is told does not
depend on the state and stands in `rules.py`. Hand-overs in danger are events (`events.py`): open everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from ..vocabulary import Recipient, State
from .decisions import Decision, Gate

ORIGIN: Literal["origin"] = "origin"


@dataclass(frozen=True)
class Way:
    """Where a decision leads, the gates before it, and who then receives facts (for check 2B)."""

    to: State | Literal["origin"]
    gates: tuple[Gate, ...] = ()
    recipient: Recipient | None = None


def _to(to: State | Literal["origin"], *gates: Gate, facts_to: Recipient | None = None) -> Way:
    return Way(to, gates, facts_to)


D, G, S = Decision, Gate, State
_WEIGHED = (G.NOT_REPORTER, G.NOT_CHECKER, G.WEIGHED_FIRST)
_WEIGHED_3 = (G.NOT_REPORTER, G.NOT_CHECKER, G.WEIGHED_3)
_WEIGHED_4 = (G.NOT_REPORTER, G.NOT_CHECKER, G.WEIGHED_4)
_LOO_TESTS = (G.STRONG_ENOUGH, G.INTEGRAL_INTEREST, G.CHECK_2B)

LIFE: Mapping[State, Mapping[Decision, Way]] = {
    S.RECEIVED: {  # 1. Binnengekomen
        D.REGISTER: _to(S.REGISTERED, G.URGENCY),
        D.OTHER_SIGNAL: _to(S.FEEDBACK_DUE, G.URGENCY),
        D.NO_SIGNAL: _to(S.FEEDBACK_DUE, G.URGENCY),
    },
    S.REGISTERED: {  # 2. Bij het meldpunt
        D.TAKE_UP: _to(S.ENRICHING, *_WEIGHED, G.TAKEN_UP, G.WEIGHED_AGAIN),
        D.AGENDA_WITHOUT_SOURCES: _to(S.IN_SIGNALENOVERLEG, *_WEIGHED, G.TAKEN_UP),
        D.OTHER_DEPARTMENT: _to(S.FEEDBACK_DUE, *_WEIGHED, G.CHECK_2B),
        D.OTHER_AUTHORITY: _to(S.FEEDBACK_DUE, *_WEIGHED, G.CHECK_2B),
        D.SOMETHING_ELSE: _to(S.FEEDBACK_DUE, *_WEIGHED, G.CHECK_2B),
        D.NOT_TAKEN_UP: _to(S.FEEDBACK_DUE, *_WEIGHED),
        D.HOLD: _to(S.ON_HOLD),
    },
    S.ENRICHING: {  # 3. Verrijken
        D.TO_AGENDA: _to(S.IN_SIGNALENOVERLEG, *_WEIGHED_4),
        D.AGENDA_WITHOUT_SOURCES: _to(S.IN_SIGNALENOVERLEG, G.NOT_REPORTER, G.NOT_CHECKER),
        D.OTHER_DEPARTMENT: _to(S.FEEDBACK_DUE, *_WEIGHED_3, G.CHECK_2B),
        D.OTHER_AUTHORITY: _to(S.FEEDBACK_DUE, *_WEIGHED_3, G.CHECK_2B),
        D.SOMETHING_ELSE: _to(S.FEEDBACK_DUE, *_WEIGHED_3, G.CHECK_2B),
        D.NOT_TAKEN_UP: _to(S.FEEDBACK_DUE, *_WEIGHED_3),
        D.NOT_CONFIRMED: _to(S.FEEDBACK_DUE, *_WEIGHED_4),
        D.HOLD: _to(S.ON_HOLD),
    },
    S.IN_SIGNALENOVERLEG: {  # 4. Signalenoverleg (weekly)
        D.MORE_INFORMATION: _to(S.ENRICHING, G.CHECK_2A),
        D.INSPECTION: _to(S.WAITING_FINDINGS, G.CHECK_2A, G.CONCRETE, G.CHECK_2B, facts_to=Recipient.ENFORCEMENT),
        D.TO_LOO: _to(S.IN_LOO, G.CHECK_2A, *_LOO_TESTS, facts_to=Recipient.LOO),
        D.OTHER_DEPARTMENT: _to(S.FEEDBACK_DUE, G.CHECK_2A, G.CHECK_2B),
        D.OTHER_AUTHORITY: _to(S.FEEDBACK_DUE, G.CHECK_2A, G.CHECK_2B),
        D.INTERVENTION: _to(S.MONITORING, G.CHECK_2A, G.FINDINGS, G.CHECK_2B, facts_to=Recipient.ENFORCEMENT),
        D.NOT_CONFIRMED: _to(S.FEEDBACK_DUE, G.CHECK_2A),
        D.HOLD: _to(S.ON_HOLD),
    },
    S.WAITING_FINDINGS: {  # waiting room of step 4
        D.FINDINGS_RECORDED: _to(S.IN_SIGNALENOVERLEG, G.FINDINGS),
        D.BACK_TO_SIGNALENOVERLEG: _to(S.IN_SIGNALENOVERLEG),  # the inspection is called off
        D.HOLD: _to(S.ON_HOLD),
    },
    S.IN_LOO: {  # 5. LOO, with police and RIEC at the table
        D.INTERVENTION: _to(S.MONITORING, G.CHECK_2A, G.CHECK_2B, facts_to=Recipient.LOO),
        D.RIEC_CASE: _to(S.MONITORING, G.CHECK_2A, G.CHECK_2B, facts_to=Recipient.RIEC),
        D.POLICE_CASE: _to(S.FEEDBACK_DUE, G.CHECK_2A, G.CHECK_2B, facts_to=Recipient.POLICE),
        D.NOT_CONFIRMED: _to(S.FEEDBACK_DUE, G.CHECK_2A),
        D.BACK_TO_SIGNALENOVERLEG: _to(S.IN_SIGNALENOVERLEG),
        D.NEXT_LOO: _to(S.IN_LOO),
        D.HOLD: _to(S.ON_HOLD),
    },
    S.MONITORING: {  # waiting room of step 5
        D.FOLLOW_UP: _to(S.MONITORING),
        D.BACK_TO_SIGNALENOVERLEG: _to(S.IN_SIGNALENOVERLEG),
        D.TO_LOO: _to(S.IN_LOO, *_LOO_TESTS, facts_to=Recipient.LOO),
        D.MONITORING_DONE: _to(S.FEEDBACK_DUE, G.TASKS_DONE),
        D.HOLD: _to(S.ON_HOLD),
    },
    S.ON_HOLD: {
        D.KEEP_ON_HOLD: _to(S.ON_HOLD),
        D.RELEASE_HOLD: _to(ORIGIN),
    },
    S.FEEDBACK_DUE: {  # 6. Terugkoppelen
        D.FEEDBACK_DONE: _to(S.CLOSED, G.FEEDBACK, G.TASKS_DONE),
        D.REOPEN: _to(S.REGISTERED),
        D.HOLD: _to(S.ON_HOLD),
    },
    S.CLOSED: {
        D.REOPEN: _to(S.REGISTERED),
    },
}

LIFE = MappingProxyType(LIFE)
