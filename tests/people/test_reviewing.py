"""Going over who still needs access: a role that nobody confirms lapses, an account that nobody uses sleeps."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from meldroute.domain.signing_in import SignIn
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Role
from meldroute.journal.models import Entry
from meldroute.people import first, reviewing
from meldroute.people.models import Membership, Session, User
from meldroute.people.unit import NotHere, unit
from meldroute.post.models import Outgoing
from meldroute.web import ticks
from meldroute.web.sign_in import rules_here
from people_here import MONDAY, acting, here, user


def days(number: float) -> datetime:
    return MONDAY + timedelta(days=number)


def role_of(name: str, role: str = "meldpunt") -> Membership:
    return Membership.objects.get(user=user(name), municipality=here(), role=role)


def rules() -> SignIn:
    with unit(acting(None)) as by:
        return rules_here(by)


def tick(at: datetime, settings: object) -> None:
    settings.MELDROUTE_PRACTICE = False
    User.objects.filter(last_login__isnull=True).update(last_login=at)
    ticks.access(here().id, at)


@pytest.mark.django_db
@pytest.mark.parametrize(("after", "stays"), [(91, True), (92, False)])
def test_a_role_lapses_on_the_day_after_its_term(settings: object, after: int, stays: bool) -> None:
    Session.objects.create(session_key="s", session_data="", expire_date=days(100), user_id=user("meldpunt").id)
    tick(days(after), settings)
    ended = role_of("meldpunt").ends
    assert (ended is None) is stays
    assert Session.objects.filter(user_id=user("meldpunt").id).exists() is stays
    lapsed = Entry.objects.filter(chain=here().id, act="role.lapse", ids=[role_of("meldpunt").id])
    assert lapsed.count() == (0 if stays else 1)
    if not stays:
        assert lapsed.get().actor is None
        with pytest.raises(NotHere), unit(acting("meldpunt", at=days(after))):
            pass


@pytest.mark.django_db
def test_who_is_said_to_need_it_keeps_it_for_another_term(settings: object) -> None:
    with unit(acting("privacy", at=days(80))) as by:
        reviewing.keep(by=by, membership=role_of("meldpunt"))
    tick(days(92), settings)
    assert role_of("meldpunt").ends is None
    tick(days(80 + 92), settings)
    assert role_of("meldpunt").ends is not None


@pytest.mark.django_db
def test_a_second_turn_tells_nothing_new(settings: object) -> None:
    tick(days(92), settings)
    before = Entry.objects.filter(chain=here().id).count()
    tick(days(92), settings)
    assert Entry.objects.filter(chain=here().id).count() == before


@pytest.mark.django_db
def test_in_practice_nothing_lapses() -> None:
    ticks.access(here().id, days(400))
    assert role_of("meldpunt").ends is None


@pytest.mark.django_db
def test_the_list_warns_four_weeks_before() -> None:
    policy = rules()
    for after, soon in ((62, False), (63, True)):
        with unit(acting("privacy", at=days(after))) as by:
            found = {one.user.email: one for one in reviewing.to_review(by, policy)}
            assert found["meldpunt@oefen.example"].soon is soon
            mine = found["privacy@oefen.example"]
            assert mine.own
            counted = sum(len(one.roles) for one in found.values() if not one.own)
            assert len(reviewing.lapse_soon(by, policy)) == (counted if soon else 0)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["beheer", "meldpunt", "fg", "melder"])
def test_only_the_process_owner_and_the_privacy_officer_go_over_it(client: Client, name: str) -> None:
    for verb in (reviewing.keep, reviewing.drop):
        with pytest.raises(Refused), unit(acting(name)) as by:
            verb(by=by, membership=role_of("handhaver", "enforcement"))
    client.force_login(user(name))
    assert client.get("/rollen-nalopen/").status_code == 403


@pytest.mark.django_db
def test_nobody_goes_over_the_own_roles() -> None:
    mine = role_of("privacy", "privacy_officer")
    with pytest.raises(Refused), unit(acting("privacy")) as by:
        reviewing.keep(by=by, membership=mine)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(id=mine.id).update(reviewed_by=mine.user_id)


@pytest.mark.django_db
def test_on_one_page_each_role_is_kept_or_ended(client: Client) -> None:
    client.force_login(user("proceseigenaar"))
    kept, dropped = role_of("meldpunt"), role_of("handhaver", "enforcement")
    page = client.get("/rollen-nalopen/").content.decode()
    assert f'name="rol-{kept.id}"' in page
    assert f'name="rol-{role_of("proceseigenaar", "process_owner").id}"' not in page
    answer = client.post("/rollen-nalopen/", {f"rol-{kept.id}": "nodig", f"rol-{dropped.id}": "niet-nodig", "x": "y"})
    assert answer.status_code == 302
    kept.refresh_from_db()
    dropped.refresh_from_db()
    assert (kept.reviewed_by, kept.ends) == (user("proceseigenaar").id, None)
    assert dropped.ends is not None
    told = Entry.objects.filter(chain=here().id, act__in=["role.keep", "role.drop"]).order_by("seq")
    assert [(entry.act, entry.ids) for entry in told] == [("role.keep", [kept.id]), ("role.drop", [dropped.id])]


@pytest.mark.django_db
def test_a_role_of_another_municipality_is_not_gone_over_here(client: Client) -> None:
    elsewhere = Membership.objects.filter(municipality=here("BD"), ends__isnull=True).first()
    assert elsewhere is not None
    client.force_login(user("proceseigenaar"))
    client.post("/rollen-nalopen/", {f"rol-{elsewhere.id}": "niet-nodig"})
    elsewhere.refresh_from_db()
    assert elsewhere.ends is None


@pytest.mark.django_db
def test_today_says_how_many_roles_lapse(client: Client) -> None:
    client.force_login(user("proceseigenaar"))
    assert "Loop ze na" not in client.get("/").content.decode()
    Membership.objects.update(confirmed_at=days(-80))
    assert "Loop ze na" in client.get("/").content.decode()


@pytest.mark.django_db
def test_when_nobody_is_left_who_may_confirm_the_first_addresses_open_again(settings: object) -> None:
    assert list(first.lacking(days(91).date())) == []
    tick(days(92), settings)
    assert [one.role for one in first.lacking(days(92).date())] == [Role.ADMINISTRATOR, Role.PROCESS_OWNER]


def mails() -> list[Outgoing]:
    with unit(acting(None)):
        return list(Outgoing.objects.filter(about="people.Review").order_by("queued_at", "to"))


@pytest.mark.django_db
def test_a_mail_warns_once_a_week_and_stops_when_all_was_gone_over(settings: object) -> None:
    monday = days(63)
    tick(monday - timedelta(days=7), settings)
    assert not mails()
    tick(monday.replace(hour=5), settings)
    assert not mails()
    for hour in (8, 9):
        tick(monday.replace(hour=hour), settings)
    tick(monday + timedelta(days=6), settings)
    first = mails()
    assert {mail.to for mail in first} == {"privacy@oefen.example", "proceseigenaar@oefen.example"}
    assert len(first) == 2
    tick(monday + timedelta(days=7), settings)
    assert len(mails()) == 4
    body = first[0].body
    assert "/rollen-nalopen/" in body
    assert "22 februari 2027" in body
    assert not any(user.name in body for user in User.objects.exclude(email=first[0].to))
    Membership.objects.update(reviewed_at=monday + timedelta(days=8))
    tick(monday + timedelta(days=14), settings)
    assert len(mails()) == 4


# Accounts that nobody uses.


@pytest.mark.django_db
@pytest.mark.parametrize(("after", "sleeps"), [(90.9, False), (91, True)])
def test_an_account_that_nobody_uses_falls_asleep(after: float, sleeps: bool) -> None:
    Membership.objects.update(confirmed_at=days(-300), reviewed_at=days(0))
    User.objects.update(last_login=days(60))
    User.objects.filter(email="meldpunt@oefen.example").update(last_login=MONDAY)
    with unit(acting(None, at=days(after))) as by:
        assert reviewing.fall_asleep(by=by, policy=rules_here(by)) == int(sleeps)
    person = user("meldpunt")
    assert (person.is_active, person.is_asleep) == (not sleeps, sleeps)
    if sleeps:
        with pytest.raises(NotHere), unit(acting("meldpunt", at=days(after))):
            pass


@pytest.mark.django_db
def test_an_administrator_wakes_it_and_nobody_else(client: Client) -> None:
    User.objects.filter(email="meldpunt@oefen.example").update(is_active=False, asleep_at=MONDAY)
    known = {"username": "meldpunt@oefen.example", "password": "oefenen-is-veilig"}
    assert client.post("/inloggen/", known).status_code == 200
    address = f"/beheer/account/{user('meldpunt').id}/wekken/"
    client.force_login(user("proceseigenaar"))
    assert client.post(address).status_code == 403
    client.force_login(user("beheer"))
    assert "Wek dit account" in client.get(f"/beheer/account/{user('meldpunt').id}/").content.decode()
    assert client.post(address).status_code == 302
    assert user("meldpunt").is_active
    assert client.post(address).status_code == 403
    with unit(acting(None, at=days(80))) as by:
        assert not reviewing._used(user("meldpunt"), []) < MONDAY
        assert by.place == here().id
    client.logout()
    assert client.post("/inloggen/", known).status_code == 302


@pytest.mark.django_db
def test_a_leaver_is_not_woken() -> None:
    User.objects.filter(email="melder@oefen.example").update(is_active=False, asleep_at=MONDAY, barred_at=MONDAY)
    with pytest.raises(Refused), unit(acting("beheer")) as by:
        reviewing.wake(by=by, user=user("melder"))
