"""Points that come back: due ones stand on the next agenda by themselves, and on the one after it when not held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from meldroute.domain import days
from meldroute.domain.cadence import CadenceError, Period, parse
from meldroute.domain.returning import stands_for
from meldroute.domain.term import gettext_noop
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from ..models import Meeting, MeetingState, Recurring, Series, Topic
from ..rules import WINDOW, insist, running
from .inviting import key_of

ON = "meetings.Recurring"


@dataclass(frozen=True)
class Due:
    """A point that will stand on an agenda, for this period."""

    point: Recurring
    period: Period
    late: bool


def add(*, by: Acting, series: Series, title: str, cadence: str, action: str = "") -> Recurring:
    """A new point that comes back. Raises Refused for words that promise nothing we can put a date on."""
    insist(bool(title.strip()), gettext_noop("Schrijf op waar het over gaat."), "recurring.title")
    insist(
        _is_cadence(cadence), gettext_noop("Schrijf bijvoorbeeld: halfjaarlijks, elk kwartaal."), "recurring.cadence"
    )
    made = Recurring.objects.create(
        municipality_id=series.municipality_id,
        series=series,
        title=title.strip(),
        cadence=cadence.strip(),
        action=action.strip(),
        since=by.today,
        by=by.person,
        at=by.at,
    )
    journal.record(by=by, act="recurring.add", on=ON, ids=[made.id, series.id])
    return made


def _is_cadence(words: str) -> bool:
    try:
        parse(words)
    except CadenceError:
        return False
    return True


def end(*, by: Acting, point: Recurring) -> None:
    """It comes back no more."""
    Recurring.objects.filter(id=point.id, ends_on=None).update(ends_on=by.today)
    journal.record(by=by, act="recurring.end", on=ON, ids=[point.id])


def take_back(*, by: Acting, point: Recurring) -> None:
    """Undo `end`."""
    Recurring.objects.filter(id=point.id).update(ends_on=None)
    journal.record(by=by, act="recurring.take_back", on=ON, ids=[point.id])


def held(points: Iterable[Recurring]) -> dict[UUID, set[str]]:
    """For which periods each point was held: discussed in a meeting that was closed."""
    found: dict[UUID, set[str]] = {point.id: set() for point in points}
    rows = Topic.objects.filter(recurring__in=list(found), carried=False, meeting__state=MeetingState.CLOSED)
    for point_id, period in rows.values_list("recurring_id", "period"):
        found[point_id].add(period)
    return found


def waiting(meeting: Meeting, by: Acting) -> list[Due]:
    """What will come on this agenda when it begins; nothing while an earlier meeting of the series is still to come."""
    day = days.local_date(meeting.starts_at)
    if meeting.state != MeetingState.PLANNED:
        return []
    earlier = _earlier(meeting, by)
    points = [point for point in meeting.series.recurring.all() if point.ends_on is None or point.ends_on > day]
    done = held(points)
    found = [(point, stands_for(parse(point.cadence), point.since, day, done[point.id])) for point in points]
    return [
        Due(point, period, period.due < day)
        for point, period in found
        if period and not any(days.local_date(one.starts_at) >= period.begins for one in earlier)
    ]


def _earlier(meeting: Meeting, by: Acting) -> QuerySet[Meeting]:
    """Meetings of the series that come first or run; one that was never begun is forgotten after a while."""
    comes = Q(state=MeetingState.OPEN) | Q(state=MeetingState.PLANNED, starts_at__gt=by.at - WINDOW)
    return Meeting.objects.filter(comes, series_id=meeting.series_id, starts_at__lt=meeting.starts_at)


def put_on(*, by: Acting, meeting: Meeting) -> list[Topic]:
    """Put what is due on the agenda of a meeting that begins."""
    made = [_topic(meeting, due, by) for due in waiting(meeting, by)]
    if made:
        journal.record(by=by, act="recurring.put_on", on="meetings.Topic", ids=[one.id for one in made])
    return made


def _topic(meeting: Meeting, due: Due, by: Acting) -> Topic:
    return Topic.objects.create(
        municipality_id=meeting.municipality_id,
        key_id=key_of(meeting.series),
        meeting=meeting,
        recurring=due.point,
        period=due.period.key,
        title=due.point.title,
        by=by.person,
        at=by.at,
    )


def carry(*, by: Acting, topic: Topic, carried: bool) -> None:
    """Not discussed: it stands on the next agenda; or discussed after all. Raises Refused after the meeting."""
    running(topic.meeting, "topic.carry")
    insist(topic.recurring_id is not None, gettext_noop("Dit onderwerp komt niet vanzelf terug."), "topic.carry_what")
    topic.carried = carried
    topic.save(update_fields=["carried"])
    journal.record(by=by, act="topic.carry", on="meetings.Topic", ids=[topic.id], fields=["carried"])
