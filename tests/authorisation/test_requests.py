"""What must work for nobody: a form without the own token (T41), another method, a role that went (T23)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from authorisation.asking import BY_NAME, Scene, addresses, undone
from authorisation.watching import headers_wrong
from meldroute.people import actions
from meldroute.people.models import Membership, User
from meldroute.people.sessions import Session
from meldroute.people.unit import unit
from people_here import acting

FORM = "application/x-www-form-urlencoded"
UNSAFE = ("PUT", "PATCH", "DELETE")
MELDPUNT = BY_NAME["mel"]
NO_FORM = {"sso-leave": 404}
"""A token that the identity provider signed, no form of a browser; without a provider it is not there."""
WITHOUT_OBJECT = ("/", "/signalen/", "/postbus/", "/overleg/", "/terugkoppeling/")


def token_of(browser: Client) -> str:
    """The secret of a page with a form, as another session would know its own."""
    browser.get("/inloggen/")
    return browser.cookies[settings.CSRF_COOKIE_NAME].value


@pytest.mark.parametrize("given", ["none", "wrong", "of another session"])
def test_no_address_takes_a_form_without_the_own_token(made: Scene, given: str) -> None:
    token = {"none": "", "wrong": "x" * 64, "of another session": token_of(Client())}[given]
    browser = made.client(MELDPUNT, enforce_csrf_checks=True)
    with undone():
        token_of(browser)
    taken, bare = [], []
    for name, address in addresses().items():
        url = address.url(made.ids(MELDPUNT))
        answer = made.ask(MELDPUNT, "POST", url, browser, data=f"csrfmiddlewaretoken={token}", content_type=FORM)
        taken += [name] if answer.status_code != NO_FORM.get(name, 403) else []
        bare += [name] if headers_wrong(answer) else []
    assert not taken
    assert not bare


@pytest.mark.parametrize("method", UNSAFE)
def test_no_address_knows_another_method(made: Scene, method: str) -> None:
    found = {
        name: answer.status_code
        for name, address in addresses().items()
        if (answer := made.ask(MELDPUNT, method, address.url(made.ids(MELDPUNT)))).status_code < 400
    }
    assert not found


def test_trace_and_options_tell_nothing(made: Scene) -> None:
    for method in ("TRACE", "OPTIONS"):
        for url in WITHOUT_OBJECT:
            answer = made.ask(MELDPUNT, method, url, headers={"X-Probe": "probe-value"})
            assert answer.status_code == 405
            assert b"probe-value" not in answer.content


@pytest.mark.parametrize("what", ["barred", "ended", "over"])
def test_rights_withdrawn_count_at_the_next_request(made: Scene, what: str) -> None:
    with undone():
        user, browser = made.here.people["meldpunt"], made.client(MELDPUNT)
        key = browser.cookies[settings.SESSION_COOKIE_NAME].value
        assert made.ask(MELDPUNT, "GET", "/signalen/", browser).status_code == 200
        withdraw(user, what)
        answer = made.ask(MELDPUNT, "GET", "/signalen/", browser)
        assert (answer.status_code, answer["Location"][:10]) == (302, "/inloggen/")
        assert what != "barred" or not Session.objects.filter(session_key=key).exists()


def withdraw(user: User, what: str) -> None:
    """Bar the account, end its role, or let its last day pass."""
    rows = Membership.objects.filter(user=user)
    if what == "over":
        rows.update(ends=rows.get().starts + timedelta(days=1))
        return
    with unit(acting("beheer", at=rows.get().granted_at + timedelta(days=9))) as by:
        if what == "barred":
            actions.bar(by=by, user=user)
        else:
            actions.end_role(by=by, membership=rows.get())
