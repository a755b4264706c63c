"""An invented year of awareness in Heemstede, with one training that Bloemendaal shares; through the real actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from meldroute.awareness.actions import activities, inviting, sharing, signing_up, sparring
from meldroute.awareness.actions.activities import Wanted
from meldroute.awareness.models import Group, Invitation, Share
from meldroute.awareness.policies import policy
from meldroute.domain.awareness.activities import GATHERINGS, ActivityKind, GroupKind
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality, User
from meldroute.people.unit import system, unit

K = ActivityKind
MARK = "(oefening)"


@dataclass(frozen=True)
class Done:
    """Something of so many days ago; `people` by the beginning of a group's name. `shows`: it is proof in the plan."""

    days: int
    kind: ActivityKind
    title: str
    people: Mapping[str, int] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    shows: bool = True


SHELTER = {"place": f"Opvang Voorbeeld {MARK}", "languages": ("uk", "ru", "en")}
LESSON = {"place": f"Voorbeeldcollege {MARK}", "given_by": "Stichting Halt"}
YEAR = (
    Done(310, K.INTRANET, "Herken de signalen", {"Publieks": 0, "Sociaal": 0}),
    Done(262, K.THEME_EVENING, "Thema-avond: uitbuiting dichtbij", {"Toezicht": 9, "Sociaal": 7, "Loket": 3}),
    Done(203, K.TRAINING, "Verdiepende training signalen", {"Toezicht": 8, "Bouw": 6, "Wij": 4}),
    Done(160, K.SOCIAL_POST, "Waar meldt u dit?", shows=False),
    Done(121, K.LEAFLET, "Ken uw rechten", more=SHELTER | {"copies": 120}, shows=False),
    Done(96, K.CAMPAIGN, "Campagne arbeidsuitbuiting", more={"width": "regional"}, shows=False),
    Done(58, K.LESSON, "Les over criminele uitbuiting", {"Stichting Halt": 24}, LESSON, shows=False),
    Done(33, K.SOCIAL_POST, "Zie je iets? Meld het", shows=False),
    Done(17, K.LEAFLET, "Ken uw rechten", more=SHELTER | {"copies": 60}, shows=False),
)
"""What shows nothing here has its proof in the practice plan already, or was forgotten there."""
CALLS = (
    (74, "Publieks", ("recognise",), "Een medewerker twijfelde over een inschrijving. Uitgelegd waar u meldt."),
    (41, "Wij", ("sharing", "danger"), "Vraag of zorgen gedeeld mogen worden. Verwezen naar de toets."),
    (9, "Loket", ("training",), "Het team wil een korte training aan de balie."),
)
COMING = timedelta(days=20)
NAMES = ("Oefen Aalders", "Oefen Brink", "Oefen Coster")


def make_year(at: datetime) -> None:
    """Fill the register of Heemstede as it would stand at `at`."""
    place = Municipality.objects.get(slug="heemstede")
    for one in YEAR:
        with system(place.id, _working_day(at, one.days)) as by:
            _done(by, one)
    for days, group, topics, note in CALLS:
        with system(place.id, _working_day(at, days)) as by:
            told: dict[str, Any] = {
                "on": by.today,
                "minutes": 3,
                "caller": GroupKind.TEAM,
                "topics": topics,
                "note": note,
            }
            sparring.note(by=by, call=sparring.Call(**told, group=_group(group)))
    _coming(place, at)


def _working_day(at: datetime, days: int) -> datetime:
    """So many days ago, or the Friday before."""
    then = at - timedelta(days=days)
    return then - timedelta(days=max(0, then.weekday() - 4))


def _group(name: str) -> UUID:
    return Group.objects.get(name__startswith=name).id


def _wanted(kind: ActivityKind, title: str, on: date, groups: tuple[UUID, ...], **more: Any) -> Wanted:
    told: dict[str, Any] = {"title": f"{title} {MARK}", "on": on, "groups": groups}
    if kind in GATHERINGS:
        told |= {"begins": time(13, 30), "minutes": 120, "place": "Raadhuis, raadzaal", "given_by": "HVO-Querido"}
    return Wanted(kind=kind, **told | more)


def _done(by: Acting, one: Done) -> None:
    people = {_group(name): number for name, number in one.people.items()}
    actions = policy().actions.get(one.kind, ()) if one.shows else ()
    wanted = _wanted(one.kind, one.title, by.today, tuple(people), actions=actions, **one.more)
    row = activities.plan(by=by, wanted=wanted)
    activities.hold(by=by, activity=row, people=people if one.kind in GATHERINGS else {})


def _coming(place: Municipality, at: datetime) -> None:
    """A training with people in it, offered to Bloemendaal, which takes part."""
    neighbour = Municipality.objects.get(slug="bloemendaal")
    with system(place.id, at) as by:
        team = Group.objects.get(name__startswith="Publieks")
        actions = policy().actions[K.TRAINING]
        wanted = _wanted(K.TRAINING, "Signalen aan de balie", by.today + COMING, (team.id,), actions=actions, places=12)
        row = activities.plan(by=by, wanted=wanted)
        (one,) = inviting.invite(by=by, activity=row, group=team, mails=["publiekszaken@heemstede.oefen.example"])
        share = sharing.offer(by=by, activity=row, receiver=neighbour)
    for minute, name in enumerate(NAMES):
        _signs_up(place, at + timedelta(minutes=minute - len(NAMES)), one, name)
    who = User.objects.get(email="waarnemer@oefen.example")
    with unit(Acting(who.id, neighbour.id, at=at, origin="oefening")) as by:
        sharing.answer(by=by, share=Share.objects.get(id=share.id), accept=True)


def _signs_up(place: Municipality, at: datetime, invitation: Invitation, name: str) -> None:
    with system(place.id, at) as by:
        signing_up.sign_up(by=by, invitation=invitation, group=invitation.group, name=name)
