"""Activities: planned, changed, held with how many came, or cancelled. A held one shows itself in the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from meldroute.domain.awareness.activities import GATHERINGS, PROOF, ActivityKind, ActivityState
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no, require
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.plan.proving import Offered, offer, withdraw

from ..models import Activity, Group, Reach
from ..roles import KEEPERS, SOURCE, may_keep

ON = "awareness.Activity"
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
    row.version += any(name in HEARD for name in changed)
    row.save()
    _meant_for(row, wanted.groups)
    journal.record(by=by, act="awareness.change", on=ON, ids=[row.id], fields=changed)
    return row


def hold(*, by: Acting, activity: Activity, people: Mapping[UUID, int | None] | None = None) -> Activity:
    """It took place; `people` says how many of each group came. What it shows goes to the plan. Raises Refused."""
    require(may_keep(by))
    row = planned(activity)
    insist(row.on <= by.today, gettext_noop("Deze dag komt nog. Leg het vast als het geweest is."), "awareness.early")
    _counted(row, people or {})
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
    return row


def locked(activity: Activity) -> Activity:
    """The activity as it is now; nobody else changes it until this transaction ends."""
    return Activity.objects.select_for_update().get(id=activity.id)


def planned(activity: Activity) -> Activity:
    """The activity, locked. Raises Refused unless it is still to come."""
    row = locked(activity)
    reason = gettext_noop("Dit is al vastgelegd als gehouden, of gaat niet door. Kijk opnieuw.")
    insist(row.state == ActivityState.PLANNED, reason, "awareness.settled")
    return row


def insist(holds: bool, reason: str, code: str) -> None:
    """Raises Refused with this reason unless it holds."""
    if not holds:
        raise Refused(no(reason, SOURCE, code, KEEPERS))


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


def _counted(row: Activity, people: Mapping[UUID, int | None]) -> None:
    there = {reach.group_id: reach for reach in row.reaches.all()}
    for group, number in people.items():
        if group in there:
            there[group].people = number
            there[group].save(update_fields=["people"])


def _show(by: Acting, row: Activity) -> None:
    kind = ActivityKind(row.kind)
    proof = PROOF[kind]
    if proof is not None and row.actions:
        told = Offered(proof, ON, row.id, row.on, f"{kind.label.capitalize()}: {row.title}", tuple(row.actions))
        offer(by=by, proof=told)
