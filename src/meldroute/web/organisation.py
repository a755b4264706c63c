"""Setting up the organisation from a file: municipalities, partners, users, series (practice/organisation.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password

from meldroute.awareness.actions import groups
from meldroute.journal.acting import Acting
from meldroute.meetings.actions import returning
from meldroute.meetings.models import Series, SeriesMember
from meldroute.people import call_card
from meldroute.people.models import Membership, Municipality, Organisation, User
from meldroute.people.unit import unit
from meldroute.sharing.actions import adopt
from meldroute.sharing.models import Policy, PolicyKind
from meldroute.sharing.parsing import plain

Told = Mapping[str, Any]


def load(path: Path) -> Told:
    """Read an organisation file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def set_up(told: Told, policies: Path, *, by: Acting) -> None:
    """Make the municipalities with their partners and policies; one unit of work per municipality."""
    for row in told["municipality"]:
        with unit(by):
            place, made = Municipality.objects.get_or_create(code=row["code"], defaults=dict(row))
        with unit(replace(by, municipality_id=place.id)) as acting:
            if made:
                _partners(told, acting)
                call_card.propose(by=acting, own={row["id"]: row for row in told.get("call", ())})
            groups.propose(by=acting)
            _policies(policies, acting)


def _partners(told: Told, by: Acting) -> None:
    Organisation.objects.bulk_create(Organisation(municipality_id=by.place, **row) for row in told.get("partner", ()))


def _policies(folder: Path, by: Acting) -> None:
    """The shipped proposal of every kind that the municipality does not have yet."""
    known = set(Policy.objects.values_list("kind", flat=True))
    for kind in (one for one in PolicyKind if one.value not in known):
        body = tomllib.loads((folder / f"{kind.value}.toml").read_text(encoding="utf-8"))
        adopt(by=by, kind=kind, body=plain(body))


def set_up_users(told: Told, *, password: str, by: Acting) -> None:
    """Make the invented users of a practice installation with their roles, and the series they attend."""
    secret = make_password(password)
    known = {place.code: place for place in Municipality.objects.all()}
    places = {row["code"]: known[row["code"]] for row in told["municipality"]}
    with unit(by):
        for row in told.get("user", ()):
            User.objects.get_or_create(email=row["mail"], defaults={"name": row["name"], "password": secret})
        users = {user.email: user for user in User.objects.all()}
    for code, place in places.items():
        with unit(replace(by, municipality_id=place.id)) as acting:
            for row in told.get("user", ()):
                _roles(row, code, place, users, acting)
            if code == told["municipality"][0]["code"]:
                _series(told, users, acting)


def _roles(row: Told, code: str, place: Municipality, users: Mapping[str, User], by: Acting) -> None:
    user = users[row["mail"]]
    organisation = Organisation.objects.filter(name=row.get("organisation", "")).first()
    stands_in = users.get(row.get("stands_in", {}).get(code, ""))
    if row["roles"].get(code) and user.last_municipality is None:
        user.last_municipality = place.id
        user.save(update_fields=["last_municipality"])
    for role in row["roles"].get(code, ()):
        Membership.objects.create(
            user=user,
            municipality=place,
            role=role,
            organisation_id=organisation.id if organisation else None,
            starts=by.today - timedelta(days=400),
            ends=by.today + timedelta(days=180) if stands_in else None,
            stands_in_for=stands_in,
            granted_at=by.at,
            confirmed_at=by.at,
        )


def _series(told: Told, users: Mapping[str, User], by: Acting) -> None:
    for row in told.get("series", ()):
        series = Series.objects.create(
            municipality_id=by.place,
            kind=row["kind"],
            name=row["name"],
            weekday=row["weekday"],
            at=time.fromisoformat(row["at"]),
            minutes=row["minutes"],
            every_weeks=row["every_weeks"],
            starts_on=by.today - timedelta(days=28),
            place=row["place"],
            chair_id=users[row["chair"]].id,
        )
        for point in row.get("recurring", ()):
            returning.add(by=replace(by, user_id=users[row["chair"]].id), series=series, **point)
        for mail in row["members"]:
            _member(series, users[mail].id, row.get("grounds", {}).get(mail, ""), by)


def _member(series: Series, user_id: UUID, ground: str, by: Acting) -> None:
    held = Membership.objects.filter(user_id=user_id, municipality_id=by.place).first()
    SeriesMember.objects.create(
        municipality_id=by.place,
        series=series,
        user_id=user_id,
        organisation_id=held.organisation_id if held else None,
        ground=ground,
    )
