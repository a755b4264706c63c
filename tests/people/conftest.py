"""The identity provider of the tests of single sign-on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from meldroute.people.models import Municipality
from people.provider_here import RealProvider
from people.sso_here import BACK


@pytest.fixture(scope="session")
def running() -> Iterator[RealProvider]:
    """One provider for all of these tests."""
    made = RealProvider.start(BACK)
    yield made
    made.stop()


@pytest.fixture
def provider(db: None, running: RealProvider, settings: Any) -> Iterator[RealProvider]:
    """Set as an operator does, with an honest line and the meldpunt known there under its own mail address."""
    settings.MELDROUTE_BASE_URL = "http://localhost:8000"
    settings.MELDROUTE_OIDC = running.client()
    Municipality.objects.filter(code="HS").update(mail_domains=["heemstede.oefen.example", "oefen.example"])
    running.person("meldpunt")
    yield running
    running.proxy.honest()
