"""What the worker does for the plan by itself: remind people."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from meldroute.people.unit import system

from .actions.reminding import remind


def remind_all(place: UUID, at: datetime) -> int:
    """Queue the digests of one municipality; how many."""
    with system(place, at) as by:
        return remind(by=by)
