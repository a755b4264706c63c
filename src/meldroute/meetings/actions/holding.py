"""Holding a meeting: begin, bring the agenda up to date, close, or "Geen punten: overleg vervalt"."""

from __future__ import annotations

from django.db.models import F

from meldroute.domain.term import gettext_noop
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from ..models import Item, ItemState, Meeting, MeetingState, Told
from ..rules import carries_signals, insist, locked, running
from .agenda import build, planned, take_off
from .attending import hide, present, show_to_all
from .inviting import tell
from .returning import put_on, waiting
from .shown import tell_plan

BEGUN = gettext_noop("Dit overleg is al begonnen of gesloten.")


def open_meeting(*, by: Acting, meeting: Meeting) -> Meeting:
    """The chair begins; from now on those present see what was released, and nothing else."""
    insist(locked(meeting).state == MeetingState.PLANNED, BEGUN, "meeting.open")
    build(by=by, meeting=meeting)
    put_on(by=by, meeting=meeting)
    Meeting.objects.filter(id=meeting.id).update(
        state=MeetingState.OPEN, opened_at=by.at, chair_id=by.person, version=F("version") + 1
    )
    meeting.refresh_from_db()
    present(by=by, meeting=meeting, user_id=by.person, there=True)
    journal.record(by=by, act="meeting.open", on="meetings.Meeting", ids=[meeting.id])
    return meeting


def refresh(*, by: Acting, meeting: Meeting) -> list[Item]:
    """Bring the agenda up to date; in a running meeting what is new opens to those present."""
    insist(locked(meeting).state in (MeetingState.PLANNED, MeetingState.OPEN), BEGUN, "meeting.refresh")
    items = build(by=by, meeting=meeting)
    if meeting.state == MeetingState.OPEN:
        for item in items:
            show_to_all(item, by=by)
    return items


def close(*, by: Acting, meeting: Meeting) -> Meeting:
    """End the meeting: every item has an outcome or is carried over; the windows close."""
    now = running(meeting, "meeting.close")
    if carries_signals(now):
        take_off(now)
    waiting = now.items.filter(state=ItemState.OPEN).exists()
    insist(not waiting, gettext_noop("Geef elk punt een uitkomst, of schuif het door."), "meeting.close")
    Meeting.objects.filter(id=now.id).update(state=MeetingState.CLOSED, closed_at=by.at, version=F("version") + 1)
    hide(meeting, None, by=by)
    meeting.refresh_from_db()
    tell_plan(by=by, meeting=meeting)
    journal.record(by=by, act="meeting.close", on="meetings.Meeting", ids=[meeting.id])
    return meeting


def not_needed(*, by: Acting, meeting: Meeting, because: str) -> None:
    """ "Geen punten: overleg vervalt"; only when there are none. Every calendar hears so."""
    now = locked(meeting)
    insist(now.state == MeetingState.PLANNED, BEGUN, "meeting.open")
    points = (carries_signals(now) and bool(planned(now))) or now.topics.exists() or bool(waiting(now, by))
    insist(not points, gettext_noop("Er staan punten op de agenda. Het overleg kan niet vervallen."), "meeting.items")
    now.state, now.not_needed_because, now.closed_at = MeetingState.NOT_NEEDED, because[:200], by.at
    now.version += 1
    now.save(update_fields=["state", "not_needed_because", "closed_at", "version"])
    tell(now.attendances.values_list("user_id", flat=True), Told.CANCELLED, by=by, series=now.series, meeting=now)
    journal.record(by=by, act="meeting.not_needed", on="meetings.Meeting", ids=[meeting.id])
