"""Invitations for the ordinary calendar (RFC 5545, RFC 5546): when, where and which meeting; never what it is about.

A series is one recurring event in local time; a meeting of it is an instance of that event (RECURRENCE-ID), so that a
move or a cancellation lands on what is in the calendar already.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, vCalAddress
from icalendar import Event as CalendarEvent

from meldroute.journal.acting import AMSTERDAM

from .models import Meeting, MeetingState, Series

PRODUCT = "-//Meldroute//Overleg//NL"
PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def first_day(series: Series) -> date:
    """The first day of the rhythm, on or after the start of the series."""
    return series.starts_on + timedelta(days=(series.weekday - series.starts_on.weekday()) % 7)


def in_rhythm(series: Series, day: date) -> bool:
    """Whether a day is one of every `every_weeks` weeks, counted from the first; also over the turn of a year."""
    return (day - first_day(series)).days % (7 * series.every_weeks) == 0


@dataclass(frozen=True)
class Calendars:
    """Makes calendar files as they are at `stamped`, from `organiser` to `attendee` (both may be empty)."""

    stamped: datetime
    organiser: str = ""
    attendee: str = ""

    def of_meeting(self, meeting: Meeting, *, method: str = PUBLISH) -> bytes:
        """One meeting."""
        return _file([self._instance(meeting)], method)

    def of_series(
        self,
        series: Series,
        holidays: frozenset[date],
        meetings: Iterable[Meeting],
        *,
        method: str = PUBLISH,
        gone: bool = False,
    ) -> bytes:
        """The recurring event without its holidays, and each meeting that was moved or does not go on."""
        other = [] if gone else [m for m in meetings if _differs(m)]
        return _file([self._recurring(series, holidays, gone), *(self._instance(m) for m in other)], method)

    def _recurring(self, series: Series, holidays: frozenset[date], gone: bool) -> CalendarEvent:
        starts = datetime.combine(first_day(series), series.at, AMSTERDAM)
        told = self._event(series, starts, sequence=series.version, cancelled=gone)
        rule: dict[str, object] = {"freq": "weekly", "interval": series.every_weeks, "byday": DAYS[series.weekday]}
        if series.ends_on is not None:
            rule["until"] = datetime.combine(series.ends_on, time.max, AMSTERDAM).astimezone(UTC).replace(microsecond=0)
        told.add("rrule", rule)
        off = sorted(day for day in holidays if day >= starts.date() and in_rhythm(series, day))
        if off:
            told.add("exdate", [datetime.combine(day, series.at, AMSTERDAM) for day in off])
        return told

    def _instance(self, meeting: Meeting) -> CalendarEvent:
        cancelled = meeting.state == MeetingState.NOT_NEEDED
        local = meeting.starts_at.astimezone(AMSTERDAM)
        told = self._event(meeting.series, local, sequence=meeting.version, cancelled=cancelled)
        told.add("recurrence-id", meeting.planned_for.astimezone(AMSTERDAM))
        return told

    def _event(self, series: Series, starts: datetime, *, sequence: int, cancelled: bool) -> CalendarEvent:
        told = CalendarEvent()
        told.add("uid", f"{series.id}@meldroute")
        told.add("dtstamp", self.stamped)
        told.add("dtstart", starts)
        told.add("dtend", starts + timedelta(minutes=series.minutes))
        told.add("summary", series.name)
        told.add("location", series.place)
        told.add("sequence", sequence)
        told.add("status", "CANCELLED" if cancelled else "CONFIRMED")
        told.add("class", "CONFIDENTIAL")
        if self.organiser:
            told.add("organizer", vCalAddress(f"mailto:{self.organiser}"))
        if self.attendee:
            told.add("attendee", vCalAddress(f"mailto:{self.attendee}"))
        return told


def _differs(meeting: Meeting) -> bool:
    return meeting.starts_at != meeting.planned_for or meeting.state == MeetingState.NOT_NEEDED


def _file(events: list[CalendarEvent], method: str) -> bytes:
    told = Calendar()
    told.add("prodid", PRODUCT)
    told.add("version", "2.0")
    told.add("method", method)
    for one in events:
        told.add_component(one)
    told.add_missing_timezones()
    return bytes(told.to_ical())
