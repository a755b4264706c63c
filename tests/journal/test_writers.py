"""Many writers, kills and a long chain: no fork, no change without its entry, no false alarm (T32, T33)."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from threading import Thread
from uuid import UUID

from django.db import connections

from intake.commands_here import environment
from meldroute.journal import actions as journal
from meldroute.journal.appending import append
from meldroute.journal.chain import verify
from meldroute.journal.models import Entry
from meldroute.people import actions as people
from meldroute.people.models import User
from meldroute.people.unit import system, unit
from people_here import MONDAY, acting, here, user
from rounds_here import measured, rounds

WRITERS = 32


def test_32_writers_make_one_chain(committed: str) -> None:
    each = rounds(6, 200)
    by = acting()
    with unit(by):
        before = verify(here().id)[0]

    def write() -> None:
        for number in range(each):
            with unit(by) as entered:
                journal.record(by=entered, act=f"test.{number}", on="test.Thing")
        connections.close_all()

    threads = [Thread(target=write) for _ in range(WRITERS)]
    began = time.monotonic()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    took = time.monotonic() - began
    with unit(by):
        assert verify(here().id) == (before + WRITERS * each, None)
    measured("entries/s with 32 writers, a transaction each", WRITERS * each / took)


def test_kill_9_never_leaves_a_change_without_its_entry(committed: str) -> None:
    """A child makes accounts until it is killed; each account that is there was told, each told one is there."""
    rng, kills = Random(20261125), rounds(20, 500)
    by = acting("beheer")
    for number in range(kills):
        connections.close_all()
        begun, begins = os.pipe()
        child = os.fork()
        if child == 0:
            _work_until_killed(number, begins)
        os.read(begun, 1)
        os.close(begun)
        os.close(begins)
        time.sleep(rng.random() * 0.05)
        os.kill(child, signal.SIGKILL)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    with unit(by):
        made = set(User.objects.filter(email__startswith="kill-").values_list("id", flat=True))
        told = [one for entry in Entry.objects.filter(act="user.make") for one in entry.ids]
        assert made <= set(told)
        assert len(told) == len(set(told))
        assert set(told) <= set(User.objects.values_list("id", flat=True))
        assert verify(here().id)[1] is None
    assert len(made) >= kills
    measured("kills -9 between change and entry", kills)
    measured("accounts made, each with its one entry", len(made))


def _work_until_killed(number: int, begins: int) -> None:
    """Never returns; says on `begins` that its first account was made."""
    try:
        by = acting("beheer")
        for count in range(100000):
            with unit(by) as entered:
                people.make_user(by=entered, mail=f"kill-{number}-{count}@oefen.example", name="Een Ander")
            if count == 0:
                os.write(begins, b"1")
    finally:
        os._exit(1)


def test_a_long_sound_chain_gives_no_alarm(committed: str) -> None:
    """In prove/ a million rows, by the command that an operator runs: 60 s, 200 MB and 20,000 rows/s at the most."""
    count, place, who = rounds(4_500, 1_000_000), here().id, user("meldpunt").id
    with system(place, MONDAY):
        before = verify(place)[0]
    for start in range(0, count, 5000):
        with system(place, MONDAY):
            append([_entry(place, who) for _ in range(min(5000, count - start))])
    with unit(acting()):
        assert verify(place) == (before + count, None)
    if rounds(0, 1):
        connections.close_all()
        _by_command(committed, before + count)


def _by_command(database: str, rows: int) -> None:
    """`verify_journal` as a process of its own: what it says, how long it took and the most memory it had."""
    command = [sys.executable, "-m", "django", "verify_journal", "--json"]
    began, most = time.monotonic(), 0.0
    with subprocess.Popen(command, env=environment(database), stdout=subprocess.PIPE) as process:
        while process.poll() is None:
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
            found = re.search(r"VmHWM:\s+(\d+) kB", status)
            most = max(most, int(found[1]) / 1024 if found else 0)
            time.sleep(0.05)
        took = time.monotonic() - began
        told = json.loads(process.stdout.read()) if process.stdout else {}
    assert told["whole"], told
    assert max(one["entries"] for one in told["chains"]) >= rows
    measured("rows in the chain that was verified, no alarm", rows)
    measured("seconds for the whole command, at most 60", took)
    measured("rows/s, at least 20,000", rows / took)
    measured("MB at the peak, the whole process, at most 200", most)
    assert took <= 60
    assert rows / took >= 20_000
    assert most <= 200


def _entry(place: UUID, who: UUID) -> Entry:
    return Entry(
        chain=place, at=datetime.now(UTC), actor=who, roles=["meldpunt"], act="look", on="route.Signal", ids=[who],
        fields=["reason"], result="done", origin="127.0.0.1",
    )  # fmt: skip
