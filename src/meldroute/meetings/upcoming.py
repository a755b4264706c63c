"""For the start page: the next signalenoverleg and LOO of somebody, with what stands on them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber

from meldroute.journal.acting import Acting
from meldroute.route.models import Signal, Task, TaskState

from .models import Item, ItemState, Meeting, MeetingState
from .reading import LOOKERS, holds, meetings_of
from .rules import AGENDA_OF


@dataclass(frozen=True)
class Upcoming:
    """One meeting that comes or runs: how many items (None: not this reader's business yet), actions still open."""

    meeting: Meeting
    items: int | None
    actions: int


def upcoming(by: Acting) -> list[Upcoming]:
    """The next or running meeting of each kind that carries signals. Four statements, always; none for others."""
    if not by.is_any(*LOOKERS):
        return []
    meetings = _next(by)
    ripe = dict(Signal.objects.filter(sealed=False).values_list("state").annotate(Count("id")))
    standing = Item.objects.filter(meeting__in=meetings).exclude(state=ItemState.GONE)
    counted = dict(standing.order_by().values_list("meeting").annotate(Count("id")))
    waiting = _actions(meetings)
    return [
        Upcoming(meeting, _items(meeting, ripe, counted, by), waiting.get(meeting.series_id, 0)) for meeting in meetings
    ]


def _next(by: Acting) -> list[Meeting]:
    coming = Q(state=MeetingState.OPEN) | Q(state=MeetingState.PLANNED, starts_at__gte=by.at)
    rows = meetings_of(by).filter(coming, kind__in=AGENDA_OF)
    first = Window(RowNumber(), partition_by=F("kind"), order_by=("starts_at", "id"))
    return list(rows.annotate(place=first).filter(place=1).order_by("starts_at", "kind"))


def _items(meeting: Meeting, ripe: dict[str, int], counted: dict[object, int], by: Acting) -> int | None:
    if meeting.state == MeetingState.OPEN:
        return counted.get(meeting.id, 0)
    wanted = next(state for kind, state in AGENDA_OF.items() if kind == meeting.kind)
    return ripe.get(wanted, 0) if holds(by) else None


def _actions(meetings: list[Meeting]) -> dict[UUID, int]:
    """Open actions of earlier meetings, by series; only those that the reader may see."""
    series = {meeting.series_id for meeting in meetings}
    before = Meeting.objects.filter(series__in=series, opened_at__isnull=False)
    of_series = Meeting.objects.filter(id=OuterRef("meeting_id")).values("series_id")
    waiting = Task.objects.filter(meeting_id__in=before.values("id"), state=TaskState.OPEN).order_by()
    told = waiting.annotate(series=Subquery(of_series)).values_list("series").annotate(Count("id"))
    return dict(told)
