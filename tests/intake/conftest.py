"""One Dovecot without and one with TLS for all tests of the intake, started when first needed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from intake.dovecot import Dovecot, require_dovecot


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
