"""Roles from groups at the identity provider: proposed, confirmed by a second person, withdrawn with the group."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from meldroute.domain.vocabulary import Role
from meldroute.journal.models import INSTALLATION, Entry
from meldroute.people import actions, reviewing
from meldroute.people.models import Membership, Session, User
from meldroute.people.unit import unit
from meldroute.sharing.actions import adopt, policy
from meldroute.sharing.models import PolicyKind
from meldroute.web.sign_in import rules_here
from people.provider_here import RealProvider
from people.sso_here import said, sign_in
from people_here import acting, here, user

MELDPUNT, ADMIN, REPORTER = "meldroute-meldpunt", "meldroute-beheer", "meldroute-melder"


def of(name: str, *, code: str = "HS") -> list[tuple[str, str, bool, bool]]:
    """Role, group, whether it is confirmed and whether it has ended, of everything that followed from a group."""
    rows = Membership.objects.filter(user__email=f"{name}@oefen.example", municipality=here(code)).exclude(group="")
    rows = rows.order_by("role", "granted_at")
    return [(row.role, row.group, row.confirmed_at is not None, row.ends is not None) for row in rows]


def entries(act: str, *, code: str = "HS") -> list[Entry]:
    """What the journal of a municipality holds of this act, the first one first."""
    with unit(acting(None, code=code)) as by:
        return list(Entry.objects.filter(chain=by.place, act=act).order_by("seq"))


def confirm(name: str) -> None:
    for row in Membership.objects.filter(user__email=f"{name}@oefen.example", confirmed_at__isnull=True):
        with unit(acting("proceseigenaar", code=row.municipality.code)) as by:
            actions.confirm(by=by, membership=row)


def only_here(*codes: str) -> None:
    """Take the groups out of the policy of these municipalities: they use other names."""
    for code in codes:
        with unit(acting(None, code=code)) as by:
            body = {k: v for k, v in policy(by.place, PolicyKind.ACCOUNTS).body.items() if k != "group"}
            adopt(by=by, kind=PolicyKind.ACCOUNTS, body=body)


@pytest.mark.django_db
def test_a_new_colleague_waits_for_a_second_person_and_is_in_after_it(client: Client, provider: RealProvider) -> None:
    only_here("BD", "ZV")
    provider.person("nieuw", MELDPUNT)
    assert "tweede persoon" in said(sign_in(client, provider, "nieuw"))
    assert of("nieuw") == [("meldpunt", MELDPUNT, False, False)]
    assert not User.objects.get(email="nieuw@oefen.example").has_usable_password()
    refused = Entry.objects.filter(chain=INSTALLATION, act="session.login").latest("seq")
    assert (refused.result, refused.fields) == ("refused", ["provider", "waiting"])
    confirm("nieuw")
    assert sign_in(client, provider, "nieuw").headers["Location"] == "/"
    assert client.get("/signalen/").status_code == 200
    assert [(entry.actor, entry.fields) for entry in entries("role.propose")] == [(None, ["group"])]


@pytest.mark.django_db
def test_a_role_without_cases_waits_too(client: Client, provider: RealProvider) -> None:
    """The administrator may give one alone; a group is no person, so that it waits."""
    only_here("BD", "ZV")
    provider.person("stagiair", ADMIN)
    sign_in(client, provider, "stagiair")
    assert of("stagiair") == [("administrator", ADMIN, False, False)]


@pytest.mark.django_db
def test_never_administrator_and_cases_in_one_account(client: Client, provider: RealProvider) -> None:
    only_here("BD", "ZV")
    provider.person("alles", ADMIN, MELDPUNT, REPORTER)
    sign_in(client, provider, "alles")
    assert {role for role, *_ in of("alles")} == {"reporter", "meldpunt"}
    provider.person("beheer", MELDPUNT)
    assert sign_in(client, provider, "beheer").status_code == 302
    assert of("beheer") == []
    refused = [entry for entry in entries("role.propose") if entry.result == "refused"]
    assert len(refused) == 2
    assert refused[1].ids == [user("beheer").id]


@pytest.mark.django_db
def test_out_of_the_group_is_out_of_the_role_and_out_of_every_session(client: Client, provider: RealProvider) -> None:
    only_here("BD", "ZV")
    provider.person("wisselt", MELDPUNT, REPORTER)
    sign_in(client, provider, "wisselt")
    confirm("wisselt")
    elsewhere = Client()
    sign_in(elsewhere, provider, "wisselt")
    assert elsewhere.get("/signalen/").status_code == 200
    provider.person("wisselt", REPORTER)
    assert sign_in(client, provider, "wisselt").status_code == 302
    assert client.get("/signalen/").status_code == 403
    assert elsewhere.get("/signalen/").status_code == 302
    assert ("meldpunt", MELDPUNT, True, True) in of("wisselt")
    assert ("reporter", REPORTER, True, False) in of("wisselt")
    provider.person("wisselt")
    assert "nog geen rol" in said(sign_in(client, provider, "wisselt"))
    assert not Session.objects.filter(user_id=User.objects.get(email="wisselt@oefen.example").id).exists()


@pytest.mark.django_db
def test_a_role_that_a_person_gave_stays_without_a_group(client: Client, provider: RealProvider) -> None:
    assert sign_in(client, provider).status_code == 302
    held = Membership.objects.filter(user=user("meldpunt"), municipality=here())
    assert list(held.values_list("role", "ends")) == [("meldpunt", None)]


@pytest.mark.django_db
def test_each_municipality_has_its_own_groups(client: Client, provider: RealProvider) -> None:
    only_here("BD")
    provider.person("regio", MELDPUNT)
    sign_in(client, provider, "regio")
    assert [len(of("regio", code=code)) for code in ("HS", "BD", "ZV")] == [1, 0, 1]
    for code in ("HS", "ZV"):
        assert len(entries("role.propose", code=code)) == 1


@pytest.mark.django_db
def test_signing_in_twice_proposes_once(client: Client, provider: RealProvider) -> None:
    only_here("BD", "ZV")
    provider.person("nieuw", MELDPUNT)
    sign_in(client, provider, "nieuw")
    sign_in(client, provider, "nieuw")
    assert len(of("nieuw")) == 1


@pytest.mark.django_db
def test_the_second_person_sees_from_which_group_it_comes(client: Client, provider: RealProvider) -> None:
    only_here("BD", "ZV")
    provider.person("nieuw", MELDPUNT)
    sign_in(Client(), provider, "nieuw")
    client.force_login(user("proceseigenaar"))
    assert f"uit groep {MELDPUNT}" in client.get("/beheer/").content.decode()


@pytest.mark.django_db
def test_a_role_that_follows_from_a_group_lapses_like_any_other(client: Client, provider: RealProvider) -> None:
    only_here("BD", "ZV")
    provider.person("nieuw", MELDPUNT)
    sign_in(client, provider, "nieuw")
    confirm("nieuw")
    row = Membership.objects.get(user__email="nieuw@oefen.example", role=Role.MELDPUNT)
    with unit(acting("privacy", at=row.confirmed_at)) as by:
        reviewing.drop(by=by, membership=row)
    assert "tweede persoon" in said(sign_in(client, provider, "nieuw"))
    assert [one[2:] for one in of("nieuw")] == [(True, True), (False, False)]


def _only_through_the_municipality(**changed: Any) -> None:
    with unit(acting(None)) as by:
        body = policy(by.place, PolicyKind.ACCOUNTS).body
        body["sign_in"] |= {"only_provider": True} | changed
        adopt(by=by, kind=PolicyKind.ACCOUNTS, body=body)


@pytest.mark.django_db
def test_the_municipality_may_ask_its_own_people_to_come_through_it_only(
    client: Client, provider: RealProvider
) -> None:
    mail = "meldpunt@heemstede.oefen.example"
    User.objects.filter(email="meldpunt@oefen.example").update(email=mail)
    told = {"username": mail, "password": "oefenen-is-veilig"}
    _only_through_the_municipality()
    answer = client.post("/inloggen/", told)
    assert "U logt in via uw gemeente" in answer.content.decode()
    assert client.get("/signalen/").status_code == 302
    (entry,) = Entry.objects.filter(chain=INSTALLATION, act="session.login")
    assert (entry.result, entry.fields) == ("refused", ["only_provider"])
    User.objects.filter(email="politie@oefen.example").update(email="agent@politie.example")
    partner = {"username": "agent@politie.example", "password": "oefenen-is-veilig"}
    assert client.post("/inloggen/", partner).status_code == 302
    client.logout()
    provider.person("meldpunt", mail=mail)
    assert sign_in(client, provider).status_code == 302


@pytest.mark.django_db
def test_a_break_glass_account_stays_and_the_municipality_hears_it(client: Client) -> None:
    mail = "Nood@heemstede.oefen.example"
    User.objects.filter(email="beheer@oefen.example").update(email=mail.lower())
    _only_through_the_municipality(break_glass=[mail])
    assert client.post("/inloggen/", {"username": mail, "password": "oefenen-is-veilig"}).status_code == 302
    (entry,) = entries("session.break_glass")
    assert entry.ids == [User.objects.get(email=mail.lower()).id]


@pytest.mark.django_db
def test_a_policy_of_an_older_version_keeps_nobody_outside(client: Client, provider: RealProvider) -> None:
    """What it does not say is as shipped."""
    with unit(acting(None)) as by:
        body = policy(by.place, PolicyKind.ACCOUNTS).body
        body["term"] = [{"id": "slapen", "duty": "sleep", "days": 30, "source": "x", "status": "proposal"}]
        adopt(by=by, kind=PolicyKind.ACCOUNTS, body=body)
    with unit(acting(None)) as by:
        assert rules_here(by).days == {"review": 91, "warn": 28, "remind": 7, "sleep": 30}
    assert sign_in(client, provider).status_code == 302
    client.logout()
    known = {"username": "meldpunt@oefen.example", "password": "oefenen-is-veilig"}
    assert client.post("/inloggen/", known).status_code == 302
