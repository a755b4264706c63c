"""An installation with TLS: the real web server, asked as a proxy asks it that has ended TLS."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPMessage
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from meldroute.web.practice import PASSWORD
from people_here import user
from web.serving import database_url, served

HOST = "meldroute.example"
TLS = {"Host": HOST, "X-Forwarded-Proto": "https", "Origin": f"https://{HOST}"}
YEAR = 31536000
PARTNER = {"name": "Opvang Voorbeeld", "source": "care", "mail_domains": "opvang.oefen.example"}


@pytest.fixture
def port(committed: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a web server whose own address is https."""
    monkeypatch.setenv("MELDROUTE_HOSTS", HOST)
    with served(database_url(committed), address=f"https://{HOST}") as found:
        yield found


def ask(port: int, method: str, path: str, told: dict[str, str], headers: dict[str, str]) -> tuple[int, HTTPMessage]:
    """Status and headers of one answer."""
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        form = {"Content-Type": "application/x-www-form-urlencoded"} if told else {}
        line.request(method, path, urlencode(told) or None, headers | form)
        answer = line.getresponse()
        answer.read()
        return answer.status, answer.headers
    finally:
        line.close()


def test_without_tls_a_browser_never_comes_back(port: int) -> None:
    status, plain = ask(port, "GET", "/inloggen/", {}, {"Host": HOST})
    assert (status, plain["Location"]) == (301, f"https://{HOST}/inloggen/")
    for path in ("/inloggen/", "/is-er-niet/", "/static/meldroute/meldroute.css", "/leeft/"):
        _, headers = ask(port, "GET", path, {}, TLS)
        assert headers["Strict-Transport-Security"] == f"max-age={YEAR}; includeSubDomains", path


def test_every_cookie_is_secure_and_bound_to_the_host(port: int) -> None:
    _, first = ask(port, "GET", "/inloggen/", {}, TLS)
    cookies = dict(given(first))
    token = cookies["__Host-csrf"]
    told = {"csrfmiddlewaretoken": token, "username": "meldpunt@oefen.example", "password": PASSWORD}
    status, second = ask(port, "POST", "/inloggen/", told, TLS | {"Cookie": f"__Host-csrf={token}"})
    assert status == 302
    cookies |= dict(given(second))
    kept = "; ".join(f"{name}={value}" for name, value in cookies.items())
    sent = PARTNER | {"csrfmiddlewaretoken": cookies["__Host-csrf"]}
    status, third = ask(port, "POST", reverse("people:partner-add"), sent, TLS | {"Cookie": kept})
    assert status == 302
    lines = [line for headers in (first, second, third) for line in headers.get_all("Set-Cookie") or []]
    assert {"__Host-csrf", "__Host-sessie", "__Host-taal"} <= {line.partition("=")[0] for line in lines}
    for line in lines:
        assert line.startswith("__Host-"), line
        parts = {part.strip().lower() for part in line.split(";")}
        assert {"secure", "httponly", "path=/"} <= parts, line
        assert parts & {"samesite=lax", "samesite=strict"}, line
        assert not any(part.startswith("domain") for part in parts), line


def given(headers: HTTPMessage) -> Iterator[tuple[str, str]]:
    """Name and value of every cookie that an answer sets."""
    for line in headers.get_all("Set-Cookie") or []:
        name, _, value = line.partition(";")[0].partition("=")
        yield name, value


@pytest.mark.django_db
def test_every_page_names_its_charset(client: Client) -> None:
    client.force_login(user("meldpunt"))
    for name in ("intake:triage", "login", "where-to-report", "security-txt", "alive", "today"):
        assert client.get(reverse(name)).headers["Content-Type"].endswith("charset=utf-8"), name
    assert client.get("/is-er-niet/").headers["Content-Type"] == "text/html; charset=utf-8"


HEAD = f"POST /inloggen/ HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n"
SECOND = f"GET /leeft/ HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n\r\n"
SMUGGLED = {
    "a length and chunks": f"{HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{SECOND}",
    "two lengths": f"{HEAD}Content-Length: 0\r\nContent-Length: {len(SECOND)}\r\n\r\n{SECOND}",
    "a length with a sign": f"{HEAD}Content-Length: +0\r\n\r\n{SECOND}",
    "an encoding that is none": f"{HEAD}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{SECOND}",
    "a space before the colon": f"{HEAD}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n{SECOND}",
    "a header over two lines": f"{HEAD}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n{SECOND}",
    "a chunk whose size is no number": f"{HEAD}Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n{SECOND}",
}
"""Messages of which two readers may see the end at another place (RFC 9112 §6.3, §11.2)."""


def said_to(port: int, whole: str) -> str:
    """All that comes back when these bytes are everything that is sent."""
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(whole.encode())
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b"")).decode("latin-1")


def test_no_second_request_hides_in_one_whose_end_is_unclear(port: int) -> None:
    clear = said_to(port, SECOND.replace("/leeft/", "/inloggen/") + SECOND)
    assert clear.count("HTTP/1.1 200") == 2, "where the end is clear, the next one is answered"
    answered = [name for name, whole in SMUGGLED.items() if "HTTP/1.1 200" in said_to(port, whole)]
    assert answered == []
