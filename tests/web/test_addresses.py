"""Every address says whom it lets in; without an account only a few open, and none takes a citizen's report."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.urls.exceptions import NoReverseMatch

import objects_here
from meldroute.people.models import Municipality
from people_here import user

ALL = dict(objects_here.patterns())
PUBLIC = {
    "alive",
    "awareness:own",
    "awareness:own-calendar",
    "awareness:own-certificate",
    "awareness:sign-up",
    "first-account",
    "gallery",
    "gallery-page",
    "intake:partner",
    "login",
    "logout",
    "people:welcome",
    "second-factor",
    "plan:feed",
    "second-factor-setup",
    "security-txt",
    "set_language",
    "sso",
    "sso-back",
    "sso-leave",
    "where-to-report",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_view_says_whom_it_lets_in(name: str) -> None:
    assert hasattr(ALL[name].callback, "lets_in"), f"{name} has neither @public nor @allowed"


def test_only_these_open_without_an_account() -> None:
    found = {name for name, one in ALL.items() if one.callback.__dict__["lets_in"] is None}
    assert {name for name in found if not name.startswith("intake:partner")} == PUBLIC - {"intake:partner"}


def simple() -> list[str]:
    """Addresses without an argument."""
    found = []
    for name in sorted(ALL):
        try:
            found.append(reverse(name))
        except NoReverseMatch:
            continue
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("address", simple())
def test_headers_stand_on_every_answer(client: Client, address: str) -> None:
    for answer in (client.get(address), client.get(f"{address}is-er-niet/")):
        for header, value in HEADERS.items():
            assert answer.headers[header] == value
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


@pytest.mark.django_db
def test_where_to_report_points_on_and_takes_nothing(client: Client) -> None:
    page = client.get("/waar-melden/").content.decode()
    for words in ("112", "0900 8844", "0800 7000", "0800 2000", *Municipality.objects.values_list("name", flat=True)):
        assert words in page
    assert "<textarea" not in page
    assert client.post("/waar-melden/", {"text": "x"}).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["beheer", "fg", "analist", "burgemeester", "archief"])
def test_the_start_page_opens_for_every_role(client: Client, name: str) -> None:
    client.force_login(user(name))
    assert client.get("/").status_code == 200
