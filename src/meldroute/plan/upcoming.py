"""What the plan asks of somebody now, for the start page."""

from __future__ import annotations

from meldroute.journal.acting import Acting
from meldroute.route.terms import holidays_of

from .presenting import Asked, asked_now
from .reading import lines, plan_of
from .roles import MANAGERS, READERS

MOST = 4


def upcoming(by: Acting) -> list[Asked]:
    """The first few that are late or due this quarter: of this owner or stand-in; of all for who keeps the plan."""
    plan = plan_of(by.place, by.today) if by.is_any(*READERS) else None
    if plan is None:
        return []
    mine = None if by.is_any(*MANAGERS) else by.person
    return asked_now(lines(plan, by.today), by.today, holidays_of(by.place), mine)[:MOST]
