"""Points that come back on an agenda: which period one stands for at a meeting (plan §3.3.4, R4.18)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from .cadence import Cadence, Period, occurrences

AHEAD = timedelta(days=366)
LOOKING_BACK = 2
"""The running period and the one before it: what was missed longer ago does not come back any more."""


def stands_for(cadence: Cadence, since: date, day: date, held: Collection[str]) -> Period | None:
    """The oldest period that is not held yet, of those that have begun on `day`; None when nothing is asked."""
    begun = [period for period in occurrences(cadence, since, day + AHEAD) if period.begins <= day]
    return next((period for period in begun[-LOOKING_BACK:] if period.key not in held), None)
