"""There is no form for citizens: whoever is not logged in finds the few pages that are meant for all, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

OPEN = {
    "login",
    "logout",
    "set_language",
    "where-to-report",
    "first-account",
    "alive",
    "security-txt",
    "people:welcome",
    "intake:partner",
    "intake:partner-form",
    "intake:partner-draft",
    "intake:partner-check",
    "intake:partner-received",
    "plan:feed",
    "sso",
    "sso-back",
    "sso-leave",
    "awareness:own",
    "awareness:own-calendar",
    "awareness:own-certificate",
    "awareness:sign-up",
}
"""Pages without an account: logging in, what anybody may read, and what a signed link opens."""


def patterns(
    found: list[URLPattern | URLResolver], space: str = "", path: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for one in found:
        if isinstance(one, URLResolver):
            inner = f"{one.namespace}:" if one.namespace else ""
            yield from patterns(one.url_patterns, space + inner)
        else:
            yield f"{space}{one.name}", one


def every() -> list[tuple[str, URLPattern]]:
    return list(patterns(get_resolver().url_patterns))


def address(name: str, pattern: URLPattern) -> str:
    kinds = {key: type(converter).__name__ for key, converter in pattern.pattern.converters.items()}
    values = {"UUIDConverter": uuid4(), "IntConverter": 1}
    return reverse(name, kwargs={key: values.get(kind, "x") for key, kind in kinds.items()})


@pytest.mark.django_db
def test_without_an_account_only_the_allowed_pages_answer(client: Client) -> None:
    reached = set()
    for name, pattern in every():
        if name.startswith("gallery"):
            continue  # practice only, with invented content
        url = address(name, pattern)
        for answer in (client.get(url), client.post(url)):
            at_login = answer.status_code == 302 and str(answer.headers["Location"]).startswith(settings.LOGIN_URL)
            if not at_login and answer.status_code != 405:
                reached.add(name)
    assert reached <= OPEN
    assert reached >= {"where-to-report", "login"}


@pytest.mark.django_db
def test_no_public_page_leads_to_a_form_for_reporting(client: Client) -> None:
    seen, todo = set(), [reverse("where-to-report"), reverse("login")]
    while todo:
        url = todo.pop()
        if url in seen:
            continue
        seen.add(url)
        answer = client.get(url)
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        told = answer.content.decode()
        assert "<textarea" not in told, url
        assert 'type="file"' not in told, url
        links = {part.partition('"')[0] for part in told.split('href="/')[1:]}
        todo += [f"/{link}" for link in links if not link.startswith("static/")]
    assert len(seen) >= 2
    told = client.get(reverse("where-to-report")).content.decode()
    assert "Meld Misdaad Anoniem" in told
    assert "112" in told
    assert "Waarom staat hier geen formulier?" in told
