"""The dates of a series, made by itself some weeks ahead; a holiday is skipped."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from meldroute.domain import days
from meldroute.journal import actions as journal
from meldroute.journal.acting import AMSTERDAM, Acting
from meldroute.route.terms import holidays_of

from ..models import Attendance, Meeting, MeetingState, Series

AHEAD = timedelta(weeks=10)


def make_dates(*, by: Acting, series: Series) -> list[Meeting]:
    """Make the meetings of `series` that are not there yet, from today until ten weeks ahead."""
    until = min(by.today + AHEAD, series.ends_on or date.max)
    moments = days.weekly(series.starts_on, series.weekday, series.at, until, skip=holidays_of(by.place))
    wanted = [
        moment for moment in moments if moment > by.at and _in_rhythm(series, moment.astimezone(AMSTERDAM).date())
    ]
    there = set(Meeting.objects.filter(series=series, starts_at__gt=by.at).values_list("starts_at", flat=True))
    return [_make(series, moment, by=by) for moment in wanted if moment not in there]


def _in_rhythm(series: Series, day: date) -> bool:
    first = series.starts_on + timedelta(days=(series.weekday - series.starts_on.weekday()) % 7)
    return (day - first).days // 7 % series.every_weeks == 0


def _make(series: Series, moment: datetime, *, by: Acting) -> Meeting:
    meeting = Meeting.objects.create(
        municipality_id=series.municipality_id,
        series=series,
        kind=series.kind,
        starts_at=moment,
        chair_id=series.chair_id,
    )
    Attendance.objects.bulk_create(
        Attendance(
            municipality_id=series.municipality_id,
            meeting=meeting,
            user_id=member.user_id,
            organisation_id=member.organisation_id,
        )
        for member in series.members.exclude(ends_on__lt=by.today)
    )
    journal.record(by=by, act="meeting.make", on="meetings.Meeting", ids=[meeting.id])
    return meeting


def move(*, by: Acting, meeting: Meeting, starts_at: datetime) -> None:
    """Move one planned meeting to another moment; the rest of the series stays."""
    Meeting.objects.filter(id=meeting.id, state=MeetingState.PLANNED).update(starts_at=starts_at)
    journal.record(by=by, act="meeting.move", on="meetings.Meeting", ids=[meeting.id])


def end_series(*, by: Acting, series: Series) -> None:
    """No more dates from today; planned meetings without items go."""
    series.ends_on = by.today
    series.save(update_fields=["ends_on"])
    empty = Meeting.objects.filter(series=series, state=MeetingState.PLANNED, starts_at__gt=by.at, items__isnull=True)
    Attendance.objects.filter(meeting__in=empty).delete()
    empty.delete()
    journal.record(by=by, act="series.end", on="meetings.Series", ids=[series.id])
