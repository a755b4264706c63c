"""Many writers, kills and a long chain: no fork, no change without its entry, no false alarm (T32, T33)."""

from __future__ import annotations

import os
import resource
import signal
import time
from datetime import UTC, datetime
from random import Random
from threading import Thread
from uuid import UUID

from django.db import connection, connections

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
    """The time and memory are measured in prove/; here only that all of it holds."""
    count, place, who = rounds(4_500, 200_000), here().id, user("meldpunt").id
    with system(place, MONDAY):
        before = verify(place)[0]
        for start in range(0, count, 5000):
            append([_entry(place, who) for _ in range(min(5000, count - start))])
    connection.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with unit(acting()):
        began, cpu = time.monotonic(), time.process_time()
        assert verify(place) == (before + count, None)
        took = time.monotonic() - began
    measured("rows in the chain that was verified", before + count)
    measured("rows/s verified", (before + count) / took)
    measured("rows/s verified, CPU of the application", (before + count) / (time.process_time() - cpu))
    measured(
        "MB more at the peak while verifying", (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024
    )


def _entry(place: UUID, who: UUID) -> Entry:
    return Entry(
        chain=place, at=datetime.now(UTC), actor=who, roles=["meldpunt"], act="look", on="route.Signal", ids=[who],
        fields=["reason"], result="done", origin="127.0.0.1",
    )  # fmt: skip
