"""Activities of the tests."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from meldroute.awareness import links
from meldroute.awareness.actions import activities, groups, inviting, sharing, signing_up, sparring
from meldroute.awareness.actions.activities import Wanted
from meldroute.awareness.models import Activity, Group, Participant
from meldroute.domain.awareness.activities import ActivityKind, GroupKind
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality
from meldroute.people.unit import system

TITLE = "Signalen herkennen (oefening)"
DAY = date(2026, 11, 23)
"""The day of the tests' Monday."""


def wanted(kind: ActivityKind = ActivityKind.TRAINING, **other: Any) -> Wanted:
    """An activity of that day, as a form would ask for it."""
    told: dict[str, Any] = {"kind": kind, "title": TITLE, "on": DAY}
    if kind in (ActivityKind.TRAINING, ActivityKind.THEME_EVENING, ActivityKind.WEBINAR, ActivityKind.LESSON):
        told |= {"begins": time(9, 30), "minutes": 150, "place": "Raadhuis", "given_by": "HVO-Querido"}
    return Wanted(**told | other)


def training(by: Acting, **other: Any) -> Activity:
    """A training of tomorrow."""
    return activities.plan(by=by, wanted=wanted(**{"on": by.today + timedelta(days=1)} | other))


def group(name: str) -> Group:
    """A group by the beginning of its name; must be called inside a unit of work."""
    return Group.objects.get(name__startswith=name)


def ids(*names: str) -> tuple[UUID, ...]:
    """The ids of groups by the beginning of their names."""
    return tuple(group(name).id for name in names)


def call(**other: Any) -> sparring.Call:
    """A call of that day."""
    told: dict[str, Any] = {"on": DAY, "minutes": 4, "caller": GroupKind.TEAM, "topics": ("recognise",)}
    return sparring.Call(**told | {"note": "Een medewerker twijfelde. Uitgelegd waar u meldt."} | other)


def one_of_each(place: Municipality, word: str, at: datetime) -> dict[str, Any]:
    """A group, a training for it and a call, whose texts are all `word`."""
    with system(place.id, at) as by:
        row = groups.add(by=by, kind=GroupKind.TEAM, name=word, source=word)
        told = {"title": word, "about": word, "place": word, "given_by": word, "groups": (row.id,)}
        planned = activities.plan(by=by, wanted=wanted(on=by.today, **told))
        sparring.note(by=by, call=call(on=by.today, group=row.id, note=word.lower()))
        told = people(by, planned, row, word)
    told["share_id"] = shared(place, planned.id, word, at)
    return {"group_id": row.id, "activity_id": planned.id} | told


def shared(place: Municipality, activity_id: UUID, word: str, at: datetime) -> UUID:
    """An offer of the third municipality to this one, and one of this one to the third; gives the first."""
    third = Municipality.objects.get(code="ZV")
    with system(place.id, at) as by:
        sharing.offer(by=by, activity=Activity.objects.get(id=activity_id), receiver=third)
    with system(third.id, at) as by:
        own = training(by, title=word, place=word, given_by=word)
        return sharing.offer(by=by, activity=own, receiver=place).id


def people(by: Acting, activity: Activity, group: Group, word: str) -> dict[str, Any]:
    """An invitation and somebody who was there, with the links of both; `by` the system."""
    (one,) = inviting.invite(by=by, activity=activity, group=group, mails=[f"{word.lower()}@team.oefen.example"])
    row = signing_up.sign_up(by=by, invitation=one, group=group, name=word)
    Participant.objects.filter(id=row.id).update(present=True)
    return {
        "participant_id": row.id,
        "sign_up_token": links.token(links.SIGN_UP, by.place, one.id),
        "own_token": links.token(links.OWN, by.place, row.id),
    }
