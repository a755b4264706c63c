"""kill -9 of `fetch_mail`: whatever the moment, nothing is lost and nothing comes twice."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

from intake import mails
from intake.commands_here import told
from intake.killed import OF_MAILDIR, POINTS, Point, killed
from meldroute.domain.vocabulary import Triage
from meldroute.intake.actions.ledger import listed, raw_of
from meldroute.people.unit import system
from people_here import MONDAY, here


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("point", (POINTS | OF_MAILDIR).values(), ids=POINTS | OF_MAILDIR)
def test_nothing_is_lost_and_nothing_is_twice(settings: Any, tmp_path: Path, point: Point) -> None:
    sent = [mails.citizen(number) for number in range(1, 5)]
    for number, raw in enumerate(sent):
        (tmp_path / f"{number}.eml").write_bytes(raw)
    settings.MELDROUTE_MAILBOX = f"maildir:{tmp_path}"
    assert killed(point) == -signal.SIGKILL
    counts = told("fetch_mail", "--once")
    assert counts["seen"] == counts["stored"] + counts["duplicates"] + counts["left"]
    assert counts["needs_hand"] == 0
    with system(here().id, MONDAY):
        found = list(listed())
        assert sorted(raw_of(mail) for mail in found) == sorted(sent)
        assert {mail.state for mail in found} == {Triage.NEW}
        assert all(mail.read_at and mail.reading["text"] for mail in found)
    assert told("fetch_mail", "--once")["stored"] == 0
