"""Asked again who sits there before facts leave or rights change; what was filled in goes along (ASVS 7.5.3)."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django_otp.oath import totp

from meldroute.journal.models import Entry
from meldroute.people import factors
from meldroute.people.models import Membership, User
from people_here import here, user

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PASSWORD = "oefenen-is-veilig"
LATER = START + timedelta(minutes=10)


@pytest.fixture
def stale(client: Client, settings: object) -> Client:
    """The administrator, who logged in longer ago than a proof lasts here."""
    settings.MELDROUTE_PROOF_MINUTES = 5
    with time_machine.travel(START, tick=False):
        client.post("/inloggen/", {"username": "beheer@oefen.example", "password": PASSWORD})
    return client


def role_form() -> tuple[str, dict[str, str]]:
    address = f"/beheer/account/{user('melder').id}/"
    return address, {"role": "analyst", "starts": "2026-11-24", "ends": "", "organisation": "", "stands_in_for": ""}


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def asked(page: str) -> bool:
    return "Bevestig dat u het bent" in page


@pytest.mark.django_db
def test_logging_in_is_a_proof(client: Client) -> None:
    client.post("/inloggen/", {"username": "beheer@oefen.example", "password": PASSWORD})
    address, told = role_form()
    assert client.post(address, told).status_code == 302


@pytest.mark.django_db
def test_what_was_filled_in_goes_along_and_is_done_once(stale: Client) -> None:
    address, told = role_form()
    with time_machine.travel(LATER, tick=False):
        assert not asked(stale.get(address).content.decode())
        page = stale.post(address, told).content.decode()
        assert asked(page)
        assert not Membership.objects.filter(role="analyst", user=user("melder")).exists()
        carried = hidden(page)
        assert {name: carried[name] for name in told} == told
        wrong = stale.post(address, carried | {"bewijs-password": "mis"}).content.decode()
        assert "Dit klopt niet" in wrong
        assert {name: hidden(wrong)[name] for name in told} == told
        assert "mis" not in hidden(wrong).values()
        before = stale.session.session_key
        done = stale.post(address, hidden(wrong) | {"bewijs-password": PASSWORD})
        assert done.status_code == 302
        assert stale.session.session_key != before
        assert Membership.objects.filter(role="analyst", user=user("melder")).count() == 1
        assert stale.post(f"/beheer/account/{user('melder').id}/uitnodigen/").status_code == 200
    results = list(Entry.objects.filter(act="session.prove").order_by("seq").values_list("result", flat=True))
    assert results == ["refused", "done"]


@pytest.mark.django_db
def test_a_proof_lasts_as_long_as_the_setting_says(stale: Client) -> None:
    address, told = role_form()
    with time_machine.travel(START + timedelta(minutes=4, seconds=59), tick=False):
        assert stale.post(address, told).status_code == 302
    with time_machine.travel(START + timedelta(minutes=5), tick=False):
        assert asked(stale.post(address, told).content.decode())


@pytest.mark.django_db
def test_an_invented_proof_and_an_empty_one_are_refused(stale: Client) -> None:
    address, told = role_form()
    with time_machine.travel(LATER, tick=False):
        for made_up in (
            {"bewijs": "act"},
            {"bewijs": "ja", "bewijs-passkey": "{}"},
            {"bewijs": "act", "bewijs-code": "1"},
        ):
            assert asked(stale.post(address, told | made_up).content.decode())
    assert not Membership.objects.filter(role="analyst", user=user("melder")).exists()


@pytest.mark.django_db
def test_guesses_of_a_proof_count_as_guesses(stale: Client) -> None:
    address, told = role_form()
    with time_machine.travel(LATER, tick=False):
        for number in range(10):
            stale.post(address, told | {"bewijs": "act", "bewijs-password": f"gok {number}"})
        page = stale.post(address, told | {"bewijs": "act", "bewijs-password": PASSWORD}).content.decode()
        assert "Te vaak geprobeerd" in page
        assert {name: hidden(page)[name] for name in told} == told


@pytest.mark.django_db
def test_a_code_of_the_app_proves_it_once(stale: Client) -> None:
    person: User = user("beheer")
    device = factors.waiting_device(person)
    device.confirmed = True
    device.save()
    address, told = role_form()
    with time_machine.travel(LATER, tick=False):
        proof = {"bewijs": "act", "bewijs-code": f"{totp(device.bin_key):06d}"}
        assert stale.post(address, told | proof).status_code == 302
    with time_machine.travel(LATER + timedelta(minutes=6), tick=False):
        assert asked(stale.post(address, told | proof).content.decode())


@pytest.mark.django_db
def test_a_page_that_is_looked_at_asks_and_leads_back(stale: Client) -> None:
    with time_machine.travel(LATER, tick=False):
        page = stale.get("/mijn-account/app/").content.decode()
        assert asked(page)
        assert "mr-qr" not in page
        done = stale.post("/mijn-account/app/", hidden(page) | {"bewijs-password": PASSWORD})
        assert done.url == "/mijn-account/app/"
        assert "mr-qr" in stale.get("/mijn-account/app/").content.decode()


@pytest.mark.django_db
def test_who_may_not_is_refused_before_anything_is_asked(client: Client, settings: object) -> None:
    settings.MELDROUTE_PROOF_MINUTES = 0
    client.post("/inloggen/", {"username": "melder@oefen.example", "password": PASSWORD})
    answer = client.post(role_form()[0], role_form()[1])
    assert answer.status_code == 403
    assert not asked(answer.content.decode())
    assert here().name
