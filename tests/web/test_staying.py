"""Sessions: over after minutes without use and after hours, ended on the server, and nothing typed is lost (T42)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings as now_settings
from django.test import Client

from meldroute.intake.models import Draft
from meldroute.journal.models import Entry
from meldroute.people import actions, own
from meldroute.people.models import Membership, Session
from meldroute.people.staying import end_sessions, rough_device
from meldroute.people.unit import unit
from meldroute.web.ticks import sessions as tick
from people_here import acting, here, user

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
KNOWN = {"username": "meldpunt@oefen.example", "password": "oefenen-is-veilig"}
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def minutes(number: float) -> datetime:
    return START + timedelta(minutes=number)


def logged_in(client: Client, at: datetime = START, name: str = "meldpunt") -> str:
    with time_machine.travel(at, tick=False):
        told = KNOWN | {"username": f"{name}@oefen.example"}
        assert client.post("/inloggen/", told, headers={"user-agent": FIREFOX}).status_code == 302
    return str(client.session.session_key)


@pytest.mark.django_db
@pytest.mark.parametrize(("after", "stays"), [(14.9, True), (15.1, False)])
def test_a_session_ends_after_a_quarter_without_use(client: Client, after: float, stays: bool) -> None:
    key = logged_in(client)
    with time_machine.travel(minutes(after), tick=False):
        answer = client.get("/signalen/")
    assert answer.status_code == (200 if stays else 302)
    assert Session.objects.filter(session_key=key).exists() is stays
    if not stays:
        assert answer.url == "/inloggen/?next=/signalen/&weg=1"
        assert Entry.objects.filter(act="session.over").count() == 1
        assert "omdat u 15 minuten niets deed" in client.get(answer.url).content.decode()


@pytest.mark.django_db
def test_a_session_in_use_still_ends_after_eight_hours(client: Client) -> None:
    logged_in(client)
    for number in range(10, 480, 10):
        with time_machine.travel(minutes(number), tick=False):
            assert client.get("/leeft/").status_code == 200
            assert client.get("/mijn-meldingen/").status_code in (200, 403)
    with time_machine.travel(minutes(480), tick=False):
        assert client.get("/signalen/").status_code == 302


@pytest.mark.django_db
def test_the_numbers_are_settings(client: Client, settings: object) -> None:
    settings.MELDROUTE_SESSION_MINUTES = 60
    settings.MELDROUTE_SESSION_HOURS = 1
    logged_in(client)
    with time_machine.travel(minutes(50), tick=False):
        assert client.get("/signalen/").status_code == 200
    with time_machine.travel(minutes(61), tick=False):
        assert client.get("/signalen/").status_code == 302


@pytest.mark.django_db
def test_every_page_says_when_it_ends(client: Client) -> None:
    logged_in(client)
    with time_machine.travel(minutes(2), tick=False):
        assert "wordt u om 09:17 uitgelogd" in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("practice", [True, False])
def test_what_was_sent_too_late_is_still_there_after_logging_in(
    client: Client, settings: object, practice: bool
) -> None:
    settings.MELDROUTE_PRACTICE = practice
    logged_in(client)
    text = "De kamer boven is op slot.\nEr wonen er zes."
    with time_machine.travel(minutes(40), tick=False):
        late = client.post("/melden/concept/", {"text": text, "empty": ""}, headers={"referer": "/melden/formulier/"})
        page = late.content.decode()
        assert "niet kwijt" in page
        assert "zes" not in page
        sealed = re.search(r'name="meegenomen" value="([^"]+)"', page).group(1)
        again = client.post("/inloggen/", KNOWN | {"next": "/melden/formulier/", "meegenomen": sealed})
        shown = again.content.decode()
        if not practice:
            assert "Verder" in shown
            assert "op slot" not in shown
            return
        assert 'action="/melden/concept/"' in shown
        assert "De kamer boven is op slot." in shown
        assert Draft.objects.count() == 0


@pytest.mark.django_db
def test_somebody_else_who_logs_in_there_gets_nothing_of_it(client: Client) -> None:
    logged_in(client)
    with time_machine.travel(minutes(40), tick=False):
        page = client.post("/melden/concept/", {"text": "geheim genoeg"}).content.decode()
        sealed = re.search(r'name="meegenomen" value="([^"]+)"', page).group(1)
        other = client.post("/inloggen/", KNOWN | {"username": "handhaver@oefen.example", "meegenomen": sealed})
    assert other.status_code == 302
    assert "geheim" not in other.content.decode()
    with time_machine.travel(minutes(120), tick=False):
        late = client.post("/inloggen/", KNOWN | {"meegenomen": sealed})
        forged = client.post("/inloggen/", KNOWN | {"meegenomen": "AAAA" + sealed[4:]})
    assert (late.status_code, forged.status_code) == (302, 302)


@pytest.mark.django_db
def test_the_key_changes_at_login(client: Client) -> None:
    client.get("/inloggen/")
    client.session.save()
    before = client.session.session_key
    assert logged_in(client) != before


@pytest.mark.django_db
def test_a_withdrawn_role_ends_every_session_at_the_next_request() -> None:
    first, second = Client(), Client()
    for client in (first, second):
        logged_in(client, datetime.now(UTC), "handhaver")
    assert Session.objects.filter(user_id=user("handhaver").id).count() == 2
    with unit(acting("beheer")) as by:
        actions.end_role(by=by, membership=Membership.objects.filter(user=user("handhaver")).first())
    assert Session.objects.filter(user_id=user("handhaver").id).count() == 0
    assert {first.get("/").status_code, second.get("/").status_code} == {302}


@pytest.mark.django_db
def test_the_administrator_logs_somebody_out_everywhere_and_the_account_stays(client: Client) -> None:
    first, second = Client(), Client()
    for one in (first, second):
        logged_in(one, datetime.now(UTC), "handhaver")
    person = user("handhaver")
    client.force_login(user("beheer"))
    page = f"/beheer/account/{person.id}/"
    assert "Log dit account overal uit" in client.get(page).content.decode()
    told = client.post(f"{page}sessies/beeindigen/", follow=True).content.decode()
    assert "2 sessies zijn beëindigd." in told
    assert {first.get("/").status_code, second.get("/").status_code} == {302}
    assert Entry.objects.filter(act="session.end", ids=[person.id]).count() == 1
    logged_in(first, datetime.now(UTC), "handhaver")
    assert first.get("/").status_code == 200
    client.post(f"/beheer/account/{user('beheer').id}/sessies/beeindigen/")
    assert client.get("/").status_code == 200, "the own sessions end under Mijn account"


@pytest.mark.django_db
def test_a_person_sees_the_own_sessions_and_ends_another(client: Client) -> None:
    other = Client()
    logged_in(other, datetime.now(UTC))
    stranger = Client()
    logged_in(stranger, datetime.now(UTC), "handhaver")
    logged_in(client, datetime.now(UTC))
    page = client.get("/mijn-account/").content.decode()
    assert page.count("Firefox op Windows") >= 2
    assert "dit apparaat" in page
    assert other.session.session_key not in page
    handle = Session.objects.get(session_key=other.session.session_key).handle
    theirs = Session.objects.get(session_key=stranger.session.session_key).handle
    client.post(f"/mijn-account/sessie/{theirs}/beeindigen/")
    assert stranger.get("/mijn-account/").status_code == 200
    client.post(f"/mijn-account/sessie/{handle}/beeindigen/")
    assert other.get("/").status_code == 302
    assert client.get("/").status_code == 200
    logged_in(other, datetime.now(UTC))
    client.post("/mijn-account/sessies/beeindigen/")
    assert other.get("/").status_code == 302
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_another_password_ends_the_other_sessions(client: Client) -> None:
    other = Client()
    logged_in(other, datetime.now(UTC))
    logged_in(client, datetime.now(UTC))
    address, new = "/mijn-account/wachtwoord/", "een nieuwe zin van zes"
    told = {"old": KNOWN["password"], "password": new, "again": new}
    for wrong in ({"old": "mis"}, {"password": "kort", "again": "kort"}, {"again": "iets heel anders"}):
        assert client.post(address, told | wrong).status_code == 200
    assert [entry.result for entry in Entry.objects.filter(act="user.password")] == ["refused"]
    like = user("meldpunt").email
    assert "lijkt te veel" in client.post(address, told | {"password": like, "again": like}).content.decode()
    assert user("meldpunt").check_password(KNOWN["password"])
    assert client.post(address, told).url == "/mijn-account/"
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302
    assert Client().post("/inloggen/", KNOWN).status_code == 200


@pytest.mark.django_db
def test_the_worker_throws_away_what_is_over(client: Client) -> None:
    logged_in(client)
    assert Session.objects.count() == 1
    tick(here().id, minutes(10))
    assert Session.objects.count() == 1
    tick(here().id, minutes(16))
    assert Session.objects.count() == 0


@pytest.mark.django_db
def test_ending_sessions_takes_one_statement(django_assert_num_queries: object) -> None:
    person = user("meldpunt")
    with django_assert_num_queries(1):
        end_sessions(person)
    with unit(acting("meldpunt")) as by:
        own.change_password(by=by, user=person, password="nog een lange zin hier")
    assert Entry.objects.filter(act="user.password").count() == 1


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox op Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome op Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604", "Safari op iPhone of iPad"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140", "Edge op Windows"),
        ("iets <script>", ""),
    ],
)
def test_a_device_is_told_roughly(agent: str, device: str) -> None:
    assert rough_device(agent) == device


def test_under_tls_the_cookie_is_bound_to_the_host() -> None:
    assert now_settings.SESSION_COOKIE_HTTPONLY
    assert now_settings.SESSION_COOKIE_SAMESITE == "Lax"
