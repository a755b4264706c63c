"""One Dovecot without and one with TLS, and one clamd, for all tests of the intake, started when first needed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from intake.clamd import RealClamd, require_clamd
from intake.dovecot import Dovecot, require_dovecot
from meldroute.vault.scanner import Clamd


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    require_dovecot()
    with Dovecot.start() as server:
        yield server


@pytest.fixture(scope="session")
def dovecot_tls() -> Iterator[Dovecot]:
    require_dovecot()
    with Dovecot.start(tls=True) as server:
        yield server


@pytest.fixture(scope="session")
def clamd() -> Iterator[RealClamd]:
    require_clamd()
    with RealClamd.made() as server:
        yield server


@pytest.fixture
def real(settings: object) -> object:
    """The settings as in a real installation with a scanner."""
    settings.MELDROUTE_UNSCANNED = False
    settings.MELDROUTE_CLAMD = Clamd(path="/nergens")
    return settings
