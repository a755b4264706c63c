"""What the plan asks of somebody now, for the start page."""

from __future__ import annotations

from meldroute.journal.acting import Acting
from meldroute.route.terms import holidays_of

from .presenting import Asked, Group, asked_now, groups
from .reading import lines, plan_of, said_by
from .roles import MANAGERS, READERS

MOST = 4


def kept_so_far(by: Acting) -> list[Group]:
    """What was kept of the plan until now, per pillar, for whoever answers for it; empty without a plan."""
    plan = plan_of(by.place, by.today)
    if plan is None:
        return []
    names = {one.number: one.name for one in said_by(plan).pillars}
    return groups(lines(plan, by.today), names, (), by.today, (plan.begins, min(plan.ends, by.today)))


def upcoming(by: Acting) -> list[Asked]:
    """The first few that are late or due this quarter: of this owner or stand-in; of all for who keeps the plan."""
    plan = plan_of(by.place, by.today) if by.is_any(*READERS) else None
    if plan is None:
        return []
    mine = None if by.is_any(*MANAGERS) else by.person
    return asked_now(lines(plan, by.today), by.today, holidays_of(by.place), mine)[:MOST]
