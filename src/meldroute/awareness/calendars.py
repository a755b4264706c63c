"""An activity for the ordinary calendar (RFC 5545, RFC 5546): one UID, a SEQUENCE that grows with every change."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from icalendar import Calendar, Event, vCalAddress

from meldroute.domain.awareness.activities import ActivityState
from meldroute.journal.acting import AMSTERDAM

from .models import Activity

PRODUCT = "-//Meldroute//Bewustwording//NL"
PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"


def calendar(activity: Activity, *, stamped: datetime, organiser: str = "", attendee: str = "") -> bytes:
    """The calendar file of an activity as it is now; without an organiser it only tells (PUBLISH)."""
    cancelled = activity.state == ActivityState.CANCELLED
    method = (CANCEL if cancelled else REQUEST) if organiser and attendee else PUBLISH
    told = Calendar()
    told.add("prodid", PRODUCT)
    told.add("version", "2.0")
    told.add("method", method)
    told.add_component(_event(activity, stamped, organiser, attendee, cancelled=cancelled))
    told.add_missing_timezones()
    return bytes(told.to_ical())


def _event(activity: Activity, stamped: datetime, organiser: str, attendee: str, *, cancelled: bool) -> Event:
    starts = datetime.combine(activity.on, activity.begins or time(9), AMSTERDAM)
    told = Event()
    told.add("uid", f"{activity.id}@meldroute")
    told.add("dtstamp", stamped)
    told.add("dtstart", starts)
    told.add("dtend", starts + timedelta(minutes=activity.minutes or 60))
    told.add("summary", activity.title)
    told.add("location", activity.place)
    told.add("sequence", activity.version)
    told.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if organiser:
        told.add("organizer", vCalAddress(f"mailto:{organiser}"))
    if attendee:
        told.add("attendee", vCalAddress(f"mailto:{attendee}"))
    return told
