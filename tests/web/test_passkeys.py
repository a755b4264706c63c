"""Passkeys in a real browser with a virtual authenticator: made, named, used after the password, removed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase
from playwright.sync_api import Page

from browser import PHONE, Site, aside, site, violations, wider_than_screen
from meldroute.people import factors, passkeys
from meldroute.people.models import Passkey, User
from meldroute.people.sessions import SessionStore
from people_here import MONDAY, user

MAIL, PASSWORD = "meldpunt@oefen.example", "oefenen-is-veilig"


@contextmanager
def authenticator(page: Page) -> Iterator[Any]:
    """A key in the machine of this page, that says yes to whoever holds it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    told = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": told})
    yield session, made["authenticatorId"]


def log_in(page: Page, web: Site, path: str = "/") -> None:
    page.goto(web.url(path))
    page.fill("[name=username]", MAIL)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def mine() -> list[Passkey]:
    return aside(lambda: list(Passkey.objects.filter(user=user("meldpunt"))))


def test_a_passkey_is_made_named_used_and_removed(committed: str, settings: object) -> None:
    with site() as web, web.page() as page, authenticator(page) as (device, key):
        settings.MELDROUTE_PRACTICE = False
        settings.MELDROUTE_BASE_URL = web.address
        log_in(page, web)
        page.wait_for_url("**/tweede-factor/instellen/")
        assert violations(page) == []
        page.click("[data-passkey-button]")
        page.wait_for_selector(".mr-codes")
        assert len(mine()) == 1
        assert aside(lambda: factors.codes_left(user("meldpunt"))) == 10
        page.context.clear_cookies()

        log_in(page, web, "/signalen/")
        page.wait_for_url("**/tweede-factor/?next=/signalen/")
        assert violations(page) == []
        page.click("[data-passkey-button]")
        page.wait_for_url(web.url("/signalen/"))
        assert mine()[0].used_at is not None

        page.goto(web.url("/mijn-account/passkey/"))
        page.fill("[name=name]", "Sleutel <b>thuis</b>")
        assert violations(page) == []
        device.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
        other = {"protocol": "ctap2", "transport": "usb", "automaticPresenceSimulation": True}
        device.send("WebAuthn.addVirtualAuthenticator", {"options": other})
        page.click("[data-passkey-button]")
        page.wait_for_url("**/mijn-account/")
        assert "Sleutel <b>thuis</b>" in page.inner_text("main")
        assert violations(page) == []
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        assert wider_than_screen(page) == 0
        page.click("text=Verwijder de passkey passkey")
        page.wait_for_url("**/mijn-account/")
        assert [row.name for row in mine()] == ["Sleutel <b>thuis</b>"]
        assert "Verwijder de passkey" not in page.inner_text("main")


def test_without_the_key_or_at_another_address_nothing_opens(committed: str, settings: object) -> None:
    with site() as web, web.page() as page, authenticator(page) as (device, key):
        settings.MELDROUTE_PRACTICE = False
        settings.MELDROUTE_BASE_URL = web.address
        log_in(page, web)
        page.click("[data-passkey-button]")
        page.wait_for_selector(".mr-codes")
        page.context.clear_cookies()
        settings.MELDROUTE_BASE_URL = "http://localhost:1"
        log_in(page, web)
        page.wait_for_selector("[data-passkey-button]")
        page.click("[data-passkey-button]")
        page.wait_for_selector(".utrecht-form-field--invalid")
        assert "klopt niet" in page.inner_text("main")
        settings.MELDROUTE_BASE_URL = web.address
        device.send("WebAuthn.clearCredentials", {"authenticatorId": key})
        page.goto(web.url("/tweede-factor/"))
        page.click("[data-passkey-button]")
        page.wait_for_function("document.querySelector('[data-passkey-status]').textContent.includes('lukte niet')")
        page.goto(web.url("/signalen/"))
        assert "/tweede-factor/" in page.url


def test_without_javascript_the_code_of_the_app_is_the_way(committed: str, settings: object) -> None:
    with site() as web, web.page(javascript=False) as page:
        settings.MELDROUTE_PRACTICE = False
        log_in(page, web)
        page.wait_for_url("**/tweede-factor/instellen/")
        assert page.is_hidden("[data-passkey-button]")
        assert page.is_visible(".mr-qr")
        assert "zonder" in page.inner_text("noscript")


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ["", "{}", "geen json", '{"id": "AA", "rawId": "AA", "type": "public-key"}', "[1]"])
def test_an_answer_that_is_none_is_refused_and_its_question_does_not_come_back(answer: str) -> None:
    person: User = user("meldpunt")
    session: SessionBase = SessionStore()
    passkeys.registration(person, session, "http://localhost:8000")
    assert passkeys.register(person, answer, "x", session, "http://localhost:8000", MONDAY) is None
    assert passkeys.ASKED not in session
    assert not passkeys.proves(person, answer, session, "http://localhost:8000", MONDAY)
