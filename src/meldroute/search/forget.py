"""What the search forgets with a signal: every word of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from .writing import drop_all


def forget(signal_id: UUID, at: datetime) -> int:
    """Remove the signal's words; gives how many. The system sees those of sealed signals too."""
    return drop_all(signal_id)
