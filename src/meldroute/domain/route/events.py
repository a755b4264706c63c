"""Events: what may happen beside the route, in which states, by whom. No event moves the signal.

Acute danger, Team Mensenhandel and Veilig Thuis are open in every state and behind no gate: share first,
account for it the next working day (domain rules §2; requirement R3.1g).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..roles import CASE_ROLES
from ..vocabulary import Recipient, Role, State
from .decisions import Event, Gate, Need, Told
from .states import OPEN_STATES

E, G = Event, Gate
_EVERY_STATE = tuple(State)
_WORKING = tuple(state for state in OPEN_STATES if state is not State.RECEIVED)
_MELDPUNT = (Role.MELDPUNT,)
_WITH_OWNER = (Role.MELDPUNT, Role.PROCESS_OWNER)
NEVER_LOCKED = frozenset({E.ACUTE_DANGER_SHARED, E.HAND_OVER_TEAM_MENSENHANDEL, E.HAND_OVER_VEILIG_THUIS})
_INSIDERS = tuple(role for role in Role if role in CASE_ROLES and role is not Role.PARTNER_REPORTER)


@dataclass(frozen=True)
class Happening:
    """The states in which an event may happen, by whom, behind which gates, and who is told."""

    states: tuple[State, ...]
    who: tuple[Role, ...]
    source: str
    gates: tuple[Gate, ...] = ()
    needs: tuple[Need, ...] = ()
    told: tuple[Told, ...] = ()
    recipients: frozenset[Recipient] = frozenset()


EVENTS: Mapping[Event, Happening] = MappingProxyType(
    {
        E.ACUTE_DANGER_SHARED: Happening(
            _EVERY_STATE,
            _INSIDERS,
            "eigen werkregel",
            needs=(Need.REASON,),
            told=(Told.MELDPUNT, Told.PROCESS_OWNER, Told.PRIVACY_OFFICER),
        ),
        E.DANGER_ACCOUNTED: Happening(
            _EVERY_STATE,
            _WITH_OWNER,
            "eigen werkregel",
            needs=(Need.REASON,),
            told=(Told.PRIVACY_OFFICER,),
        ),
        E.HAND_OVER_TEAM_MENSENHANDEL: Happening(
            _EVERY_STATE,
            _WITH_OWNER,
            "plan §3.1; eigen werkregel",
            needs=(Need.REASON,),
            told=(Told.RECIPIENT, Told.PROCESS_OWNER),
            recipients=frozenset({Recipient.TEAM_MENSENHANDEL}),
        ),
        E.HAND_OVER_VEILIG_THUIS: Happening(
            _EVERY_STATE,
            _WITH_OWNER,
            "eigen werkregel",
            needs=(Need.REASON,),
            told=(Told.RECIPIENT, Told.PROCESS_OWNER),
            recipients=frozenset({Recipient.VEILIG_THUIS}),
        ),
        E.WEIGH: Happening(
            _WORKING, _MELDPUNT, "modelprotocol ondermijning, stap 1 tot en met 4", (G.NOT_REPORTER, G.NOT_CHECKER)
        ),
        E.ASK_CHECK: Happening(
            _WORKING, _MELDPUNT, "modelprotocol ondermijning, stap 3 en 4", told=(Told.PRIVACY_OFFICER,)
        ),
        E.ADVISE_CHECK: Happening(
            _WORKING,
            (Role.PRIVACY_OFFICER,),
            "eigen werkregel",
            (G.NOT_HANDLER,),
            (Need.REASON,),
            (Told.PROCESS_OWNER,),
        ),
        E.DECIDE_CHECK: Happening(
            _WORKING,
            (Role.PROCESS_OWNER,),
            "eigen werkregel",
            (G.NOT_HANDLER, G.NOT_ADVISER, G.ADVISED),
            (Need.REASON,),
            (Told.MELDPUNT,),
        ),
        E.ASK_SOURCE: Happening(
            (State.ENRICHING,),
            _MELDPUNT,
            "plan §3.3.3, stap 3; modelprotocol ondermijning, stap 3",
            (G.CONCRETE_AND_RECENT, G.CHECK_1),
        ),
        E.OPEN_SOURCE: Happening(
            (State.ENRICHING,),
            _MELDPUNT,
            "modelprotocol ondermijning, stap 3",
            (G.CONCRETE_AND_RECENT, G.CHECK_1, G.HIT),
            (Need.REASON,),
        ),
        E.RELEASE_FACTS: Happening(_WORKING, _MELDPUNT, "modelprotocol ondermijning, stap 4", (G.RELEASE,)),
        E.INTERIM_FEEDBACK: Happening(
            tuple(state for state in _WORKING if state is not State.FEEDBACK_DUE),
            _MELDPUNT,
            "eigen werkregel",
            told=(Told.REPORTER,),
        ),
        E.GIVE_FEEDBACK: Happening((State.FEEDBACK_DUE,), _MELDPUNT, "plan §3.3.3, stap 6", told=(Told.REPORTER,)),
        E.FOLLOW_UP_ADDED: Happening(
            (State.MONITORING, State.FEEDBACK_DUE, State.CLOSED),
            _MELDPUNT,
            "eigen werkregel",
            needs=(Need.REASON,),
        ),
    }
)
