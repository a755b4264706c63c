"""Logging in: the same answer for everybody, a second factor outside practice, an explicit municipality."""

from __future__ import annotations

import pytest
from django.test import Client
from django_otp.oath import totp

from meldroute.journal.models import INSTALLATION, Entry
from meldroute.people import factors
from people_here import here, user

KNOWN = {"username": "meldpunt@oefen.example", "password": "oefenen-is-veilig"}


@pytest.mark.django_db
def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(client: Client) -> None:
    wrong = client.post("/inloggen/", KNOWN | {"password": "mis"})
    unknown = client.post("/inloggen/", KNOWN | {"username": "niemand@oefen.example"})
    for answer in (wrong, unknown):
        assert answer.status_code == 200
        assert "klopt niet" in answer.content.decode()
    refused = Entry.objects.filter(chain=INSTALLATION, act="session.login", result="refused")
    assert refused.count() == 2


@pytest.mark.django_db
def test_login_goes_where_was_asked_but_never_elsewhere(client: Client) -> None:
    assert client.get("/signalen/").url == "/inloggen/?next=/signalen/"
    assert client.post("/inloggen/", KNOWN | {"next": "/signalen/"}).url == "/signalen/"
    for elsewhere in ("https://elders.example/", "//elders.example", "signalen", "java.lang", "javascript:alert(1)"):
        client.logout()
        assert client.post("/inloggen/", KNOWN | {"next": elsewhere}).url == "/"
        assert client.post("/taal/", {"language": "nl", "next": elsewhere}).url == "/"


@pytest.mark.django_db
def test_logging_out_ends_the_session_on_the_server(client: Client) -> None:
    client.post("/inloggen/", KNOWN)
    key = client.session.session_key
    answer = client.post("/uitloggen/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    client.cookies["sessie"] = key
    assert client.get("/signalen/").status_code == 302


@pytest.mark.django_db
def test_outside_practice_nothing_opens_without_the_second_factor(client: Client, settings: object) -> None:
    settings.MELDROUTE_PRACTICE = False
    client.post("/inloggen/", KNOWN)
    for address in ("/", "/signalen/", "/postbus/", "/beheer/"):
        wanted = "" if address == "/" else f"?next={address}"
        assert client.get(address).url == f"/tweede-factor/{wanted}"
    assert client.get("/tweede-factor/").url == "/tweede-factor/instellen/"
    shown = client.get("/tweede-factor/instellen/").content.decode()
    assert "<svg" in shown
    device = factors.waiting_device(user("meldpunt"))
    assert client.post("/tweede-factor/instellen/", {"code": "000000"}).status_code == 200
    code = f"{totp(device.bin_key):06d}"
    codes = client.post("/tweede-factor/instellen/", {"code": code})
    assert codes.status_code == 200
    assert client.get("/signalen/").status_code == 200
    assert client.get("/tweede-factor/instellen/").url == "/tweede-factor/"


@pytest.mark.django_db
def test_a_used_code_is_refused_and_a_recovery_code_works_once(client: Client, settings: object) -> None:
    settings.MELDROUTE_PRACTICE = False
    person = user("meldpunt")
    device = factors.waiting_device(person)
    device.confirmed = True
    device.save()
    codes = factors.fresh_codes(person)
    client.post("/inloggen/", KNOWN)
    code = f"{totp(device.bin_key):06d}"
    assert client.post("/tweede-factor/", {"code": code}).status_code == 302
    client.post("/uitloggen/")
    client.post("/inloggen/", KNOWN)
    assert client.post("/tweede-factor/", {"code": code}).status_code == 200
    assert client.post("/tweede-factor/", {"code": codes[0]}).status_code == 302
    client.post("/uitloggen/")
    client.post("/inloggen/", KNOWN)
    assert client.post("/tweede-factor/", {"code": codes[0]}).status_code == 200


@pytest.mark.django_db
def test_switching_is_explicit_and_only_to_where_one_has_a_role(client: Client) -> None:
    client.force_login(user("waarnemer"))
    assert "Heemstede" in client.get("/").content.decode()
    client.post("/gemeente/", {"municipality": str(here("BD").id)})
    assert client.session["municipality"] == str(here("BD").id)
    client.post("/gemeente/", {"municipality": str(here("ZV").id)})
    assert client.session["municipality"] == str(here("BD").id)
    client.post("/gemeente/", {"municipality": "geen-nummer"})
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_the_language_is_kept_and_only_a_known_one(client: Client) -> None:
    client.force_login(user("meldpunt"))
    client.post("/taal/", {"language": "en"})
    assert client.cookies["taal"].value == "en"
    assert user("meldpunt").language == "en"
    client.post("/taal/", {"language": "xx"})
    assert user("meldpunt").language == "en"


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused(settings: object) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/inloggen/", KNOWN).status_code == 403
