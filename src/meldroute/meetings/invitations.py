"""Invitations for the ordinary calendar (RFC 5545): when, where and which meeting; never what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from .models import Meeting, MeetingState

PRODUCT = "-//Meldroute//Overleg//NL"


def calendar(meetings: Iterable[Meeting], *, stamped: datetime, method: str = "PUBLISH") -> bytes:
    """One calendar file; cancelled where the meeting is not needed."""
    told = Calendar()
    told.add("prodid", PRODUCT)
    told.add("version", "2.0")
    told.add("method", method)
    for meeting in meetings:
        told.add_component(event(meeting, stamped))
    return bytes(told.to_ical())


def event(meeting: Meeting, stamped: datetime) -> CalendarEvent:
    """One meeting; its uid stays the same, its sequence grows with each change."""
    gone = meeting.state == MeetingState.NOT_NEEDED
    told = CalendarEvent()
    told.add("uid", f"{meeting.id}@meldroute")
    told.add("dtstamp", stamped)
    told.add("dtstart", meeting.starts_at)
    told.add("dtend", meeting.starts_at + timedelta(minutes=meeting.series.minutes))
    told.add("summary", meeting.series.name)
    told.add("location", meeting.series.place)
    told.add("sequence", meeting.version)
    told.add("status", "CANCELLED" if gone else "CONFIRMED")
    told.add("class", "CONFIDENTIAL")
    return told
