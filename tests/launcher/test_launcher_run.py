"""`run` with real processes: it starts, tells, looks after, and stops everything in order."""

import json
import os
import re
import signal
import smtplib
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from launcher_clones import clean_environment, make_clone, meldroute, stop_database, wait_until

from launcher import network
from launcher.places import Places


class Running:
    """One `./meldroute run` in a session of its own, like a terminal."""

    def __init__(self, where: Places, *options: str, **extra: str) -> None:
        self.state = where.state / ("empty" if "--empty" in options else "practice")
        self.output = where.root / f"output-{self.state.name}"
        self.progress = where.root / f"progress-{self.state.name}"
        self.before = len(self.calls)
        with self.output.open("w") as output, self.progress.open("w") as progress:
            self.process = subprocess.Popen(
                [sys.executable, str(where.root / "meldroute"), "run", *options],
                stdout=output,
                stderr=progress,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env=clean_environment(**extra),
            )

    def wait(self) -> "Running":
        wait_until(lambda: "Ctrl-C" in self.told or self.process.poll() is not None, 40)
        assert self.process.poll() is None, self.progress.read_text()
        return self

    @property
    def told(self) -> str:
        return self.output.read_text()

    @property
    def port(self) -> int:
        match = re.search(r"http://localhost:(\d+)", self.told)
        assert match
        return int(match[1])

    @property
    def calls(self) -> list[str]:
        """What the stand-ins noted, in this run and in earlier ones."""
        notes = self.state / "calls"
        return notes.read_text().splitlines() if notes.exists() else []

    def pids(self, what: str) -> list[int]:
        return [int(call.split()[1]) for call in self.calls[self.before :] if re.fullmatch(rf"{what} \d+", call)]

    def pid_of(self, what: str) -> int:
        """The newest process of this kind in this run."""
        wait_until(lambda: self.pids(what))
        return self.pids(what)[-1]

    def ctrl_c(self) -> int:
        """What a terminal does: SIGINT to the whole process group."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(30)

    def answers(self) -> bool:
        return network.answers_http(self.port, 3)


@contextmanager
def started(where: Places, *options: str, **extra: str) -> Iterator[Running]:
    running = Running(where, *options, **extra)
    try:
        yield running.wait()
    finally:
        if running.process.poll() is None:
            running.ctrl_c()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except FileNotFoundError:
        return False


def server_pid(state: Path) -> int:
    return int((state / "database/data/postmaster.pid").read_text().split()[0])


@pytest.fixture(scope="module")
def clone(open_folder: Path) -> Iterator[Places]:
    """One clone for the module; its first start fills it."""
    where = make_clone(open_folder / "run")
    yield where
    stop_database(where)


def test_it_tells_the_address_the_accounts_and_where_to_drop_a_mail(clone: Places) -> None:
    with started(clone) as running:
        assert running.answers()
        assert "meldpunt@oefen.example  oefenen-is-veilig" in running.told
        assert str(running.state / "postbus" / "new") in running.told
        assert (running.state / "postbus" / "new").is_dir()
        assert "noise of the set-up" not in running.told


def test_ctrl_c_stops_web_worker_and_database_in_order_and_says_0(clone: Places) -> None:
    with started(clone) as running:
        pids = [running.pid_of("web"), running.pid_of("worker"), server_pid(running.state)]
        assert all(alive(pid) for pid in pids)
        assert running.ctrl_c() == 0
        assert [call for call in running.calls if "stopped" in call][-2:] == ["web stopped", "worker stopped"]
        assert not any(alive(pid) for pid in pids)
        assert network.is_free(running.port)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_other_ways_to_stop_are_clean_too(clone: Places, number: signal.Signals) -> None:
    with started(clone) as running:
        database = server_pid(running.state)
        running.process.send_signal(number)
        assert running.process.wait(30) == 0
        assert not alive(database)


def test_a_second_start_does_not_set_up_again(clone: Places) -> None:
    meldroute(clone, "manage", "check")
    with started(clone) as running:
        before = running.calls
        assert before.count("migrate as owner") == 1
        assert before.count("setup_practice as owner") == 1


def test_a_second_run_in_the_same_clone_says_where_the_first_is(clone: Places) -> None:
    with started(clone) as running:
        second = meldroute(clone, "run")
        assert second.returncode == 1
        assert f"http://localhost:{running.port}" in second.stderr
        assert running.answers()


def test_commands_use_the_running_database_and_leave_it_running(clone: Places) -> None:
    with started(clone) as running:
        database = server_pid(running.state)
        asked = meldroute(clone, "manage", "sql", "SELECT current_user")
        assert json.loads(asked.stdout) == [["app"]]
        assert server_pid(running.state) == database
        assert alive(database)


def test_what_is_killed_is_started_again(clone: Places) -> None:
    with started(clone) as running:
        web, worker, database = running.pid_of("web"), running.pid_of("worker"), server_pid(running.state)
        for pid in (web, worker, database):
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: running.pid_of("web") != web and running.pid_of("worker") != worker)
        wait_until(lambda: alive(server_pid(running.state)))
        assert running.answers()
        assert json.loads(meldroute(clone, "manage", "sql", "SELECT 1").stdout) == [[1]]


def test_a_killed_launcher_leaves_no_web_server_and_the_next_one_takes_over(clone: Places) -> None:
    with started(clone) as running:
        web, worker, database = running.pid_of("web"), running.pid_of("worker"), server_pid(running.state)
        running.process.kill()
        running.process.wait()
        wait_until(lambda: not alive(web) and not alive(worker))
        assert alive(database)
    with started(clone) as again:
        assert server_pid(again.state) == database
        assert again.answers()
    assert not alive(database)


def test_mail_in_practice_goes_to_a_folder(clone: Places) -> None:
    with started(clone) as running:
        port = json.loads((running.state / "mail-sink.json").read_text())["port"]
        with smtplib.SMTP("127.0.0.1", port) as server:
            server.sendmail("a@oefen.example", ["b@voorbeeld.nl"], b"Message-ID: <1@oefen.example>\r\n\r\nDag\r\n")
        kept = list((running.state / "verzonden").glob("*.eml"))
        assert [b"<1@oefen.example>" in path.read_bytes() for path in kept] == [True]
        kept[0].unlink()


def test_a_second_clone_beside_it_does_not_collide(clone: Places, new_clone: Callable[[], Places]) -> None:
    neighbour = new_clone()
    with started(clone) as first, started(neighbour) as second:
        assert first.port != second.port
        assert first.answers()
        assert second.answers()
        assert server_pid(first.state) != server_pid(second.state)
        second.ctrl_c()
        assert first.answers()


def test_a_real_installation_stands_beside_the_practice_one(clone: Places) -> None:
    with started(clone) as practice, started(clone, "--empty") as real:
        assert practice.port != real.port
        assert "LET OP" in real.told
        assert "oefenen-is-veilig" not in real.told
        assert f"http://localhost:{real.port}/eerste-account/" in real.told
        assert "setup_empty as owner" in real.calls
        shown = json.loads(meldroute(clone, "--empty", "manage", "environment").stdout)
        assert shown["MELDROUTE_PRACTICE"] == "0"
        assert "MELDROUTE_SMTP_URL" not in shown
        assert shown["MELDROUTE_STATE"] == str(clone.state / "empty")


def test_the_asked_port_is_used_or_refused(clone: Places) -> None:
    port = network.free_port()
    taken = network.listening(port)
    assert taken is not None
    with taken:
        refused = meldroute(clone, "run", "--port", str(port))
        assert refused.returncode == 1
        assert f"Poort {port} is al in gebruik" in refused.stderr
    with started(clone, "--port", str(port)) as running:
        assert running.port == port
        assert running.answers()


def test_a_web_server_that_does_not_start_is_said_with_its_own_words(new_clone: Callable[[], Places]) -> None:
    where = new_clone()
    (where.source / "gunicorn" / "__main__.py").write_text("raise SystemExit('the settings are wrong')\n")
    refused = meldroute(where, "run")
    assert refused.returncode == 1
    assert "De webserver start niet" in refused.stderr
    assert "the settings are wrong" in refused.stderr
    assert not list(where.state.glob("*/database/data/postmaster.pid"))
