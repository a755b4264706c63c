"""Activities: planned, changed, held with how many came, or cancelled. A held one shows itself in the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from meldroute.domain.awareness.activities import GATHERINGS, PROOF, ActivityKind, ActivityState
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import require
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.plan.proving import Offered, offer, withdraw

from ..models import Activity, Group, Reach
from ..roles import may_keep
from ..rules import ON, insist, locked, planned
from .inviting import tell_all
from .signing_up import fill
from .spreading import spread, take_back

HEARD = ("title", "on", "begins", "minutes", "place")
"""What calendars must hear of when it changes."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """An activity as it is asked for; see `models.Activity`."""

    kind: ActivityKind
    title: str
    on: date
    about: str = ""
    begins: time | None = None
    minutes: int = 0
    place: str = ""
    given_by: str = ""
    places: int | None = None
    link: str = ""
    width: str = ""
    copies: int | None = None
    languages: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    groups: tuple[UUID, ...] = ()

    @property
    def fields(self) -> dict[str, object]:
        """The columns of the row, without whom it is for."""
        told = dict(vars(self))
        told.pop("groups")
        return told | {"languages": list(self.languages), "actions": list(self.actions)}


def plan(*, by: Acting, wanted: Wanted) -> Activity:
    """Put an activity in the register. Raises Refused."""
    require(may_keep(by))
    _sound(wanted)
    row = Activity.objects.create(municipality_id=by.place, made_by=by.user_id, made_at=by.at, **wanted.fields)
    _meant_for(row, wanted.groups)
    journal.record(by=by, act="awareness.plan", on=ON, ids=[row.id])
    return row


def change(*, by: Acting, activity: Activity, wanted: Wanted) -> Activity:
    """Other details of what was not held yet; `version` grows when calendars must hear of it. Raises Refused."""
    require(may_keep(by))
    _sound(wanted)
    row = planned(activity)
    changed = [name for name, value in wanted.fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted.fields[name])
    heard = any(name in HEARD for name in changed)
    reason = gettext_noop("Een andere gemeente geeft dit. Die bepaalt titel, dag, tijd en plaats.")
    insist(not (heard and row.share_id), reason, "awareness.shared")
    row.version += heard
    row.save()
    _meant_for(row, wanted.groups)
    journal.record(by=by, act="awareness.change", on=ON, ids=[row.id], fields=changed)
    if heard:
        tell_all(by=by, activity=row)
        spread(row)
    fill(by=by, activity=row)
    return row


def hold(
    *,
    by: Acting,
    activity: Activity,
    people: Mapping[UUID, int | None] | None = None,
    present: Collection[UUID] = (),
) -> Activity:
    """It took place. `present`: who of those that signed up were there; `people`: how many of each group besides.

    What it shows goes to the plan. Raises Refused.
    """
    require(may_keep(by))
    row = planned(activity)
    insist(row.on <= by.today, gettext_noop("Deze dag komt nog. Leg het vast als het geweest is."), "awareness.early")
    _counted(row, people or {}, _attended(row, present))
    row.state = ActivityState.HELD
    row.save(update_fields=["state"])
    journal.record(by=by, act="awareness.hold", on=ON, ids=[row.id])
    _show(by, row)
    return row


def record(*, by: Acting, wanted: Wanted) -> Activity:
    """What needs no planning (a message, leaflets): in the register and done at once, when its day has come."""
    row = plan(by=by, wanted=wanted)
    return hold(by=by, activity=row) if row.on <= by.today else row


def cancel(*, by: Acting, activity: Activity, because: str) -> Activity:
    """It does not go on, or did not after all; what it showed in the plan goes. Raises Refused."""
    require(may_keep(by))
    row = locked(activity)
    insist(row.state != ActivityState.CANCELLED, gettext_noop("Dit gaat al niet door."), "awareness.cancelled")
    if row.state == ActivityState.HELD:
        withdraw(by=by, about=ON, about_id=row.id)
        row.reaches.update(people=None)
    row.state, row.cancelled_because, row.version = ActivityState.CANCELLED, because, row.version + 1
    row.save(update_fields=["state", "cancelled_because", "version"])
    journal.record(by=by, act="awareness.cancel", on=ON, ids=[row.id])
    tell_all(by=by, activity=row)
    take_back(by=by, activity=row)
    return row


def _sound(wanted: Wanted) -> None:
    gathering = wanted.kind in GATHERINGS
    insist(not gathering or bool(wanted.begins), gettext_noop("Zet erbij hoe laat het begint."), "awareness.begins")
    insist(not gathering or wanted.minutes > 0, gettext_noop("Zet erbij hoe lang het duurt."), "awareness.minutes")
    leaflet = wanted.kind is ActivityKind.LEAFLET
    told = bool(wanted.place and wanted.copies and wanted.languages)
    reason = gettext_noop("Zet erbij op welke locatie, hoeveel folders en in welke taal.")
    insist(not leaflet or told, reason, "awareness.leaflet")


def _meant_for(row: Activity, groups: Iterable[UUID]) -> None:
    wanted = set(Group.objects.filter(municipality_id=row.municipality_id, id__in=groups).values_list("id", flat=True))
    row.reaches.exclude(group_id__in=wanted).delete()
    there = set(row.reaches.values_list("group_id", flat=True))
    Reach.objects.bulk_create(
        Reach(municipality_id=row.municipality_id, activity=row, group_id=one) for one in wanted - there
    )


def _attended(row: Activity, present: Collection[UUID]) -> Counter[UUID]:
    """Mark who was there; how many of each group."""
    row.participants.update(present=False)
    row.participants.filter(id__in=present).update(present=True)
    return Counter(row.participants.filter(present=True).values_list("group_id", flat=True))


def _counted(row: Activity, people: Mapping[UUID, int | None], attended: Counter[UUID]) -> None:
    there = {reach.group_id: reach for reach in row.reaches.all()}
    for group in attended.keys() - there.keys():
        there[group] = Reach(municipality_id=row.municipality_id, activity=row, group_id=group)
    for group, reach in there.items():
        besides = people.get(group)
        if besides is not None or attended[group]:
            reach.people = (besides or 0) + attended[group]
            reach.save()


def _show(by: Acting, row: Activity) -> None:
    kind = ActivityKind(row.kind)
    proof = PROOF[kind]
    if proof is not None and row.actions:
        told = Offered(proof, ON, row.id, row.on, f"{kind.label.capitalize()}: {row.title}", tuple(row.actions))
        offer(by=by, proof=told)
