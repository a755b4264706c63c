"""What the worker does for meetings by itself: the dates of every series, and the mails to people's calendars."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from meldroute.people.unit import system

from .actions.dates import make_dates
from .actions.inviting import queue_mails
from .models import Series


def make_all_dates(place: UUID, at: datetime) -> None:
    """Make the dates of every series of one municipality, in a unit of work of the system."""
    with system(place, at) as by:
        for series in Series.objects.exclude(ends_on__lt=by.today):
            make_dates(by=by, series=series)


def invite_all(place: UUID, at: datetime) -> int:
    """Queue a mail for every invitation that waits; how many."""
    with system(place, at) as by:
        return queue_mails(by=by)
