"""The agenda builds itself: carried-over items first, then signals in the right state, restricted ones last.

Plan §3.3.3 steps 4 and 5; domain rules §8. Signals still in an earlier state stand below, without outcomes.
"""

from __future__ import annotations

from django.db.models import QuerySet

from meldroute.domain.vocabulary import MeetingKind, Recipient, State
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.route.models import Signal

from ..models import Item, ItemState, Meeting, MeetingState

AGENDA_OF = {MeetingKind.SIGNALENOVERLEG: State.IN_SIGNALENOVERLEG, MeetingKind.LOO: State.IN_LOO}
TABLE_OF = {MeetingKind.SIGNALENOVERLEG: Recipient.SIGNALENOVERLEG, MeetingKind.LOO: Recipient.LOO}
NOT_RIPE = {
    MeetingKind.SIGNALENOVERLEG: (State.REGISTERED, State.ENRICHING, State.WAITING_FINDINGS),
    MeetingKind.LOO: (State.IN_SIGNALENOVERLEG, State.MONITORING),
}


def recipient_of(meeting: Meeting) -> Recipient:
    """Who the facts go to at this table."""
    return TABLE_OF[MeetingKind(meeting.kind)]


def carries_signals(meeting: Meeting) -> bool:
    """Whether signals stand on the agenda of this kind of meeting."""
    return MeetingKind(meeting.kind) in AGENDA_OF


def build(*, by: Acting, meeting: Meeting) -> list[Item]:
    """Bring the agenda up to date: add what became ripe, put it in order. Nothing changes once it is closed."""
    if not carries_signals(meeting) or meeting.state in (MeetingState.CLOSED, MeetingState.NOT_NEEDED):
        return list(meeting.items.order_by("position"))
    there = {item.signal_id: item for item in meeting.items.all()}
    ripe = Signal.objects.filter(state=AGENDA_OF[MeetingKind(meeting.kind)])
    new = [_add(meeting, signal, by=by) for signal in ripe if signal.id not in there]
    gone = [item for item in there.values() if item.state == ItemState.OPEN and not _still_ripe(item, meeting)]
    for item in gone:
        item.state = ItemState.CARRIED
        item.save(update_fields=["state"])
    if new:
        journal.record(by=by, act="agenda.build", on="meetings.Meeting", ids=[meeting.id, *(i.id for i in new)])
    return _ordered(meeting)


def _still_ripe(item: Item, meeting: Meeting) -> bool:
    return bool(item.signal.state == AGENDA_OF[MeetingKind(meeting.kind)])


def _add(meeting: Meeting, signal: Signal, *, by: Acting) -> Item:
    last = Item.objects.filter(signal=signal, meeting__kind=meeting.kind).order_by("-added_at").first()
    return Item.objects.create(
        municipality_id=meeting.municipality_id,
        key_id=signal.key_id,
        meeting=meeting,
        signal=signal,
        position=0,
        carried_from=last if last is not None and last.state == ItemState.CARRIED else None,
        restricted=signal.sealed,
        added_at=by.at,
    )


def _ordered(meeting: Meeting) -> list[Item]:
    items = list(meeting.items.select_related("signal"))
    items.sort(key=lambda i: (i.restricted, i.carried_from_id is None, i.signal.state_since, i.signal.reference))
    for position, item in enumerate(items, start=1):
        if item.position != position:
            item.position = position
            item.save(update_fields=["position"])
    return items


def not_ripe(meeting: Meeting) -> QuerySet[Signal]:
    """Signals in an earlier state, shown below the agenda as "nog niet rijp"."""
    return Signal.objects.filter(state__in=NOT_RIPE.get(MeetingKind(meeting.kind), ())).order_by("received_at")


def next_meeting(kind: MeetingKind, by: Acting) -> Meeting | None:
    """The running or next meeting of this kind."""
    running = Meeting.objects.filter(kind=kind, state=MeetingState.OPEN).order_by("starts_at").first()
    planned = Meeting.objects.filter(kind=kind, state=MeetingState.PLANNED).order_by("starts_at")
    return running or planned.filter(starts_at__gte=by.at.replace(hour=0, minute=0)).first() or planned.first()
