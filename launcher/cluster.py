"""The embedded PostgreSQL of one installation: made on first use, started, shared by commands, stopped by the last."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from launcher import binaries, network, postmaster, roles
from launcher.binaries import Binaries
from launcher.files import last_lines, read_json, read_text, write_json, write_private
from launcher.identity import Identity, identity_of
from launcher.interruption import not_now
from launcher.locks import Lock, wait_for
from launcher.places import HANDED_OVER, Installation, Places, make_folder
from launcher.roles import Passwords
from launcher.say import refuse, say

MADE_ROLES = "database-roles"
FILLED = ("migrated", "set-up")  # what has been done to a database; forgotten when a new one is made
BUSY = "De database van deze map wordt net gestart of gestopt."
ON_LINUX = ("recovery_init_sync_method=syncfs",)  # back in half a second after kill -9, instead of five
ONLY_IN_TESTS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SETTINGS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "password_encryption=scram-sha-256",
    "max_connections=60",
    "timezone=UTC",
    "log_timezone=UTC",
    # personal data must not reach the log: no statements, no parameters, no row contents
    "log_statement=none",
    "log_min_error_statement=panic",
    "log_parameter_max_length_on_error=0",
    "log_error_verbosity=terse",
)


class Cluster:
    """The database server of an installation."""

    def __init__(self, places: Places, installation: Installation, source: str | None = None) -> None:
        self.places = places
        self.installation = installation
        self.source = source
        self.users = Lock(installation.folder / "database-users.lock")

    @cached_property
    def folder(self) -> Path:
        """The database's folder: in the state folder, or handed over where its user cannot come there."""
        return database_folder(self.places, self.installation)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def identity(self) -> Identity:
        return identity_of(self.data)

    @cached_property
    def binaries(self) -> Binaries:
        version = read_text(self.data / "PG_VERSION")
        found = binaries.find(self.places, self.source, int(version) if version else None)
        return binaries.reachable(found, self.identity, self.places)

    @property
    def passwords(self) -> Passwords:
        return Passwords(**read_json(self.installation.folder / "database-passwords"))

    @contextmanager
    def opened(self) -> Iterator[int]:
        """The server's port; it runs as long as any command is inside, and the last one out stops it."""
        make_folder(self.installation.folder)
        try:
            with self._starting():
                wait_for(self.users.shared, BUSY, 120)
                port = self._running_port() or self.start()
                self._make_roles(port)
            yield port
        finally:
            with not_now():
                self.leave()

    @contextmanager
    def _starting(self) -> Iterator[None]:
        lock = Lock(self.installation.folder / "database-start.lock")
        try:
            wait_for(lock.alone, BUSY, 120)
            yield
        finally:
            lock.release()

    def leave(self) -> None:
        """Stop the server, unless another command still uses it."""
        try:
            with self._starting():
                if self.users.alone():
                    self.stop()
        finally:
            self.users.release()

    def url(self, role: str, port: int) -> str:
        return f"postgresql://{role}:{getattr(self.passwords, role)}@127.0.0.1:{port}/{roles.DATABASE}"

    def alive(self) -> bool:
        return postmaster.running(self.data) is not None

    def _running_port(self) -> int | None:
        server = postmaster.running(self.data)
        if server is None or not self._answers(server.port):
            return None
        return server.port

    def start(self) -> int:
        """Start the server (again), after a crash too; the port stays the same when it is free."""
        self._make()
        postmaster.clear_away(self.data)
        wait_for(lambda: not postmaster.leftovers(self.data), BUSY, 30)
        for attempt in range(6):
            port = self._port(attempt)
            if self._try_start(port):
                return port
            time.sleep(0.2 * attempt)
        refuse(f"De database start niet. Het einde van het logboek {self.log}:\n{last_lines(self.log)}")

    def stop(self) -> None:
        """Stop within seconds; a server that will not, is stopped at once (it recovers on the next start)."""
        for manner in ("fast", "immediate"):
            if self.alive():
                self._pg_ctl("stop", "-m", manner, "-t", "20")

    def _port(self, attempt: int) -> int:
        """The port of last time, so that a restart keeps its address; another one if that is taken."""
        last = read_text(self.installation.folder / "database-port")
        if last and last.isdigit() and attempt < 4 and network.is_free(int(last)):
            return int(last)
        port = network.free_port()
        write_private(self.installation.folder / "database-port", str(port))
        return port

    def _try_start(self, port: int) -> bool:
        chosen = (*SETTINGS, *(ON_LINUX if sys.platform == "linux" else ()))
        chosen += () if self.installation.durable else ONLY_IN_TESTS
        options = " ".join(["-p", str(port), *(f"-c {each}" for each in chosen)])
        if self.log.exists() and self.log.stat().st_size > 10_000_000:
            self.log.unlink()
        self._pg_ctl("start", "-t", "60", "-l", str(self.log), "-o", options)
        return self.alive() and self._answers(port)

    def _pg_ctl(self, *arguments: str) -> int:
        """Its own session: Ctrl-C in the terminal must not reach the database."""
        command = [self.binaries.program("pg_ctl"), "-D", str(self.data), "-w", "-s", *arguments]
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            cwd="/",
            env=plain_environment(),
            start_new_session=True,
            **self.identity.options,
        ).returncode

    def _answers(self, port: int) -> bool:
        """Wait out a start or a recovery, at most a minute."""
        command = [self.binaries.program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        for _ in range(300):
            if subprocess.run(command, check=False, env=plain_environment()).returncode == 0:
                return True
            if not self.alive():
                return False
            time.sleep(0.2)
        return False

    def _make(self) -> None:
        """initdb into a folder of its own and then rename: a half-made database never looks whole."""
        if self.data.exists():
            self._must_be_complete()
            return
        say("Database maken")
        who = self.identity
        passwords = Passwords(*(secrets.token_urlsafe(32) for _ in range(3)))
        write_json(self.installation.folder / "database-passwords", vars(passwords))
        unfinished = self.folder / "data.unfinished"
        _remove(unfinished)
        with _password_file(self.folder, passwords.admin, who) as password_file:
            self._initdb(unfinished, password_file, who)
        for what in (MADE_ROLES, *FILLED):
            (self.installation.folder / what).unlink(missing_ok=True)
        unfinished.rename(self.data)

    def _initdb(self, target: Path, password_file: Path, who: Identity) -> None:
        command = [self.binaries.program("initdb"), "-D", str(target), "-U", roles.ADMIN, "--data-checksums"]
        command += ["--auth=scram-sha-256", f"--pwfile={password_file}", "--encoding=UTF8", "--locale=C.UTF-8"]
        command += ["--no-instructions"] if self.installation.real else ["--no-instructions", "--no-sync"]
        made = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd="/", env=plain_environment(), **who.options
        )
        if made.returncode != 0:
            refuse(f"De database kan niet worden gemaakt:\n{made.stderr.strip()}")

    def _must_be_complete(self) -> None:
        if not (self.installation.folder / "database-passwords").exists():
            refuse(
                f"De wachtwoorden van de database ontbreken ({self.installation.folder}/database-passwords). Zet dat "
                f"bestand terug, of verplaats {self.data} om opnieuw te beginnen."
            )

    def _make_roles(self, port: int) -> None:
        done = self.installation.folder / MADE_ROLES
        if not done.exists():
            roles.make(self.binaries.program("psql"), port, self.passwords, self.installation.throw_away)
            write_private(done, "made\n")


def plain_environment() -> dict[str, str]:
    """What PostgreSQL's programs get to see: none of the user's PG* settings, one locale, one time zone."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def database_folder(places: Places, installation: Installation) -> Path:
    """The folder of the database, existing and handed to its user.

    In the state folder; below a closed folder (as with a clone in root's own home) in /var/lib/meldroute.
    """
    make_folder(installation.folder)
    inside = installation.folder / "database"
    outside = HANDED_OVER / places.mark / installation.name
    who = identity_of(inside / "data" if (inside / "data").exists() else outside / "data")
    if (inside / "data").exists() or who.uid is None or who.can("-x", installation.folder):
        return _handed(inside, who)
    HANDED_OVER.mkdir(mode=0o755, parents=True, exist_ok=True)
    _handed(outside.parent, who)
    _set_aside_strange(outside, installation)
    return _handed(outside, who)


def _handed(folder: Path, who: Identity) -> Path:
    if not folder.exists():
        folder.mkdir(mode=0o700)
        who.give(folder)
    return folder


def _set_aside_strange(folder: Path, installation: Installation) -> None:
    """A database left by an earlier clone at the same path has other keys: keep it, but out of the way."""
    if not (folder / "data").exists() or (installation.folder / "database-passwords").exists():
        return
    server = postmaster.running(folder / "data")
    if server is not None:
        with suppress(ProcessLookupError):
            os.kill(server.pid, 2)
        wait_for(lambda: postmaster.running(folder / "data") is None, BUSY, 60)
    aside = folder.with_name(f"{folder.name}-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    say(f"Er lag nog een database van een eerdere kloon op deze plek; die staat nu in {aside}")
    folder.rename(aside)


@contextmanager
def _password_file(folder: Path, password: str, who: Identity) -> Iterator[Path]:
    handle, name = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(password + "\n")
            if who.uid is not None and who.gid is not None:
                os.fchown(file.fileno(), who.uid, who.gid)
        yield Path(name)
    finally:
        os.unlink(name)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
