"""What holds for a decision wherever it is taken: who may, what it needs, who is told, how a round ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..vocabulary import Outcome, Recipient, Role
from .decisions import Decision, Need, Told

D = Decision
_MELDPUNT = (Role.MELDPUNT,)
_WITH_OWNER = (Role.MELDPUNT, Role.PROCESS_OWNER)
_REASON = (Need.REASON,)
_FOLLOW_UP = (Need.REASON, Need.FOLLOW_UP)
_HAND_OVER = (Need.REASON, Need.RECIPIENT)


@dataclass(frozen=True)
class Rule:
    """Roles that may take a decision, what comes along, who is told, the outcome it sets, its source."""

    who: tuple[Role, ...]
    needs: tuple[Need, ...]
    told: tuple[Told, ...]
    source: str
    outcome: Outcome | None = None
    recipients: frozenset[Recipient] = frozenset()


_ELSEWHERE = frozenset(
    {Recipient.POLICE, Recipient.OM, Recipient.NLA, Recipient.RIEC, Recipient.VEILIG_THUIS}
    | {Recipient.CARE, Recipient.OTHER_MUNICIPALITY}
)
_IN_HOUSE = frozenset({Recipient.DEPARTMENT, Recipient.ENFORCEMENT})

RULES: Mapping[Decision, Rule] = MappingProxyType(
    {
        D.REGISTER: Rule(_MELDPUNT, (), (Told.REPORTER,), "plan §3.3.3, stap 2"),
        D.OTHER_SIGNAL: Rule(_MELDPUNT, _REASON, (Told.REPORTER,), "eigen werkregel", Outcome.OTHER_SIGNAL),
        D.NO_SIGNAL: Rule(_MELDPUNT, _REASON, (Told.REPORTER,), "eigen werkregel", Outcome.NO_SIGNAL),
        D.TAKE_UP: Rule(_MELDPUNT, (), (), "plan §3.3.3, stap 3; modelprotocol ondermijning, stap 2"),
        D.AGENDA_WITHOUT_SOURCES: Rule(_MELDPUNT, _REASON, (Told.MEETING,), "eigen werkregel"),
        D.TO_AGENDA: Rule(_MELDPUNT, (), (Told.MEETING,), "plan §3.3.3, stap 4"),
        D.MORE_INFORMATION: Rule(_MELDPUNT, _FOLLOW_UP, (Told.TASK_OWNER,), "plan §3.3.3, stap 4"),
        D.INSPECTION: Rule(_MELDPUNT, _FOLLOW_UP, (Told.TASK_OWNER,), "plan §3.3.3, stap 4"),
        D.FINDINGS_RECORDED: Rule(
            (Role.MELDPUNT, Role.ENFORCEMENT), (), (Told.MELDPUNT, Told.MEETING), "eigen werkregel"
        ),
        D.TO_LOO: Rule(_MELDPUNT, _REASON, (Told.MEETING,), "plan §3.3.3, stap 5"),
        D.BACK_TO_SIGNALENOVERLEG: Rule(_MELDPUNT, _REASON, (Told.MEETING,), "eigen werkregel"),
        D.NEXT_LOO: Rule(_MELDPUNT, _REASON, (Told.MEETING,), "eigen werkregel"),
        D.OTHER_DEPARTMENT: Rule(
            _MELDPUNT,
            _HAND_OVER,
            (Told.RECIPIENT, Told.REPORTER),
            "plan §3.3.3, stap 4",
            Outcome.OTHER_DEPARTMENT,
            _IN_HOUSE,
        ),
        D.OTHER_AUTHORITY: Rule(
            _MELDPUNT,
            _HAND_OVER,
            (Told.RECIPIENT, Told.REPORTER),
            "eigen werkregel",
            Outcome.OTHER_AUTHORITY,
            _ELSEWHERE,
        ),
        D.SOMETHING_ELSE: Rule(
            _MELDPUNT,
            _HAND_OVER,
            (Told.RECIPIENT, Told.REPORTER),
            "eigen werkregel",
            Outcome.SOMETHING_ELSE,
            _IN_HOUSE | _ELSEWHERE,
        ),
        D.NOT_TAKEN_UP: Rule(
            _MELDPUNT, _REASON, (Told.REPORTER,), "modelprotocol ondermijning, stap 2", Outcome.NOT_TAKEN_UP
        ),
        D.NOT_CONFIRMED: Rule(_MELDPUNT, _REASON, (Told.REPORTER,), "plan §3.3.3, stap 4 en 5", Outcome.NOT_CONFIRMED),
        D.INTERVENTION: Rule(
            _MELDPUNT,
            _FOLLOW_UP,
            (Told.TASK_OWNER, Told.PROCESS_OWNER),
            "plan §3.3.3, stap 5",
            Outcome.INTERVENTION,
        ),
        D.RIEC_CASE: Rule(
            _MELDPUNT,
            _FOLLOW_UP,
            (Told.TASK_OWNER, Told.PROCESS_OWNER),
            "plan §3.3.3, stap 5",
            Outcome.RIEC_CASE,
        ),
        D.POLICE_CASE: Rule(_MELDPUNT, _REASON, (Told.REPORTER,), "eigen werkregel", Outcome.POLICE_CASE),
        D.FOLLOW_UP: Rule(_MELDPUNT, _FOLLOW_UP, (Told.TASK_OWNER,), "eigen werkregel"),
        D.MONITORING_DONE: Rule(_MELDPUNT, _REASON, (Told.REPORTER,), "eigen werkregel"),
        D.HOLD: Rule(
            _WITH_OWNER,
            (Need.REASON, Need.REQUESTER, Need.REVIEW_DATE),
            (Told.MELDPUNT, Told.PROCESS_OWNER),
            "eigen werkregel",
        ),
        D.KEEP_ON_HOLD: Rule(_WITH_OWNER, (Need.REASON, Need.REVIEW_DATE), (Told.PROCESS_OWNER,), "eigen werkregel"),
        D.RELEASE_HOLD: Rule(_WITH_OWNER, _REASON, (Told.MELDPUNT,), "eigen werkregel"),
        D.FEEDBACK_DONE: Rule(_MELDPUNT, (), (), "plan §3.3.3, stap 6"),
        D.REOPEN: Rule(_WITH_OWNER, _REASON, (Told.MELDPUNT, Told.PROCESS_OWNER), "eigen werkregel"),
    }
)
