"""Signals that owe their reporter a word, made as small as a test needs."""

from __future__ import annotations

from datetime import date
from typing import Any

from meldroute.domain.vocabulary import Outcome, SourceKind, State
from meldroute.journal.acting import Acting
from meldroute.route.actions.deciding import owe_feedback
from meldroute.route.models import Feedback, FeedbackKind, Reporter, Signal
from signals_here import opened, reporter

OWED = date(2026, 12, 7)
ENDINGS = list(Outcome)
KINDS = {
    "chain_partner": SourceKind.CARE,
    "internal": SourceKind.ENFORCEMENT,
    "citizen": SourceKind.CITIZEN,
}


def put_in(signal: Signal, state: State, outcome: str = "") -> Signal:
    """Put a signal in a state, past the gates: they have tests of their own."""
    Signal.objects.filter(id=signal.id).update(state=state, outcome=outcome)
    signal.state, signal.outcome = state, outcome
    return signal


def ended(by: Acting, outcome: str = Outcome.NOT_CONFIRMED, **who: Any) -> Feedback:
    """A signal with this outcome and the feedback that its one reporter is owed, by mail that is safe."""
    signal = opened(by)
    told = {"source_kind": SourceKind.CARE, "name": "Oefen Melder", "mail": "melder@oefen.example", "mail_safe": True}
    reporter(by, signal, **(told | who))
    put_in(signal, State.FEEDBACK_DUE, outcome)
    owe_feedback(signal, signal.round, OWED)
    return Feedback.objects.get(signal=signal, kind=FeedbackKind.FEEDBACK)


def owes(by: Acting, signal: Signal, kind: FeedbackKind, who: Reporter, due_on: date = OWED) -> Feedback:
    """A word of this kind."""
    return Feedback.objects.create(
        municipality_id=by.place,
        key_id=signal.key_id,
        signal=signal,
        reporter=who,
        kind=kind,
        round=signal.round,
        due_on=due_on,
    )
