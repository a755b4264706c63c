"""What the worker does for the plan by itself: see what was done, then remind people of the rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from meldroute.people.unit import system

from .actions.reminding import Others, remind
from .known import see


def remind_all(place: UUID, at: datetime, others: Iterable[Others] = ()) -> int:
    """See what other chapters did, queue the digests of one municipality with the lines of `others`; how many."""
    with system(place, at) as by:
        see(by=by)
        return remind(by=by, others=others)
