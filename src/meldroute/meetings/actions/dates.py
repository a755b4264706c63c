"""The dates of a series, made by itself some weeks ahead; a holiday is skipped."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from meldroute.domain import days
from meldroute.domain.term import gettext_noop
from meldroute.journal import actions as journal
from meldroute.journal.acting import AMSTERDAM, Acting
from meldroute.route.terms import holidays_of

from ..invitations import in_rhythm
from ..models import Attendance, Meeting, MeetingState, Series, SeriesMember, Told
from ..rules import insist, locked
from .inviting import tell

AHEAD = timedelta(weeks=10)


def make_dates(*, by: Acting, series: Series) -> list[Meeting]:
    """Make the meetings of `series` that are not there yet, from now until ten weeks ahead."""
    until = min(by.today + AHEAD, series.ends_on or date.max)
    moments = days.weekly(series.starts_on, series.weekday, series.at, until, skip=holidays_of(by.place))
    wanted = [one for one in moments if one > by.at and in_rhythm(series, one.astimezone(AMSTERDAM).date())]
    there = set(Meeting.objects.filter(series=series, planned_for__gt=by.at).values_list("planned_for", flat=True))
    return [_make(series, moment, by=by) for moment in wanted if moment not in there]


def _make(series: Series, moment: datetime, *, by: Acting) -> Meeting:
    meeting = Meeting.objects.create(
        municipality_id=series.municipality_id,
        series=series,
        kind=series.kind,
        planned_for=moment,
        starts_at=moment,
        chair_id=series.chair_id,
    )
    members = series.members.exclude(ends_on__lt=days.local_date(moment))
    Attendance.objects.bulk_create(seat(meeting, member) for member in members)
    journal.record(by=by, act="meeting.make", on="meetings.Meeting", ids=[meeting.id])
    return meeting


def seat(meeting: Meeting, member: SeriesMember) -> Attendance:
    """The seat of a member of the series in one meeting."""
    return Attendance(
        municipality_id=meeting.municipality_id,
        meeting=meeting,
        user_id=member.user_id,
        organisation_id=member.organisation_id,
        ground=member.ground,
    )


def move(*, by: Acting, meeting: Meeting, starts_at: datetime) -> Meeting:
    """Move one planned meeting to another moment; the rest of the series stays. Raises Refused."""
    now = locked(meeting)
    planned = now.state == MeetingState.PLANNED
    insist(planned, gettext_noop("Dit overleg is al begonnen of gesloten."), "meeting.move")
    insist(starts_at > by.at, gettext_noop("Kies een moment dat nog komt."), "meeting.move_past")
    now.starts_at, now.version = starts_at, now.version + 1
    now.save(update_fields=["starts_at", "version"])
    tell(now.attendances.values_list("user_id", flat=True), Told.MOVED, by=by, series=now.series, meeting=now)
    journal.record(by=by, act="meeting.move", on="meetings.Meeting", ids=[now.id])
    return now
