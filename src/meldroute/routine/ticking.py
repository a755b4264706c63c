"""What the worker does for the routine: begin the month, look for test mails, say what it can see itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from meldroute.journal.acting import Acting
from meldroute.people.unit import system

from . import seeing
from .actions import mailtest, months
from .models import Standing
from .policies import routine_here


def follow_mail(place: UUID, at: datetime) -> int:
    """Recognise the test mails that came in; how many. Right after the mailbox was read."""
    with system(place, at) as by:
        return mailtest.follow(by=by)


def look(place: UUID, at: datetime) -> int:
    """Begin the month when it has not begun and settle the steps that the program sees done; how many."""
    with system(place, at) as by:
        return see_all(by=by)


def see_all(*, by: Acting) -> int:
    """The steps of this month of which nobody said anything, and that are done by what can be seen."""
    month = months.of_now(by)
    policy, _version = routine_here(by)
    waiting = month.steps.filter(standing=Standing.OPEN, version=0).select_related("month")
    found = [(step, seeing.see(step, by, policy)) for step in waiting]
    return sum(months.see(by=by, step=step, seen=one.kept) for step, one in found if one.settled)
