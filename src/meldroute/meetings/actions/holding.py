"""Holding a meeting: open, attendance, somebody leaves, an outcome per item, close, or "geen punten"."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import F

from meldroute.domain.route import Decision as D
from meldroute.domain.route import Given
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.route.actions import releasing
from meldroute.route.actions.deciding import decide
from meldroute.route.actions.opening import give_access
from meldroute.route.models import Access, AccessKind, Decision, Signal

from ..models import Attendance, Item, ItemState, Leave, Meeting, MeetingState
from .agenda import build, carries_signals, recipient_of

WINDOW = timedelta(hours=12)
"""At the latest this long after its start nobody sees released facts of a meeting that was never closed."""
SOURCE = "domain rules §8"


def _insist(condition: bool, reason: str, code: str) -> None:
    if not condition:
        raise Refused(no(reason, SOURCE, code, (Role.MELDPUNT,)))


def open_meeting(*, by: Acting, meeting: Meeting) -> Meeting:
    """The chair begins; from now on those present see what was released, and nothing else."""
    build(by=by, meeting=meeting)
    begun = Meeting.objects.filter(id=meeting.id, state=MeetingState.PLANNED).update(
        state=MeetingState.OPEN, opened_at=by.at, chair_id=by.person, version=F("version") + 1
    )
    _insist(bool(begun), gettext_noop("Dit overleg is al begonnen of gesloten."), "meeting.open")
    meeting.refresh_from_db()
    present(by=by, meeting=meeting, user_id=by.person, there=True)
    journal.record(by=by, act="meeting.open", on="meetings.Meeting", ids=[meeting.id])
    return meeting


def present(*, by: Acting, meeting: Meeting, user_id: UUID, there: bool) -> None:
    """Say who is there. Being there opens the released facts of the unrestricted items; leaving closes them."""
    _insist(meeting.state == MeetingState.OPEN, gettext_noop("Begin eerst het overleg."), "meeting.present")
    Attendance.objects.update_or_create(
        meeting=meeting,
        user_id=user_id,
        defaults={"present": there, "municipality_id": meeting.municipality_id},
    )
    if there:
        for item in meeting.items.filter(restricted=False).select_related("signal"):
            show(item, user_id, by=by)
    else:
        hide(meeting, user_id, by=by)
    journal.record(
        by=by, act="meeting.present" if there else "meeting.absent", on="meetings.Meeting", ids=[meeting.id, user_id]
    )


def show(item: Item, user_id: UUID, *, by: Acting) -> None:
    """Let one person who is there see what was released of one signal, in the window of this meeting."""
    meeting = item.meeting
    live = Access.objects.filter(
        signal_id=item.signal_id, user_id=user_id, meeting_id=meeting.id, ended_at__isnull=True
    )
    if live.exists():
        return
    give_access(
        item.signal,
        by=by,
        user_id=user_id,
        why="aanwezig in het overleg",
        kind=AccessKind.RELEASED,
        meeting_id=meeting.id,
        until=max(by.at, meeting.starts_at) + WINDOW,
    )


def hide(meeting: Meeting, user_id: UUID | None, *, by: Acting, signal_id: UUID | None = None) -> None:
    """End the window for one person, or for everybody; for one signal, or for all."""
    rows = Access.objects.filter(meeting_id=meeting.id, kind=AccessKind.RELEASED, ended_at__isnull=True)
    if user_id is not None:
        rows = rows.filter(user_id=user_id)
    if signal_id is not None:
        rows = rows.filter(signal_id=signal_id)
    rows.update(ended_at=by.at)


def leave(*, by: Acting, item: Item, user_id: UUID) -> Leave:
    """ "X verlaat het overleg" for this item: recorded, and its facts close for X."""
    hide(item.meeting, user_id, by=by, signal_id=item.signal_id)
    row = Leave.objects.create(municipality_id=item.municipality_id, item=item, user_id=user_id, at=by.at)
    journal.record(by=by, act="meeting.leave", on="meetings.Item", ids=[item.id, user_id])
    return row


def release_for(*, by: Acting, item: Item) -> list[releasing.Judged]:
    """Release for this meeting what check 2A allowed at this table. Raises Refused while there is no check."""
    until = item.meeting.starts_at + WINDOW
    return releasing.for_meeting(
        by=by,
        signal=item.signal,
        recipient=recipient_of(item.meeting),
        meeting_id=item.meeting_id,
        until=max(until, by.at + WINDOW),
    )


def settle(
    *,
    by: Acting,
    item: Item,
    version: int,
    decision: D,
    given: Given,
    organisation_id: UUID | None = None,
    place: str = "",
) -> Decision:
    """The outcome of an item, with its reason and follow-up. Raises Refused, Conflict."""
    _insist(item.meeting.state == MeetingState.OPEN, gettext_noop("Begin eerst het overleg."), "meeting.settle")
    signal = Signal.objects.get(id=item.signal_id)
    made = decide(
        by=by,
        signal=signal,
        version=version,
        decision=decision,
        given=given,
        meeting_id=item.meeting_id,
        organisation_id=organisation_id,
        place=place,
    )
    Item.objects.filter(id=item.id).update(state=ItemState.DECIDED, decision=made)
    journal.record(by=by, act="item.decide", on="meetings.Item", ids=[item.id])
    return made


def carry(*, by: Acting, item: Item) -> None:
    """No time: the item stands on top of the next agenda."""
    Item.objects.filter(id=item.id, state=ItemState.OPEN).update(state=ItemState.CARRIED)
    journal.record(by=by, act="item.carry", on="meetings.Item", ids=[item.id])


def close(*, by: Acting, meeting: Meeting) -> Meeting:
    """End the meeting: every item has an outcome or is carried over; the windows close."""
    waiting = meeting.items.filter(state=ItemState.OPEN).exists()
    _insist(not waiting, gettext_noop("Geef elk punt een uitkomst, of schuif het door."), "meeting.close")
    done = Meeting.objects.filter(id=meeting.id, state=MeetingState.OPEN).update(
        state=MeetingState.CLOSED, closed_at=by.at, version=F("version") + 1
    )
    _insist(bool(done), gettext_noop("Dit overleg is niet open."), "meeting.close")
    hide(meeting, None, by=by)
    meeting.refresh_from_db()
    journal.record(by=by, act="meeting.close", on="meetings.Meeting", ids=[meeting.id])
    return meeting


def not_needed(*, by: Acting, meeting: Meeting, because: str) -> None:
    """ "Geen punten: overleg vervalt"; only when there are none."""
    items = build(by=by, meeting=meeting) if carries_signals(meeting) else []
    _insist(not items, gettext_noop("Er staan punten op de agenda. Het overleg kan niet vervallen."), "meeting.items")
    done = Meeting.objects.filter(id=meeting.id, state=MeetingState.PLANNED).update(
        state=MeetingState.NOT_NEEDED, not_needed_because=because[:200], closed_at=by.at, version=F("version") + 1
    )
    _insist(bool(done), gettext_noop("Dit overleg is al begonnen of gesloten."), "meeting.open")
    journal.record(by=by, act="meeting.not_needed", on="meetings.Meeting", ids=[meeting.id])
