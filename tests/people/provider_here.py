"""The identity provider of the tests with a proxy before it that can tamper, and somebody with a browser at it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

import requests

from intake.dovecot import free_port
from meldroute.people.provider import Provider

HERE = Path(__file__).parent
PASSWORD, CODE = "oefenen-bij-de-gemeente", "271828"
SECRET = "geheim-van-meldroute-om-te-oefenen"
CLIENT, OTHER = "meldroute", "andere-toepassing"
Change = Callable[[str, bytes], bytes]
"""What goes over the line, by path: another body."""


def as_it_is(path: str, body: bytes) -> bytes:
    """No tampering."""
    return body


class Between(BaseHTTPRequestHandler):
    """Passes everything on, changed as the test wants it."""

    server: Proxy

    def do_GET(self) -> None:
        """Pass on."""
        self.pass_on(b"")

    def do_POST(self) -> None:
        """Pass on with the body."""
        self.pass_on(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def pass_on(self, body: bytes) -> None:
        path = urlsplit(self.path).path
        body = self.server.to_provider(path, body)
        line = HTTPConnection("127.0.0.1", self.server.behind, timeout=30)
        left_out = ("host", "content-length", "connection")
        headers = {name: value for name, value in self.headers.items() if name.lower() not in left_out}
        line.request(self.command, self.path, body or None, headers | {"Host": f"127.0.0.1:{self.server.behind}"})
        answer = line.getresponse()
        told = self.server.from_provider(path, answer.read())
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("content-length", "connection", "server", "date", "transfer-encoding"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)
        line.close()

    def log_message(self, *_: object) -> None:
        """Nothing."""


class Proxy(ThreadingHTTPServer):
    """The address that people and meldroute know; `behind` is where the provider itself listens."""

    daemon_threads = True
    to_provider: Change = staticmethod(as_it_is)
    from_provider: Change = staticmethod(as_it_is)

    def __init__(self, behind: int) -> None:
        super().__init__(("127.0.0.1", 0), Between)
        self.behind = behind
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def honest(self) -> None:
        """No tampering from now on."""
        self.to_provider = self.from_provider = as_it_is


@dataclass
class RealProvider:
    """A running provider. `address` is its issuer, behind the proxy."""

    proxy: Proxy
    process: subprocess.Popen[bytes]
    back: str
    folder: tempfile.TemporaryDirectory[str] = field(repr=False)

    @classmethod
    def start(cls, back: str) -> Self:
        """Start one that sends people back to the address `back`."""
        port, folder = free_port(), tempfile.TemporaryDirectory(prefix="mr-provider-")
        proxy = Proxy(port)
        issuer = f"http://127.0.0.1:{proxy.server_port}"
        command = [sys.executable, str(HERE / "provider_site.py"), folder.name, str(port), f"{issuer}/o", back]
        with (Path(folder.name) / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, env={"PYTHONUTF8": "1"})
        made = cls(proxy, process, back, folder)
        made.wait()
        return made

    @property
    def address(self) -> str:
        """The issuer."""
        return f"http://127.0.0.1:{self.proxy.server_port}/o"

    def client(self, **changed: Any) -> Provider:
        """As an operator sets it, with nothing read yet."""
        return Provider(**({"issuer": self.address, "client": CLIENT, "secret": SECRET} | changed))

    def wait(self) -> None:
        """Until it answers."""
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.proxy.behind), 1):
                return
            time.sleep(0.05)
        log = (Path(self.folder.name) / "log").read_text()
        self.stop()
        raise RuntimeError(f"the identity provider did not start: {log[-2000:]}")

    def stop(self) -> None:
        """End it."""
        self.proxy.shutdown()
        self.proxy.server_close()
        self.process.terminate()
        self.process.wait(10)
        self.folder.cleanup()

    def person(self, person: str, /, *groups: str, mail: str = "", **extra: object) -> str:
        """Make somebody there, or put somebody into exactly these groups; gives the `sub`."""
        told = {"name": person, "mail": mail or f"{person}@oefen.example", "groups": groups, "extra": extra}
        return str(self._manage("mens", told).json()["sub"])

    def end(self, name: str, *, session: bool, gone: bool = True, kind: str = "logout+jwt", **changed: object) -> str:
        """Somebody leaves; the logout token that the provider signed, with claims `changed` for what is wrong."""
        told = {"name": name, "session": session, "gone": gone, "type": kind, "changed": changed}
        return self._manage("einde", told).text

    def _manage(self, what: str, told: dict[str, object]) -> requests.Response:
        answer = requests.post(f"http://127.0.0.1:{self.proxy.behind}/beheer/{what}/", json.dumps(told), timeout=30)
        answer.raise_for_status()
        return answer

    def sign_in(self, address: str, name: str, *, code: str = "", password: str = PASSWORD) -> dict[str, str]:
        """What a browser does at `address`; gives the query with which the provider leads back to meldroute."""
        with requests.Session() as here:
            return self._there_and_back(here, address, {"name": name, "password": password, "code": code})

    def _there_and_back(self, here: requests.Session, address: str, form: dict[str, str]) -> dict[str, str]:
        answer = here.get(address, allow_redirects=False, timeout=30)
        for _ in range(8):
            place = answer.headers.get("Location", "")
            if place.startswith(self.back):
                return dict(parse_qsl(urlsplit(place).query))
            if "<form" in answer.text:
                answer = here.post(answer.url, form, allow_redirects=False, timeout=30)
            else:
                there = place if place.startswith("http") else f"{self.address.removesuffix('/o')}{place}"
                assert place, (answer.status_code, answer.text[:500])
                answer = here.get(there, allow_redirects=False, timeout=30)
        raise AssertionError("the provider never leads back")
