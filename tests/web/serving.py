"""The real web server (gunicorn) on the database of a test, and a browser without a screen that keeps cookies."""

from __future__ import annotations

import html
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]


def database_url(name: str, port: int | None = None) -> str:
    """The address of this database for the role `app`; through another port when given."""
    told = urlsplit(os.environ["DATABASE_URL"])
    place = told.netloc if port is None else f"{told.username}:{told.password}@127.0.0.1:{port}"
    return urlunsplit(told._replace(netloc=place, path=f"/{name}"))


@contextmanager
def served(url: str, *, workers: int = 1, address: str = "") -> Iterator[int]:
    """gunicorn as `./meldroute run` starts it, or behind a proxy at `address`; gives its port."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as opened, tempfile.TemporaryFile() as log:
        port = int(opened.getsockname()[1])
        environ = {name: value for name, value in os.environ.items() if name != "MELDROUTE_OWNER_DATABASE_URL"}
        environ |= {"DATABASE_URL": url, "PYTHONPATH": str(ROOT / "src")}
        environ |= {"MELDROUTE_BASE_URL": address or f"http://localhost:{port}"}
        command = [sys.executable, "-m", "gunicorn", "--bind", f"fd://{opened.fileno()}", "--workers", str(workers)]
        command += ["--threads", "4", "--preload", "--error-logfile", "-", "--log-level", "warning"]
        command += ["--no-control-socket", "--logger-class", "meldroute.web.weblog.WebLog", "meldroute.web.wsgi"]
        process = subprocess.Popen(command, env=environ, pass_fds=(opened.fileno(),), stdout=log, stderr=log, cwd=ROOT)
        try:
            _wait(port, process)
            yield port
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait(10)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError):
            if Visitor(port).get("/waar-melden/").status:
                return
        time.sleep(0.1)
    raise RuntimeError("gunicorn did not start")


@dataclass
class Page:
    """One answer."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Name and value of every hidden field."""
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', self.text)
        return [(name, html.unescape(value)) for name, value in found]


@dataclass
class Visitor:
    """Somebody with a browser."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Page:
        """GET."""
        return self._ask("GET", path, None)

    def post(self, path: str, told: Mapping[str, str] | list[tuple[str, str]]) -> Page:
        """POST as a form."""
        return self._ask("POST", path, urlencode(list(told.items()) if isinstance(told, Mapping) else told))

    def login(self, name: str, password: str) -> None:
        """Through the login page."""
        page = self.get("/inloggen/")
        token = dict(page.fields)["csrfmiddlewaretoken"]
        told = {"csrfmiddlewaretoken": token, "username": f"{name}@oefen.example", "password": password}
        assert self.post("/inloggen/", told).status == 302

    def token(self, path: str) -> str:
        """The token of the form on this page."""
        return dict(self.get(path).fields)["csrfmiddlewaretoken"]

    def _ask(self, method: str, path: str, body: str | None) -> Page:
        line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Host": f"localhost:{self.port}", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            self._keep(answer)
            return Page(answer.status, dict(answer.getheaders()), answer.read().decode("utf-8", "replace"))
        finally:
            line.close()

    def _keep(self, answer: HTTPResponse) -> None:
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
