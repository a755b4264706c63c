"""What is asked of the person who looks at a signal now (the card "Nu te doen")."""

from __future__ import annotations

from typing import Any

from meldroute.journal.acting import Acting

from .models import Signal


def now_of(signal: Signal, by: Acting) -> dict[str, Any]:
    """The variables of `route/_now.html`."""
    return {"question": "", "due": signal.due_on, "by": by.user_id}
