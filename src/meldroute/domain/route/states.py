"""The states of a signal beside the six steps of the plan (§3.3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..vocabulary import Recipient, State


@dataclass(frozen=True)
class Place:
    """Where a state stands: a step of the plan, or a waiting room beside one (`step` None).

    `shown_at` is the step that the six-step strip lights; None for a hold, which shows its origin.
    `meeting` is the table at which the signal lies.
    """

    step: int | None
    shown_at: int | None
    source: str
    meeting: Recipient | None = None


STATES: Mapping[State, Place] = MappingProxyType(
    {
        State.RECEIVED: Place(1, 1, "plan §3.3.3, stap 1"),
        State.REGISTERED: Place(2, 2, "plan §3.3.3, stap 2; modelprotocol ondermijning, stap 1 en 2"),
        State.ENRICHING: Place(3, 3, "plan §3.3.3, stap 3; modelprotocol ondermijning, stap 3"),
        State.IN_SIGNALENOVERLEG: Place(4, 4, "plan §3.3.3, stap 4", Recipient.SIGNALENOVERLEG),
        State.WAITING_FINDINGS: Place(None, 4, "plan §3.3.3, stap 4 (controle)"),
        State.IN_LOO: Place(5, 5, "plan §3.3.3, stap 5", Recipient.LOO),
        State.MONITORING: Place(None, 5, "eigen werkregel"),
        State.ON_HOLD: Place(None, None, "eigen werkregel"),
        State.FEEDBACK_DUE: Place(6, 6, "plan §3.3.3, stap 6"),
        State.CLOSED: Place(None, 6, "eigen werkregel"),
    }
)

OPEN_STATES = tuple(state for state in State if state is not State.CLOSED)


def step_shown(state: State, origin: State | None = None) -> int:
    """The step (1 to 6) that the strip lights; a hold shows the step it came from."""
    shown = STATES[state].shown_at or (STATES[origin].shown_at if origin else None)
    return shown or 1
