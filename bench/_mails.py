"""The measurement that `bench/mails.py` tells of."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bench import _beside as beside
from intake import mails
from meldroute.intake.actions.fetching import fetch
from meldroute.intake.mailboxes import MaildirMailbox
from meldroute.intake.polling import read_new
from meldroute.people.unit import system
from people_here import here

MAILS = 200
SIZE = 50_000


def test_mails(committed: str, tmp_path: Path) -> None:
    """Print how many mails of 50 kB one core takes in and reads in a second."""
    for number in range(MAILS):
        (tmp_path / f"{number}.eml").write_bytes(mails.of_size(SIZE, number))
    at, place = datetime.now(UTC), here().id
    now = beside.clock()
    began = now()
    with MaildirMailbox(tmp_path, settle=0) as box:
        tally, new = fetch(box, municipality_id=place, mailbox_key="meting", enter=system, at=at)
    taken = now()
    hand = read_new(place, at)
    done = now()
    assert len(new) == MAILS
    assert not hand
    fetching, reading = (taken - began) / MAILS, (done - taken) / MAILS
    print(f"\n{tally}\n{MAILS} mails of {SIZE} bytes: taking in {fetching:.1f} ms, reading {reading:.1f} ms each")
    print(f"{1000 / (fetching + reading):.0f} mails per second of CPU")
