"""The agenda builds itself: carried-over items first, then signals in the right state, restricted ones last.

Plan §3.3.3 steps 4 and 5; domain rules §8. Signals still in an earlier state stand below, without outcomes. A sealed
signal (about somebody who works, governs or meets here) comes on no agenda: its trusted readers decide in the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from meldroute.domain.route import Decision as D
from meldroute.domain.vocabulary import MeetingKind
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.route.models import Signal

from ..models import Item, ItemState, Meeting, MeetingState
from ..rules import AGENDA_OF, NOT_RIPE, carries_signals, locked

LAST = 1_000_000
DONE = (MeetingState.CLOSED, MeetingState.NOT_NEEDED)


@dataclass(frozen=True)
class Place:
    """A signal that stands on the agenda, or would stand there if it were built now (then `item` is None)."""

    signal: Signal
    item: Item | None
    carried: bool
    restricted: bool


def ripe(kind: str) -> QuerySet[Signal]:
    """The signals that this kind of meeting is about."""
    return Signal.objects.filter(state=AGENDA_OF[MeetingKind(kind)], sealed=False)


def not_ripe(meeting: Meeting) -> QuerySet[Signal]:
    """Signals in an earlier state, shown below the agenda as "nog niet rijp"."""
    states = NOT_RIPE.get(MeetingKind(meeting.kind), ())
    return Signal.objects.filter(state__in=states, sealed=False).order_by("received_at", "id")


def planned(meeting: Meeting) -> list[Place]:
    """The agenda as it would be built now; changes nothing. A finished meeting shows what stood there."""
    items = [item for item in meeting.items.select_related("signal", "decision") if item.state != ItemState.GONE]
    if not carries_signals(meeting) or meeting.state in DONE:
        return [_place(item) for item in items]
    coming = list(ripe(meeting.kind))
    now = {signal.id for signal in coming}
    there = {item.signal_id for item in items}
    kept = [_place(item) for item in items if item.state != ItemState.OPEN or item.signal_id in now]
    new = [signal for signal in coming if signal.id not in there]
    carried = _carried(new, meeting)
    return _in_order([*kept, *(Place(signal, None, signal.id in carried, False) for signal in new)], meeting)


def _place(item: Item) -> Place:
    return Place(item.signal, item, item.carried_from_id is not None, item.restricted)


def _in_order(places: list[Place], meeting: Meeting) -> list[Place]:
    """Once a meeting was begun an item keeps its number; what is new comes behind, restricted items last of all."""
    begun = meeting.state != MeetingState.PLANNED

    def key(place: Place) -> tuple[bool, int, bool, datetime, str]:
        number = place.item.position if begun and place.item and place.item.position else LAST
        return place.restricted, number, not place.carried, place.signal.state_since, place.signal.reference

    return sorted(places, key=key)


def build(*, by: Acting, meeting: Meeting) -> list[Item]:
    """Bring the agenda up to date: add what became ripe, take off what is not any more, put it in order.

    Nothing changes once the meeting is closed, however long ago the page was opened.
    """
    now = locked(meeting)
    if carries_signals(now) and now.state not in DONE:
        changed = [*_add_new(now, by=by), *take_off(now)]
        if changed:
            journal.record(by=by, act="agenda.build", on="meetings.Meeting", ids=[now.id, *(i.id for i in changed)])
    return put_in_order(now)


def _add_new(meeting: Meeting, *, by: Acting) -> list[Item]:
    there = {item.signal_id: item for item in meeting.items.all()}
    new, back = [], []
    for signal in ripe(meeting.kind):
        item = there.get(signal.id)
        if item is None:
            new.append(signal)
        elif item.state == ItemState.GONE:
            back.append(_set(item, ItemState.OPEN))
    carried = _carried(new, meeting)
    return [*back, *(_add(meeting, signal, carried.get(signal.id), by=by) for signal in new)]


def take_off(meeting: Meeting) -> list[Item]:
    """Items whose signal went elsewhere meanwhile (on hold, decided in the file) are not waited for."""
    waiting = meeting.items.filter(state=ItemState.OPEN).select_related("signal")
    wanted = AGENDA_OF[MeetingKind(meeting.kind)]
    return [_set(item, ItemState.GONE) for item in waiting if item.signal.state != wanted]


def _set(item: Item, state: ItemState) -> Item:
    item.state = state
    item.save(update_fields=["state"])
    return item


def _carried(signals: Iterable[Signal], meeting: Meeting) -> dict[UUID, Item]:
    """The last item of each signal at such a table, where that was carried over or kept for a next LOO."""
    ids = [signal.id for signal in signals]
    before = Item.objects.filter(signal_id__in=ids, meeting__kind=meeting.kind).exclude(meeting_id=meeting.id)
    last = {item.signal_id: item for item in before.select_related("decision").order_by("added_at")}
    return {signal_id: item for signal_id, item in last.items() if _comes_back(item)}


def _comes_back(item: Item) -> bool:
    kept: Any = item.decision
    return item.state == ItemState.CARRIED or (kept is not None and kept.decision == D.NEXT_LOO)


def _add(meeting: Meeting, signal: Signal, carried_from: Item | None, *, by: Acting) -> Item:
    return Item.objects.create(
        municipality_id=meeting.municipality_id,
        key_id=signal.key_id,
        meeting=meeting,
        signal=signal,
        position=0,
        carried_from=carried_from,
        restricted=carried_from.restricted if carried_from else False,
        added_at=by.at,
    )


def put_in_order(meeting: Meeting) -> list[Item]:
    """Number the items: carried-over first, restricted last. Those not on the agenda any more stand at 0."""
    items = list(meeting.items.select_related("signal"))
    gone = [item for item in items if item.state == ItemState.GONE]
    ordered = [p.item for p in _in_order([_place(i) for i in items if i.state != ItemState.GONE], meeting) if p.item]
    for item in gone:
        _number(item, 0)
    for position, item in enumerate(ordered, start=1):
        _number(item, position)
    return ordered


def _number(item: Item, position: int) -> None:
    if item.position != position:
        item.position = position
        item.save(update_fields=["position"])


def next_meeting(kind: MeetingKind, by: Acting) -> Meeting | None:
    """The running or next meeting of this kind."""
    running = Meeting.objects.filter(kind=kind, state=MeetingState.OPEN).order_by("starts_at").first()
    later = Meeting.objects.filter(kind=kind, state=MeetingState.PLANNED).order_by("starts_at")
    return running or later.filter(starts_at__gte=by.at.replace(hour=0, minute=0)).first() or later.first()
