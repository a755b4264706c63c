"""kill -9 of `fetch_mail`: whatever the moment, nothing is lost and nothing comes twice."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from intake import mails
from intake.commands_here import killed, manage
from meldroute.domain.vocabulary import Triage
from meldroute.intake.actions.ledger import listed, raw_of
from meldroute.people.unit import system
from people_here import MONDAY, here

POINTS = (
    "before the bytes are stored",
    "after storing, before the commit",
    "after the commit, before the mark in the box",
    "after the mark in the box",
    "while it is read",
    "after reading, before the commit",
)


@pytest.mark.parametrize("point", POINTS)
def test_nothing_is_lost_and_nothing_is_twice(committed: str, tmp_path: Path, point: str) -> None:
    sent = [mails.citizen(number) for number in range(1, 5)]
    for number, raw in enumerate(sent):
        (tmp_path / f"{number}.eml").write_bytes(raw)
    mailbox = f"maildir:{tmp_path}"
    assert killed(committed, point, mailbox) == -signal.SIGKILL
    done = manage(committed, "fetch_mail", "--once", "--json", mailbox=mailbox)
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert told["seen"] == told["stored"] + told["duplicates"] + told["left"]
    assert told["needs_hand"] == 0
    with system(here().id, MONDAY):
        found = list(listed())
        assert sorted(raw_of(mail) for mail in found) == sorted(sent)
        assert {mail.state for mail in found} == {Triage.NEW}
        assert all(mail.read_at and mail.reading["text"] for mail in found)
    last = manage(committed, "fetch_mail", "--once", "--json", mailbox=mailbox)
    assert json.loads(last.stdout)["stored"] == 0
