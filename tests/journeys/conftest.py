"""The world of a journey: mailbox, application and mail server, all real and all fresh."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from browser import site
from intake.dovecot import Dovecot, free_port, require_dovecot
from journeys.test_walkthrough import Kept
from journeys.whole import World


@pytest.fixture
def world(committed: str, settings: Any) -> Iterator[World]:
    """Everything real and everything fresh."""
    require_dovecot()
    kept, port = Kept(), free_port()
    settings.MELDROUTE_SMTP = settings.MELDROUTE_SMTP | {"host": "127.0.0.1", "port": port, "use_tls": False}
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    try:
        with Dovecot.start() as dovecot, site() as running:
            settings.MELDROUTE_MAILBOX = dovecot.url("meldpunt")
            yield World(running, dovecot, kept)
    finally:
        server.stop()
