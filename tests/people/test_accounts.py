"""Accounts and roles: proposed, confirmed by a second person, ended at once; nobody grants to himself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from meldroute.domain.roles import needs_confirmation
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Role
from meldroute.journal.acting import Acting
from meldroute.people import actions, factors, invitations
from meldroute.people.models import FactorReset, Membership, User
from meldroute.people.unit import NotHere, enter, unit
from people_here import MONDAY, acting, here, user


def fresh(mail: str = "nieuw@oefen.example") -> User:
    with unit(acting("beheer")) as by:
        return actions.make_user(by=by, mail=mail, name="Nieuwe Collega")


def proposed(person: User, role: Role) -> Membership:
    with unit(acting("beheer")) as by:
        return actions.grant(by=by, user=person, role=role, starts=by.today)


def enters(person: User) -> bool:
    try:
        with transaction.atomic():
            enter(Acting(person.id, here().id, at=MONDAY))
    except NotHere:
        return False
    return True


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_a_role_that_sees_cases_counts_after_a_second_person_only(role: Role) -> None:
    person = fresh()
    membership = proposed(person, role)
    assert enters(person) is not needs_confirmation([role])
    with unit(acting("proceseigenaar")) as by:
        actions.confirm(by=by, membership=membership)
    assert enters(person)


@pytest.mark.django_db
def test_nobody_confirms_the_own_proposal_or_the_own_role() -> None:
    person = fresh()
    membership = proposed(person, Role.MELDPUNT)
    with pytest.raises(Refused), unit(acting("beheer")) as by:
        actions.confirm(by=by, membership=membership)
    with unit(acting("beheer")) as by:
        mine = actions.grant(by=by, user=user("proceseigenaar"), role=Role.MELDPUNT, starts=by.today)
    with pytest.raises(Refused), unit(acting("proceseigenaar")) as by:
        actions.confirm(by=by, membership=mine)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(id=mine.id).update(confirmed_by=mine.user_id)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["meldpunt", "proceseigenaar", "fg", "melder"])
def test_only_the_administrator_proposes_and_never_to_himself(name: str) -> None:
    with pytest.raises(Refused), unit(acting(name)) as by:
        actions.grant(by=by, user=user("melder"), role=Role.MELDPUNT, starts=by.today)
    with pytest.raises(Refused), unit(acting("beheer")) as by:
        actions.grant(by=by, user=user("beheer"), role=Role.ANALYST, starts=by.today)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "role"), [("fg", Role.MELDPUNT), ("meldpunt", Role.ADMINISTRATOR), ("privacy", Role.PROCESS_OWNER)]
)
def test_roles_that_may_not_meet_in_one_account_are_refused(name: str, role: Role) -> None:
    with pytest.raises(Refused), unit(acting("beheer")) as by:
        actions.grant(by=by, user=user(name), role=role, starts=by.today)


@pytest.mark.django_db
def test_a_stand_in_has_an_end() -> None:
    person = fresh()
    with pytest.raises(Refused), unit(acting("beheer")) as by:
        actions.grant(by=by, user=person, role=Role.MELDPUNT, starts=by.today, stands_in_for=user("meldpunt"))
    with unit(acting("beheer")) as by:
        made = actions.grant(
            by=by,
            user=person,
            role=Role.MELDPUNT,
            starts=by.today,
            ends=by.today + timedelta(days=14),
            stands_in_for=user("meldpunt"),
        )
    assert made.ends is not None


@pytest.mark.django_db
def test_an_ended_role_and_a_leaver_are_out_at_the_next_request(client: Client) -> None:
    client.force_login(user("handhaver"))
    assert client.get("/").status_code == 200
    for membership in Membership.objects.filter(user=user("handhaver")):
        with unit(acting("beheer")) as by:
            actions.end_role(by=by, membership=membership)
    assert client.get("/").status_code == 302
    client.force_login(user("meldpunt"))
    assert client.get("/").status_code == 200
    with unit(acting("beheer")) as by:
        actions.bar(by=by, user=user("meldpunt"))
    assert client.get("/").url.startswith("/inloggen/")
    known = {"username": "meldpunt@oefen.example", "password": "oefenen-is-veilig"}
    assert client.post("/inloggen/", known).status_code == 200


@pytest.mark.django_db
def test_a_factor_of_who_sees_cases_is_reset_by_two_people() -> None:
    person = user("meldpunt")
    device = factors.waiting_device(person)
    device.confirmed = True
    device.save()
    with unit(acting("beheer")) as by:
        reset = actions.ask_factor_reset(by=by, user=person)
    assert factors.confirmed_device(person)
    with pytest.raises(Refused), unit(acting("meldpunt")) as by:
        actions.confirm_factor_reset(by=by, reset=reset)
    with unit(acting("proceseigenaar")) as by:
        actions.confirm_factor_reset(by=by, reset=FactorReset.objects.get(id=reset.id))
    assert factors.confirmed_device(person) is None


@pytest.mark.django_db
def test_an_invitation_works_once(client: Client) -> None:
    person = fresh()
    address = reverse("people:welcome", args=[invitations.token(person)])
    assert client.get(address).status_code == 200
    assert client.post(address, {"password": "kort", "again": "kort"}).status_code == 200
    long = "vier woorden zijn genoeg"
    assert client.post(address, {"password": long, "again": "iets anders hier"}).status_code == 200
    assert client.post(address, {"password": long, "again": long}).status_code == 302
    assert client.get(address).status_code == 410
    assert client.get(reverse("people:welcome", args=["vervalst"])).status_code == 410


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["beheer", "meldpunt", "proceseigenaar"])
def test_pages_of_accounts(client: Client, name: str) -> None:
    client.force_login(user(name))
    assert client.get(reverse("people:accounts")).status_code == 200
    assert client.get(reverse("people:account", args=[user("melder").id])).status_code == 200
    assert client.get(reverse("people:account", args=[user("bloemendaal").id])).status_code == 404
    made = client.post(reverse("people:make-account"), {"name": "Nieuw", "mail": "n@oefen.example"})
    assert made.status_code == (302 if name == "beheer" else 403)


@pytest.mark.django_db
def test_a_role_is_proposed_and_confirmed_on_screen(client: Client) -> None:
    person = fresh()
    client.force_login(user("beheer"))
    form = {"role": "meldpunt", "starts": "2026-11-01", "organisation": "", "stands_in_for": ""}
    assert client.post(reverse("people:account", args=[person.id]), form).status_code == 302
    membership = Membership.objects.get(user=person)
    assert client.post(reverse("people:confirm-role", args=[membership.id])).status_code == 403
    client.force_login(user("proceseigenaar"))
    assert "wacht op bevestiging" in client.get(reverse("people:accounts")).content.decode()
    assert client.post(reverse("people:confirm-role", args=[membership.id])).status_code == 302
    assert Membership.objects.get(user=person).confirmed_by == user("proceseigenaar").id
