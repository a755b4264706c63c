"""Estimations in the background: a worker killed, two workers, stopped by a person, the same bits every time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from figures import numbers_here as numbers
from intake.commands_here import environment
from meldroute.domain.estimation import Table
from meldroute.figures import ticking
from meldroute.figures.actions import carrying, runs
from meldroute.figures.computing import GONE, carry_out, years_of
from meldroute.figures.models import Overlap, Run, RunState, Trouble
from meldroute.people.unit import system, unit
from people_here import acting, here

PATIENCE = 60.0


@pytest.fixture
def own(committed: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database of its own that processes begun here connect to as well."""
    for name, value in environment(committed).items():
        monkeypatch.setenv(name, value)
    yield committed
    for child in ticking._busy.values():
        child.kill()
        child.wait()
    ticking._busy.clear()


def state(run: Run) -> Run:
    with unit(acting("analist", at=numbers.now())):
        return Run.objects.get(id=run.id)


def until(run: Run, *states: RunState) -> Run:
    """The run once it is in one of these states."""
    ends = time.monotonic() + PATIENCE
    while (row := state(run)).state not in states:
        assert time.monotonic() < ends, row.state
        time.sleep(0.1)
    return row


def child() -> Any:
    return ticking._busy[here().id]


def test_the_worker_begins_a_process_and_the_answer_is_the_same_bits_as_here(own: str) -> None:
    table = numbers.estimable()
    here_and_now = state(numbers.finished(table, 200))
    waiting = numbers.asked(table, 200, at=numbers.now())
    assert ticking.estimate_next(here().id, numbers.now())
    done = until(waiting, RunState.DONE)
    assert child().wait(PATIENCE) == 0
    assert json.dumps(without_time(done.answer), sort_keys=True) == json.dumps(
        without_time(here_and_now.answer), sort_keys=True
    )
    assert done.outside == here_and_now.outside
    assert (done.fence, done.version) == (None, "1.0")


def without_time(answer: Any) -> Any:
    return {**answer, "estimates": [{**one, "cpu_seconds": None} for one in answer["estimates"]]}


def test_kill_9_of_the_estimation_loses_nothing_and_three_times_is_said(own: str) -> None:
    run = numbers.asked(numbers.heavy(), 20_000, at=numbers.now(), methods="bic")
    for attempt in range(1, carrying.MOST_ATTEMPTS + 1):
        at = numbers.now() + attempt * 2 * carrying.LEASE
        assert ticking.estimate_next(here().id, at) is not None
        assert state(run).attempts == attempt
        os.kill(child().pid, signal.SIGKILL)
        assert child().wait(PATIENCE) == -signal.SIGKILL
        assert state(run).state == RunState.RUNNING
        assert ticking.estimate_next(here().id, at) is None
    late = numbers.now() + 10 * carrying.LEASE
    assert ticking.estimate_next(here().id, late) is None
    assert (state(run).state, state(run).trouble) == (RunState.FAILED, Trouble.STOPPED)


def test_after_a_kill_the_next_worker_ends_what_the_first_began(own: str) -> None:
    run = numbers.asked(numbers.estimable(), 100, at=numbers.now())
    with system(here().id, numbers.now()) as by:
        first = carrying.claim(by=by)
    assert first is not None
    killed = ticking.begun(first)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait(PATIENCE)
    assert ticking.estimate_next(here().id, numbers.now() + 2 * carrying.LEASE) is not None
    done = until(run, RunState.DONE)
    assert done.attempts == 2
    assert first.fence is not None
    assert carry_out(here().id, run.id, first.fence) == GONE


def test_a_worker_killed_leaves_its_estimation_alive(own: str) -> None:
    run = numbers.asked(numbers.estimable(), 100, at=numbers.now())
    command = [sys.executable, "-m", "django", "worker"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as worker:
        try:
            until(run, RunState.RUNNING, RunState.DONE)
        finally:
            worker.kill()
    assert until(run, RunState.DONE).attempts == 1


def test_a_person_stops_it_and_the_process_ends(own: str) -> None:
    run = numbers.asked(numbers.heavy(), 20_000, at=numbers.now(), methods="bic")
    ticking.estimate_next(here().id, numbers.now())
    time.sleep(1)
    with unit(acting("analist", at=numbers.now())) as by:
        runs.cancel(by=by, run=Run.objects.get(id=run.id))
    assert child().wait(PATIENCE) == GONE
    row = state(run)
    assert (row.state, row.answer) == (RunState.CANCELLED, None)


def test_two_workers_one_run(own: str) -> None:
    numbers.asked(numbers.sparse(), at=numbers.now())
    start, at = Barrier(8), numbers.now()

    def take() -> Run | None:
        start.wait()
        try:
            with system(here().id, at) as by:
                return carrying.claim(by=by)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        taken = [one for one in (task.result() for task in [pool.submit(take) for _ in range(8)]) if one]
    assert len(taken) == 1


@pytest.mark.django_db
def test_a_lost_fence_writes_nothing() -> None:
    run = numbers.asked(numbers.sparse())
    with system(here().id, numbers.MONDAY) as by:
        taken = carrying.claim(by=by)
        assert taken is not None
        assert taken.fence is not None
        stale = {"by": by, "run_id": run.id, "fence": uuid4()}
        assert not carrying.beat(**stale, work="x", done=1, total=2)
        assert not carrying.fail(**stale, trouble=Trouble.FAULT)
        assert not carrying.finish(**stale, version="1.0", answer={}, outside={})
        assert carrying.beat(by=by, run_id=run.id, fence=taken.fence, work="bootstrap", done=1, total=2)
        assert carrying.claim(by=by) is None
        assert carrying.fail(by=by, run_id=run.id, fence=taken.fence, trouble=Trouble.MEMORY)
    row = Run.objects.get()
    assert (row.state, row.trouble, row.fence) == (RunState.FAILED, Trouble.MEMORY, None)


@pytest.mark.django_db
def test_what_runs_stays_one_at_a_time_per_municipality() -> None:
    first, second = numbers.asked(numbers.sparse()), numbers.asked(numbers.sparse())
    with system(here().id, numbers.MONDAY) as by:
        taken = carrying.claim(by=by)
        assert taken is not None
        assert taken.id in (first.id, second.id)
        assert carrying.claim(by=by) is None
        again = carrying.claim(by=by.moved(by.at + carrying.LEASE + timedelta(seconds=1)))
        assert again is not None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("last", "years"), [("2025-12-31", 1), ("2026-01-01", 1), ("2026-06-30", 2), ("2027-12-31", 3)]
)
def test_years_that_are_pooled(last: str, years: int) -> None:
    with unit(acting("analist")) as by:
        row = numbers.brought(by, Table.of(("A", "B"), {1: 3}))
        Overlap.objects.filter(id=row.id).update(ends_on=last)
        assert years_of(Overlap.objects.get()) == years
