"""A situation in which every gate is open, to close one at a time."""

from __future__ import annotations

from meldroute.domain.route import Answer, Checked, Situation, Weighed
from meldroute.domain.vocabulary import Check, Recipient, State, Weighing

YES = Weighed(Answer.YES, "omdat het er staat", round=1, opens=True)
EVERYBODY = frozenset(Recipient)


def everything_open(state: State) -> Situation:
    """Round 1 of a signal in this state, every question answered, every check allowed."""
    return Situation(
        state=state,
        origin=State.ENRICHING if state is State.ON_HOLD else None,
        urgency_asked=True,
        weighed=dict.fromkeys(Weighing, YES),
        repeat_within_year=True,
        weighed_again=YES,
        concrete=YES,
        strong_enough=YES,
        integral_interest=YES,
        checks=(
            Checked(Check.ONE, True, sources=frozenset({"bag"})),
            Checked(Check.TWO_A, True, recipients=EVERYBODY),
            Checked(Check.TWO_B, True, recipients=EVERYBODY),
        ),
        advised=frozenset(Check),
        hits=frozenset({"bag"}),
        findings_recorded=True,
        feedback_given=True,
    )
