"""The proof that `prove/worker_kills.py` tells of."""

from __future__ import annotations

from pathlib import Path

import pytest

from post.wires import Server, smtp_at
from prove._pytest import rounds
from web.killing import kill_workers


@pytest.mark.usefixtures("committed")
def test_a_worker_killed_at_any_moment(settings: object, tmp_path: Path) -> None:
    settings.MELDROUTE_MAILBOX, settings.MELDROUTE_MUNICIPALITY = f"maildir:{tmp_path}", "heemstede"
    with Server() as server:
        settings.MELDROUTE_SMTP = smtp_at(server.port)
        print(kill_workers(rounds(500), tmp_path, server))
