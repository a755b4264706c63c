"""What the pages and the reports read: the register, coverage of a year, and signals beside awareness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import QuerySet, Sum

from meldroute.domain.awareness.activities import ActivityKind, ActivityState, GroupKind
from meldroute.domain.awareness.coverage import Aim, Line, Told, coverage
from meldroute.journal.acting import Acting
from meldroute.plan.models import Action
from meldroute.vault import keys

from .models import Activity, Group, Offer, Participant, Reach, Share
from .policies import smallest_for

QUARTERS = (1, 4, 7, 10)
TEAMS_FIRST = ("-kind", "position", "name")


@dataclass(frozen=True)
class Quarter:
    """Three months: the municipality's own signals (None: too few to show, or none) and activities by kind."""

    number: int
    begins: date
    signals: int | None
    activities: Mapping[ActivityKind, int]
    over: bool

    @property
    def total(self) -> int:
        """How many activities there were."""
        return sum(self.activities.values())


def register(by: Acting, year: int) -> QuerySet[Activity]:
    """Everything of a year, newest first."""
    return Activity.objects.filter(municipality_id=by.place, on__year=year).prefetch_related("reaches__group")


def years(by: Acting) -> list[int]:
    """The years that have something in them, and this one."""
    found = Activity.objects.filter(municipality_id=by.place).dates("on", "year")
    return sorted({by.today.year, *(day.year for day in found)}, reverse=True)


def groups(by: Acting) -> QuerySet[Group]:
    """The teams and organisations that are to be reached now."""
    return Group.objects.filter(municipality_id=by.place, ended_on=None).order_by(*TEAMS_FIRST)


def covered(by: Acting, year: int) -> tuple[Line, ...]:
    """Per team and organisation what it took part in, as `by` may see it; people are never added up."""
    rows = Reach.objects.filter(municipality_id=by.place, activity__on__year=year).select_related("activity")
    known = Group.objects.filter(municipality_id=by.place).order_by(*TEAMS_FIRST)
    there = {row.group_id for row in rows}
    aims = [Aim(str(one.id), one.name, GroupKind(one.kind)) for one in known if one.ended_on is None or one.id in there]
    return coverage(aims, [_told(row) for row in rows], smallest=smallest_for(by))


def _told(row: Reach) -> Told:
    one = row.activity
    kind, state = ActivityKind(one.kind), ActivityState(one.state)
    return Told(str(row.group_id), str(one.id), kind, state, one.title, one.on, row.people)


def held(by: Acting, first: date, last: date) -> dict[ActivityKind, int]:
    """For reports: how many activities of each kind took place from `first` through `last`."""
    rows = Activity.objects.filter(
        municipality_id=by.place, state=ActivityState.HELD, on__gte=first, on__lte=last
    ).values_list("kind", flat=True)
    found = Counter(ActivityKind(kind) for kind in rows.order_by())
    return {kind: found[kind] for kind in ActivityKind if found[kind]}


def leaflets(by: Acting, first: date, last: date) -> dict[str, int]:
    """For reports: how many leaflets were handed out at each shelter from `first` through `last`."""
    rows = Activity.objects.filter(
        municipality_id=by.place,
        kind=ActivityKind.LEAFLET,
        state=ActivityState.HELD,
        on__gte=first,
        on__lte=last,
    )
    found = rows.order_by("place").values_list("place").annotate(Sum("copies"))
    return {place: number or 0 for place, number in found}


def quarters(by: Acting, year: int) -> list[Quarter]:
    """Signals beside awareness, per quarter of a year. One says nothing about the cause of the other."""
    told = signals(date(year, 1, 1), date(year, 12, 31))
    made = []
    for number, month in enumerate(QUARTERS, start=1):
        begins, after = date(year, month, 1), date(year + month // 10, (month + 3) % 12, 1)
        rows = Activity.objects.filter(
            municipality_id=by.place, state=ActivityState.HELD, on__gte=begins, on__lt=after
        ).values_list("kind", flat=True)
        found = Counter(ActivityKind(kind) for kind in rows.order_by())
        made.append(Quarter(number, begins, told.get(begins), found, after <= by.today))
    return made


def signals(first: date, last: date) -> dict[date, int]:
    """Own signals per quarter as the database lets this reader know them: small numbers are left out there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quarter, signals FROM awareness_signals(%s, %s)", [first, last])
        return {quarter: number for quarter, number in cursor.fetchall() if number is not None}


def open_actions(by: Acting, kinds: Iterable[str]) -> list[Action]:
    """The actions of the plan that ask for such proof, for the ticks of a form."""
    rows = Action.objects.filter(municipality_id=by.place, proof__overlap=list(kinds), ends=None)
    return list(rows.order_by("place"))


def people_of(activity: Activity) -> list[Participant]:
    """Who signed up, those with a place first; only for who keeps the register."""
    if activity.key_id is not None:
        keys.preload([activity.key_id])
    rows = list(activity.participants.select_related("group"))
    return sorted(rows, key=lambda one: (one.standing, one.at))


def offers(by: Acting) -> QuerySet[Share]:
    """What neighbours offer and nobody answered, as long as its day has not passed."""
    return Share.objects.filter(receiver_id=by.place, state=Offer.OFFERED, on__gte=by.today)


def shares_of(activity: Activity) -> QuerySet[Share]:
    """To whom the municipality offers its own activity."""
    return Share.objects.filter(municipality_id=activity.municipality_id, activity_id=activity.id)
