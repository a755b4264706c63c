"""The proof that `prove/intake_kills.py` tells of."""

from __future__ import annotations

import json
import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from intake import mails
from intake.dovecot import Dovecot, require_dovecot
from intake.killed import OF_MAILDIR, POINTS, Point, arm, in_a_child
from meldroute.domain.vocabulary import Triage
from meldroute.intake import polling
from meldroute.intake.actions import understanding
from meldroute.intake.actions.ledger import raw_of
from meldroute.intake.mailboxes.imap import ImapMailbox
from meldroute.intake.mailboxes.line import ImapLine
from meldroute.intake.models import Glimpse, Mail
from meldroute.journal.models import Entry
from meldroute.people.unit import system
from people_here import MONDAY, here
from prove._pytest import rounds

ROUNDS = rounds(50)
EACH = 3
"""Mails per round; the process dies at the second."""
MORE_POINTS: dict[str, Point] = {
    "before the fetch": (polling, "fetch", True),
    "before the proposal": (understanding, "propose", True),
    "after the commit of the reading": (polling, "_understood", False),
}
OF_BOX: dict[str, dict[str, Point]] = {
    "maildir": OF_MAILDIR,
    "imap": {
        "after the commit, before the mark": (ImapMailbox, "done", True),
        "before the flag": (ImapLine, "mark", True),
        "after the flag": (ImapLine, "mark", False),
    },
}


class Box:
    """One mailbox that gets mails and keeps what was sent."""

    def __init__(self, kind: str, folder: Path, dovecot: Dovecot | None) -> None:
        self.kind, self.folder, self.dovecot = kind, folder, dovecot
        self.sent: list[bytes] = []
        self.url = dovecot.url("meldpunt") if dovecot else f"maildir:{folder}"

    def put(self, count: int) -> None:
        fresh = [mails.citizen(len(self.sent) + one + 1) for one in range(count)]
        if self.dovecot:
            self.dovecot.deliver("meldpunt", *fresh)
        else:
            for number, raw in enumerate(fresh, len(self.sent) + 1):
                (self.folder / f"{number}.eml").write_bytes(raw)
        self.sent += fresh


@pytest.fixture(params=["maildir", "imap"])
def box(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Box]:
    if request.param == "maildir":
        yield Box("maildir", tmp_path, None)
        return
    require_dovecot()
    with Dovecot.start() as server:
        yield Box("imap", tmp_path, server)


def polled(point: Point | None, after: float | None = None) -> int:
    """Poll in a child that dies at `point`, or `after` so many seconds; how it ended."""

    def polls() -> None:
        if point:
            arm(point, on=1 if point[1] == "fetch" else 2)
        polling.poll_all(PLACE, MONDAY)

    return in_a_child(polls, after=after)


PLACE: Any = None


@contextmanager
def here_is(box: Box) -> Iterator[None]:
    global PLACE
    PLACE = here().id
    settings.MELDROUTE_MAILBOX, settings.MELDROUTE_MUNICIPALITY = box.url, "heemstede"
    yield


def sound(box: Box) -> None:
    """After one more poll: each mail once, read, proposed; nothing twice in the journal either."""
    tally, trouble = polling.poll_all(PLACE, MONDAY)
    assert trouble is None
    assert tally.seen == tally.stored + tally.duplicates + tally.left
    assert tally.left == 0


def all_there(box: Box) -> None:
    with system(PLACE, MONDAY):
        rows = list(Mail.objects.all())
        found = Counter(raw_of(mail) for mail in rows)
        assert found == Counter(box.sent)
        assert {mail.state for mail in rows} == {Triage.NEW}
        assert all(mail.read_at and mail.reading["proposal"] for mail in rows)
        stored = Counter(
            one for ids in Entry.objects.filter(act="mail.store").values_list("ids", flat=True) for one in ids
        )
        assert set(stored.values()) == {1}
        assert len(stored) == len(rows)
    assert polling.poll_all(PLACE, MONDAY)[0].stored == 0


@pytest.mark.usefixtures("committed")
def test_at_every_point(box: Box) -> None:
    with here_is(box):
        for name, point in (POINTS | MORE_POINTS | OF_BOX[box.kind]).items():
            ends: Counter[int] = Counter()
            for _ in range(ROUNDS):
                box.put(EACH)
                ends[polled(point)] += 1
                sound(box)
            print(f"{box.kind}: {name}: killed {ends[-signal.SIGKILL]} of {ROUNDS}", flush=True)
            assert ends[-signal.SIGKILL] == ROUNDS
        all_there(box)
        print(f"{box.kind}: {len(box.sent)} mails sent, {len(box.sent)} in the ledger once")


@pytest.mark.usefixtures("committed")
def test_at_any_moment(box: Box) -> None:
    chance = random.Random(2026)
    with here_is(box):
        ends: Counter[int] = Counter()
        longest = 0.05
        for _ in range(ROUNDS * 5):
            box.put(EACH)
            ends[polled(None, chance.uniform(0, longest))] += 1
            longest = min(longest * 1.1, 1.0) if ends[-signal.SIGKILL] * 4 > sum(ends.values()) * 3 else longest * 0.95
        sound(box)
        all_there(box)
        killed = ends[-signal.SIGKILL]
        print(f"{box.kind}: any moment: killed {killed} of {ROUNDS * 5}, {len(box.sent)} mails, each once")


@pytest.mark.usefixtures("committed")
def test_two_pollers_at_once_with_1000_mails(box: Box) -> None:
    """Two processes on the same mailbox, as when a worker is started twice; both of them take something."""
    with here_is(box):
        box.put(1000)
        first, second = at_once(2)
        for tally in (first, second):
            assert tally["seen"] == tally["stored"] + tally["duplicates"] + tally["left"]
            assert tally["left"] == 0
            assert tally["stored"] > 0
        assert first["stored"] + second["stored"] == 1000
        all_there(box)
        with system(PLACE, MONDAY):
            assert Glimpse.objects.count() == 1000
            read = Entry.objects.filter(act="mail.read").values_list("ids", flat=True)
            assert Counter(one for ids in read for one in ids) == Counter(Mail.objects.values_list("id", flat=True))
    print(f"{box.kind}: two pollers: 1,000 mails, stored {first['stored']} + {second['stored']}, 1,000 rows")


def at_once(count: int) -> list[dict[str, int]]:
    """So many processes poll from the same moment on; the tally of each."""
    connections.close_all()
    ready, go = os.pipe()
    children = []
    for _ in range(count):
        answer, say = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(go)
                os.read(ready, 1)  # returns when the parent closes its end
                tally, trouble = polling.poll_all(PLACE, MONDAY)
                assert trouble is None
                os.write(say, json.dumps(tally.as_json()).encode())
            finally:
                os._exit(0)
        os.close(say)
        children.append((child, answer))
    os.close(ready)
    os.close(go)
    told = []
    for child, answer in children:
        with open(answer, "rb") as line:
            told.append(json.loads(line.read()))
        os.waitpid(child, 0)
    return told
