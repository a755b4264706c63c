"""A worker that is silent, or that keeps failing, is seen by who can do something about it (T10)."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from threading import Event
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from intake.commands_here import environment
from meldroute.web import pulse
from meldroute.web.models import Pulse
from meldroute.web.ticks import TICKS
from meldroute.web.worker import Tick, work
from people_here import user

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def page(name: str, at: datetime) -> str:
    client = Client()
    with time_machine.travel(at, tick=False):
        client.force_login(user(name))
        return client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "sees"), [("meldpunt", True), ("beheer", True), ("melder", False), ("fg", False)])
def test_who_sees_that_it_is_silent(name: str, sees: bool) -> None:
    pulse.beat("postbus", AT)
    pulse.beat("post", AT - timedelta(hours=3))
    assert "De worker" not in page(name, AT + pulse.SILENT)
    later = page(name, AT + pulse.SILENT + timedelta(seconds=1))
    assert ("De worker draait niet sinds" in later) is sees
    assert ("Bel de beheerder" in later) is sees


@pytest.mark.django_db
def test_a_worker_that_never_ran_is_seen_too() -> None:
    assert "De worker heeft hier nog niet gedraaid" in page("meldpunt", AT)
    assert Client().get("/leeft/").content.decode() == "ok\nworker stil sinds: nooit\n"


@pytest.mark.django_db
def test_what_keeps_failing_is_named_while_the_rest_goes_on() -> None:
    pulse.beat("scannen", AT, "")
    for minutes in (1, 2, 3):
        pulse.beat("scannen", AT + timedelta(minutes=minutes), "OSError")
        pulse.beat("post", AT + timedelta(minutes=minutes))
    shown = page("meldpunt", AT + timedelta(minutes=3))
    assert "Dit lukt niet sinds" in shown
    assert "scannen" in shown
    assert "De worker draait niet" not in shown
    pulse.beat("scannen", AT + timedelta(minutes=4))
    assert pulse.look(AT + timedelta(minutes=4)).well
    assert Pulse.objects.count() == 2


@pytest.mark.django_db
def test_it_says_so_to_a_monitor() -> None:
    with time_machine.travel(AT, tick=False):
        pulse.beat("postbus", AT)
        assert Client().get("/leeft/").content == b"ok\nworker: 2026-11-25T09:00:00Z\n"
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        assert b"worker stil sinds: 2026-11-25T09:00:00Z" in Client().get("/leeft/").content


@pytest.mark.django_db
def test_a_clock_that_went_back_makes_no_false_alarm() -> None:
    pulse.beat("postbus", AT)
    assert pulse.look(AT - timedelta(hours=1)).well


def test_the_worker_writes_down_each_turn_and_a_failure_stops_no_other(committed: str) -> None:
    assert committed
    stop, seen = Event(), list[UUID]()

    def bad(place: UUID, at: datetime) -> None:
        raise ValueError("stuk")

    def good(place: UUID, at: datetime) -> None:
        seen.append(place)
        if len(seen) == 4:
            stop.set()

    work((Tick("slecht", 0.0, bad), Tick("goed", 0.0, good)), stop, pause=0.0)
    rows = {row.name: row for row in Pulse.objects.all()}
    assert (rows["slecht"].trouble, rows["slecht"].good_at) == ("ValueError", None)
    assert (rows["goed"].trouble, rows["goed"].good_at) == ("", rows["goed"].at)


def test_the_real_worker_beats_and_a_killed_one_stops(committed: str) -> None:
    command = [sys.executable, "-m", "django", "worker"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    child = subprocess.Popen(command, env=environment(committed), **quiet)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and Pulse.objects.count() < len(TICKS):
            time.sleep(0.1)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait(10)
    assert {row.name for row in Pulse.objects.all()} == {tick.name for tick in TICKS}
    assert {row.trouble for row in Pulse.objects.all()} == {""}
    last = pulse.look(datetime.now(UTC)).last
    assert last is not None
    assert pulse.look(last + pulse.SILENT + timedelta(seconds=1)).silent
