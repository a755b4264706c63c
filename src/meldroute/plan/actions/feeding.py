"""The address of somebody's private calendar: made, renewed, ended."""

from __future__ import annotations

from django.db.models import F

from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from ..models import Feed

ON = "plan.Feed"


def renew(*, by: Acting) -> Feed:
    """A new address for whoever asks; an earlier one opens nothing any more."""
    row, made = Feed.objects.get_or_create(municipality_id=by.place, user_id=by.person)
    if not made:
        Feed.objects.filter(id=row.id).update(number=F("number") + 1, ended_at=None)
        row.refresh_from_db()
    journal.record(by=by, act="plan.feed_renew", on=ON, ids=[row.id])
    return row


def end(*, by: Acting) -> None:
    """No address opens this calendar any more."""
    row = Feed.objects.filter(user_id=by.person).first()
    if row is not None:
        Feed.objects.filter(id=row.id).update(ended_at=by.at)
        journal.record(by=by, act="plan.feed_end", on=ON, ids=[row.id])


def current(by: Acting) -> Feed | None:
    """The calendar of whoever asks, when there is one that works."""
    return Feed.objects.filter(user_id=by.person, ended_at=None).first()
