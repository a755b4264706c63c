"""Who is there, and what opens to them: the released facts of unrestricted items, in the window of the meeting.

A fact opens only to somebody who is there, has a role for this table and an own ground that was written down.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from meldroute.domain.term import gettext_noop
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.route.actions.opening import give_access
from meldroute.route.models import Access, AccessKind
from meldroute.sharing.models import Release

from ..models import Attendance, Item, ItemState, Leave, Meeting
from ..rules import WINDOW, insist, may_sit, running
from .agenda import put_in_order

NO_SEAT = gettext_noop("Deze persoon heeft geen rol die bij dit overleg past.")


def until(meeting: Meeting, by: Acting) -> datetime:
    """When the window of a running meeting closes by itself."""
    return max(by.at, meeting.starts_at) + WINDOW


def present(*, by: Acting, meeting: Meeting, user_id: UUID, there: bool) -> None:
    """Say who is there. Being there opens released facts; going away closes them. Raises Refused."""
    now = running(meeting, "meeting.present")
    insist(not there or may_sit(now.kind, user_id, by), NO_SEAT, "meeting.seat")
    Attendance.objects.update_or_create(
        meeting=now, user_id=user_id, defaults={"present": there, "municipality_id": now.municipality_id}
    )
    if there:
        for item in _open_items(now):
            show(item, [user_id], by=by)
    else:
        hide(now, user_id, by=by)
    act = "meeting.present" if there else "meeting.absent"
    journal.record(by=by, act=act, on="meetings.Meeting", ids=[now.id, user_id])


def set_present(*, by: Acting, meeting: Meeting, ids: Collection[UUID]) -> None:
    """The whole list at once: these are there, the others are not."""
    rows = list(meeting.attendances.all())
    for row in rows:
        there = row.user_id in ids
        if row.present is not there and (there or row.present):
            present(by=by, meeting=meeting, user_id=row.user_id, there=there)
    absent = [row.id for row in rows if row.present is None and row.user_id not in ids]
    Attendance.objects.filter(id__in=absent).update(present=False)


def add_guest(*, by: Acting, meeting: Meeting, user_id: UUID, ground: str) -> Attendance:
    """Somebody for this meeting only, with the own ground to be there. Raises Refused."""
    insist(may_sit(meeting.kind, user_id, by), NO_SEAT, "meeting.seat")
    reason = gettext_noop("Schrijf op welke eigen taak of bevoegdheid deze persoon hier brengt.")
    insist(bool(ground.strip()), reason, "meeting.ground")
    row, _ = Attendance.objects.update_or_create(
        meeting=meeting,
        user_id=user_id,
        defaults={"municipality_id": meeting.municipality_id, "ground": ground.strip()},
    )
    journal.record(by=by, act="meeting.guest", on="meetings.Meeting", ids=[meeting.id, user_id])
    if row.present:
        present(by=by, meeting=meeting, user_id=user_id, there=True)
    return row


def show(item: Item, user_ids: Collection[UUID], *, by: Acting, restricted: bool = False) -> None:
    """Open what was released of one item to these people, as far as they may see it here."""
    if (item.restricted and not restricted) or not has_release(item):
        return
    for user_id in sorted(_may_see(item, user_ids, by)):
        give_access(
            item.signal,
            by=by,
            user_id=user_id,
            why="aanwezig in het overleg",
            kind=AccessKind.RELEASED,
            meeting_id=item.meeting_id,
            until=until(item.meeting, by),
        )


def show_to_all(item: Item, *, by: Acting) -> None:
    """Open it to everybody who is there."""
    there = item.meeting.attendances.filter(present=True)
    show(item, list(there.values_list("user_id", flat=True)), by=by)


def has_release(item: Item) -> bool:
    """Whether any fact of the item was released for this meeting."""
    return Release.objects.filter(
        meeting_id=item.meeting_id, signal_id=item.signal_id, withdrawn_at__isnull=True
    ).exists()


def _may_see(item: Item, user_ids: Collection[UUID], by: Acting) -> set[UUID]:
    """There, with a ground, not gone out for this item, not open already; the meldpunt needs no opening."""
    there = item.meeting.attendances.filter(user_id__in=user_ids, present=True).exclude(ground="")
    wanted = set(there.values_list("user_id", flat=True))
    opened = Access.objects.filter(signal_id=item.signal_id, meeting_id=item.meeting_id, ended_at__isnull=True)
    closed = set(opened.values_list("user_id", flat=True)) | set(item.leaves.values_list("user_id", flat=True))
    meldpunt = places.members(by.place, Role.MELDPUNT, today=by.today).filter(id__in=wanted)
    return wanted - closed - set(meldpunt.values_list("id", flat=True))


def hide(meeting: Meeting, user_id: UUID | None, *, by: Acting, signal_id: UUID | None = None) -> None:
    """End the window for one person, or for everybody; for one signal, or for all."""
    rows = Access.objects.filter(meeting_id=meeting.id, kind=AccessKind.RELEASED, ended_at__isnull=True)
    if user_id is not None:
        rows = rows.filter(user_id=user_id)
    if signal_id is not None:
        rows = rows.filter(signal_id=signal_id)
    rows.update(ended_at=by.at)


def leave(*, by: Acting, item: Item, user_id: UUID) -> Leave:
    """ "X verlaat het overleg" for this item: recorded, and its facts close for X. Raises Refused."""
    now = running(item.meeting, "meeting.leave")
    there = now.attendances.filter(user_id=user_id, present=True).exists()
    insist(there, gettext_noop("Deze persoon is niet aanwezig."), "meeting.leave")
    hide(now, user_id, by=by, signal_id=item.signal_id)
    known = item.leaves.filter(user_id=user_id).first()
    row = known or Leave.objects.create(municipality_id=item.municipality_id, item=item, user_id=user_id, at=by.at)
    journal.record(by=by, act="meeting.leave", on="meetings.Item", ids=[item.id, user_id])
    return row


def restrict(*, by: Acting, item: Item, restricted: bool) -> None:
    """A restricted item comes last and opens only to those who stay for it. Raises Refused once it is settled."""
    insist(item.state == ItemState.OPEN, gettext_noop("Dit punt is al besproken."), "item.restrict")
    Item.objects.filter(id=item.id).update(restricted=restricted)
    item.restricted = restricted
    if restricted:
        hide(item.meeting, None, by=by, signal_id=item.signal_id)
    else:
        show_to_all(item, by=by)
    put_in_order(item.meeting)
    journal.record(by=by, act="item.restrict" if restricted else "item.unrestrict", on="meetings.Item", ids=[item.id])


def stay(*, by: Acting, item: Item, ids: Collection[UUID]) -> None:
    """Begin a restricted item: these stay, everybody else who is there leaves for it, on record."""
    now = running(item.meeting, "meeting.stay")
    there = set(now.attendances.filter(present=True).values_list("user_id", flat=True))
    for user_id in sorted(there - set(ids) - {by.person}):
        leave(by=by, item=item, user_id=user_id)
    show(item, list(there & set(ids)), by=by, restricted=True)


def _open_items(meeting: Meeting) -> list[Item]:
    items = meeting.items.filter(restricted=False).exclude(state=ItemState.GONE)
    return list(items.select_related("signal", "meeting"))
