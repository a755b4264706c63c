"""Signing in at the real identity provider, as the tests of single sign-on do it."""

from __future__ import annotations

from typing import Any

from django.test import Client

from people.provider_here import RealProvider

BACK = "http://localhost:8000/inloggen/gemeente/terug/"
START, RETURN = "/inloggen/gemeente/", "/inloggen/gemeente/terug/"


def begin(client: Client, *, wanted: str = "") -> str:
    """The address at the provider to which meldroute leads."""
    answer = client.get(START, {"next": wanted} if wanted else {})
    return str(answer.headers["Location"])


def sign_in(client: Client, provider: RealProvider, name: str = "meldpunt", **how: str) -> Any:
    """The whole way there and back; the answer of meldroute."""
    return client.get(RETURN, provider.sign_in(begin(client), name, **how))


def said(answer: Any) -> str:
    """What stands on the page, or on the page to which it leads."""
    page = Client().get(answer.headers["Location"]) if answer.status_code == 302 else answer
    return str(page.content.decode())
