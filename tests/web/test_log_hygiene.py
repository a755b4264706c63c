"""No content in any log: a real web server and worker fail with names, numbers and secrets in their hands (T34)."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import IO
from urllib.parse import quote

import pytest
from django.core.exceptions import ImproperlyConfigured

from intake import mails
from launcher.serve import GUNICORN, QUIET
from meldroute.people.unit import unit
from meldroute.post.models import Outgoing
from meldroute.web.quiet import Lines, told
from people_here import acting
from post import wires
from post.mails import queued
from post.wires import Does, Point, Server
from web.serving import ROOT, database_url

CANARIES = ("Kanarie Vogelsang", "999990019", "Wachtwoord-Kanarie-7", "mr-kanarietoken22", "matrassenkanarie")
FORGED = "2026-01-01 00:00:00,000 CRITICAL meldroute alles is goed"
ALL = " ".join(CANARIES)
CRAFTED = f"{ALL}\r\n{FORGED}"


def environ(name: str, folder: Path, smtp: int) -> dict[str, str]:
    told = {key: value for key, value in os.environ.items() if key != "MELDROUTE_OWNER_DATABASE_URL"}
    return told | {
        "DATABASE_URL": database_url(name),
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "web.failing_settings",
        "MELDROUTE_MAILBOX": f"maildir:{folder}",
        "MELDROUTE_MUNICIPALITY": "heemstede",
        "MELDROUTE_SMTP_URL": f"smtp://127.0.0.1:{smtp}",
    }


@contextmanager
def web(variables: dict[str, str], log: IO[bytes]) -> Iterator[int]:
    """gunicorn with the arguments of `./meldroute run`, and its access log asked for."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as opened:
        port = int(opened.getsockname()[1])
        command = [sys.executable, "-m", "gunicorn", "--bind", f"fd://{opened.fileno()}", *GUNICORN, *QUIET]
        command += ["--access-logfile", "-", "--workers", "1", "meldroute.web.wsgi"]
        variables = variables | {"MELDROUTE_BASE_URL": f"http://localhost:{port}"}
        process = subprocess.Popen(
            command, env=variables, pass_fds=(opened.fileno(),), stdout=log, stderr=log, cwd=ROOT
        )
        try:
            yield port
        finally:
            process.terminate()
            process.wait(15)


def ask(port: int, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, str]:
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    sent = {"Host": f"localhost:{port}", "Content-Type": "application/x-www-form-urlencoded"} | headers
    line.request(method, path, body, sent)
    answer = line.getresponse()
    told = answer.status, answer.read().decode("utf-8", "replace")
    line.close()
    return told


def raw(port: int, request: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(request)
        line.recv(4096)


def fail_on_the_web(port: int) -> list[tuple[int, str]]:
    """Every way that we know in which an address, a field, a header or an exception can come into a log."""
    word, plain = quote(CRAFTED), quote(ALL)
    answers = [
        ask(port, "GET", f"/stuk/{plain}?zoek={word}", Referer=f"http://localhost/{quote(ALL)}"),
        ask(port, "GET", f"/vraag/{plain}"),
        ask(port, "GET", f"/verdacht/{plain}"),
        ask(port, "GET", f"/bestaat-niet/{word}?naam={word}"),
        ask(port, "POST", "/inloggen/", f"username={word}&password={word}"),
        ask(port, "GET", "/inloggen/", Host=quote("Kanarie Vogelsang") + ".example"),
        ask(port, "GET", f"/aanmelden/{CANARIES[3]}/"),
        ask(port, "POST", "/inloggen/", "&".join(f"a{one}={CANARIES[4]}" for one in range(2100))),
    ]
    raw(port, f"GET /{CANARIES[3]} {ALL}\r\n\r\n".encode())
    raw(port, f"GET / HTTP/1.1\r\nHost: localhost\r\n{CANARIES[2]}\r\n\r\n".encode())
    raw(port, f"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: {CANARIES[2] * 2000}\r\n\r\n".encode())
    return answers


def lines_of(log: IO[bytes]) -> list[str]:
    log.seek(0)
    return log.read().decode().splitlines()


@pytest.mark.usefixtures("django_db_setup")
def test_no_content_in_any_log(committed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = tmp_path / "box"
    box.mkdir()
    (box / "1.eml").write_bytes(mails.mail(ALL, ALL, sender="Kanarie Vogelsang <k@inwoner.example>").as_bytes())
    (box / "2.eml").write_bytes(
        f"From: {ALL}\r\nContent-Type: text/{ALL}; charset={ALL}\r\n\r\n\xff{ALL}".encode("latin-1")
    )
    monkeypatch.setitem(wires.CODES, Does.REFUSE, f"550 5.1.1 <{CANARIES[3]}@inwoner.example> {ALL}")
    with unit(acting(at=datetime.now(UTC))) as by:
        queued(by, to="kanarie@oefen.example", subject=ALL, body=ALL)
    with Server(Point.RCPT, Does.REFUSE) as server, tempfile.TemporaryFile() as log, tempfile.TemporaryFile() as jobs:
        variables = environ(committed, box, server.port)
        with web(variables, log) as port:
            answers = fail_on_the_web(port)
        worker = [sys.executable, "-m", "web.failing_worker", CRAFTED]
        assert subprocess.run(
            worker, env=variables, stdout=jobs, stderr=jobs, cwd=ROOT, timeout=120, check=False
        ).returncode
        web_lines, worker_lines = lines_of(log), lines_of(jobs)
    for line in (*web_lines, *worker_lines):
        assert not [one for one in (*CANARIES, *map(quote, CANARIES), "kanarie") if one.lower() in line.lower()], line
        assert not line.startswith("2026-01-01")
    assert [status for status, _ in answers[:5]] == [500, 500, 400, 404, 403]
    assert not [page for status, page in answers if status == 500 and (CANARIES[1] in page or "Traceback" in page)]
    told = "\n".join(web_lines)
    for wanted in (
        "builtins.ValueError",
        "failing_urls.py:",
        "psycopg.errors.InvalidTextRepresentation [22P02]",
        " 404",
        "gunicorn.error base:",
    ):
        assert wanted in told, told
    told = "\n".join(worker_lines)
    for wanted in ("meldroute.worker stuk: builtins.ValueError", "builtins.LookupError", "builtins.RuntimeError"):
        assert wanted in told, told
    with unit(acting(at=datetime.now(UTC))):
        assert Outgoing.objects.get().state == "failed"


def record(name: str, words: str, *values: object, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    return Lines().format(logging.LogRecord(name, logging.ERROR, "x/y.py", 7, words, values, info))


def test_a_line_stays_one_line_and_a_library_shows_only_its_fixed_words() -> None:
    assert record("meldroute.worker", "%s: kapot", "post\r\n\x1b[2J\u2028").endswith(
        r"post\x0d\x0a\x1b[2J\x2028: kapot"
    )
    assert record("django.request", "%s: %s", "Not Found", "/jan").endswith("ERROR django.request …: …")
    assert record("gunicorn.error", "WORKER TIMEOUT (pid:%s)", 4711).endswith("WORKER TIMEOUT (pid:4711)")
    assert record("x", "%s", 999990019).endswith(" …")
    assert record("gunicorn.error", "Invalid request: Jan").endswith("gunicorn.error y:7")
    assert record("x", "%d", "Jan").endswith(" %d")


def test_of_an_exception_the_kinds_and_places_are_told() -> None:
    try:
        try:
            int("Kanarie")
        except ValueError as error:
            raise OSError(13, "Kanarie") from error
    except OSError as error:
        said = told(error)
    assert said.startswith("builtins.PermissionError [13] (tests/web/test_log_hygiene.py:")
    assert "<- builtins.ValueError (" in said
    assert "Kanarie" not in said
    assert "MELDROUTE_X" in told(ImproperlyConfigured("MELDROUTE_X ontbreekt"))
