"""kill -9 of the worker: a few; `./meldroute prove worker_kills` does 500 (T10)."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from post.wires import Server, smtp_at
from web.killing import kill_workers


@pytest.mark.usefixtures("committed")
def test_every_effect_once_and_no_mail_twice(settings: object, tmp_path: Path) -> None:
    settings.MELDROUTE_MAILBOX, settings.MELDROUTE_MUNICIPALITY = f"maildir:{tmp_path}", "heemstede"
    with Server() as server:
        settings.MELDROUTE_SMTP = smtp_at(server.port)
        assert "twice 0" in kill_workers(10, tmp_path, server)
    call_command("verify_journal", stdout=StringIO())
