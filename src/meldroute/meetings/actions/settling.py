"""One item: release for this table, the outcome with its reason, a note, or carried over to the next meeting."""

from __future__ import annotations

from uuid import UUID

from meldroute.domain.route import Decision as D
from meldroute.domain.route import Given
from meldroute.domain.term import gettext_noop
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.route.actions import releasing
from meldroute.route.actions.deciding import decide
from meldroute.route.conflict import Conflict
from meldroute.route.models import Decision, Signal

from ..models import Item, ItemState, Meeting, MeetingState, Topic
from ..rules import insist, locked, recipient_of, running
from .attending import show_to_all, until
from .inviting import key_of

WAITS = (ItemState.OPEN, ItemState.CARRIED)


def release_for(*, by: Acting, item: Item) -> list[releasing.Judged]:
    """Release for this meeting what check 2A allowed at this table; those present see it at once.

    Raises Refused while there is no check, or once the meeting is over.
    """
    now = locked(item.meeting)
    over = now.state in (MeetingState.CLOSED, MeetingState.NOT_NEEDED)
    insist(not over, gettext_noop("Dit overleg is al gesloten."), "meeting.release")
    judged = releasing.for_meeting(
        by=by, signal=item.signal, recipient=recipient_of(now), meeting_id=now.id, until=until(now, by)
    )
    if now.state == MeetingState.OPEN:
        show_to_all(item, by=by)
    return judged


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
    """The outcome of an item, with its reason and follow-up. Raises Refused; Conflict when it changed meanwhile."""
    running(item.meeting, "meeting.settle")
    signal, now = Signal.objects.get(id=item.signal_id), Item.objects.get(id=item.id)
    if signal.version != version or now.state not in WAITS:
        raise Conflict(signal.id)
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
    """No time: the item stands on top of the next agenda. Raises Refused unless it waits in a running meeting."""
    running(item.meeting, "item.carry")
    done = Item.objects.filter(id=item.id, state=ItemState.OPEN).update(state=ItemState.CARRIED)
    insist(bool(done), gettext_noop("Dit punt is al besproken."), "item.carry")
    journal.record(by=by, act="item.carry", on="meetings.Item", ids=[item.id])


def carry_rest(*, by: Acting, meeting: Meeting) -> None:
    """Everything that waits goes to the next meeting."""
    for item in meeting.items.filter(state=ItemState.OPEN).select_related("meeting"):
        carry(by=by, item=item)


def note(*, by: Acting, item: Item, text: str) -> None:
    """What was said about an item, for the minutes; while the meeting runs. Raises Refused."""
    running(item.meeting, "item.note")
    item.note = text.strip()
    item.save(update_fields=["note"])
    journal.record(by=by, act="item.note", on="meetings.Item", ids=[item.id], fields=["note"])


def add_topic(*, by: Acting, meeting: Meeting, title: str) -> Topic:
    """A point that is no signal. Raises Refused when it has no title or the meeting is over."""
    now = locked(meeting)
    going = now.state in (MeetingState.PLANNED, MeetingState.OPEN)
    insist(going, gettext_noop("Dit overleg is al gesloten."), "topic.closed")
    insist(bool(title.strip()), gettext_noop("Schrijf op waar het over gaat."), "topic.title")
    made = Topic.objects.create(
        municipality_id=now.municipality_id,
        key_id=key_of(now.series),
        meeting=now,
        title=title.strip(),
        by=by.person,
        at=by.at,
    )
    journal.record(by=by, act="topic.add", on="meetings.Topic", ids=[made.id])
    return made


def note_topic(*, by: Acting, topic: Topic, text: str) -> None:
    """What was said about a point that is no signal; while the meeting runs. Raises Refused."""
    running(topic.meeting, "topic.note")
    topic.note = text.strip()
    topic.save(update_fields=["note"])
    journal.record(by=by, act="topic.note", on="meetings.Topic", ids=[topic.id], fields=["note"])
