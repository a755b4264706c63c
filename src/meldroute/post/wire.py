"""What can deliver a letter: a real SMTP server. Tells apart refused, taken and unknown."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from .message import Letter
from .models import Delivery

_BROKEN = (OSError, smtplib.SMTPException)
FAREWELL = 2.0
"""Seconds."""
_LEADING_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True)
class Told:
    """What the server said: the state the mail gets, and why."""

    state: Delivery
    trouble: str = ""


class Wire(Protocol):
    """Something that can deliver one letter."""

    def deliver(self, letter: Letter) -> Told:
        """Try once; never raises."""
        ...


class Smtp:
    """The server of MELDROUTE_SMTP_URL."""

    def deliver(self, letter: Letter) -> Told:
        """Connect and hand over. Until the server has said 354 nothing was sent, so that a broken line is tried
        again; after it only the server's own answer tells whether the mail was taken."""
        try:
            server = _connected()
        except _BROKEN as error:
            return Told(Delivery.QUEUED, type(error).__name__)
        try:
            _greet(server)
            return _envelope(server, letter) or _content(server, letter)
        except _BROKEN as error:
            return Told(Delivery.QUEUED, type(error).__name__)
        finally:
            _leave(server)


def _connected() -> smtplib.SMTP:
    """A connection; with TLS only to a server whose certificate is good."""
    told = settings.MELDROUTE_SMTP
    if told["use_ssl"]:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(told["host"], told["port"], timeout=told["timeout"], context=context)
    return smtplib.SMTP(told["host"], told["port"], timeout=told["timeout"])


def _greet(server: smtplib.SMTP) -> None:
    told = settings.MELDROUTE_SMTP
    server.ehlo_or_helo_if_needed()
    if told["use_tls"]:
        server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
    if told["username"]:
        server.login(told["username"], told["password"])


def _envelope(server: smtplib.SMTP, letter: Letter) -> Told | None:
    """Sender, receiver and leave to send; None when the server waits for the content."""
    for said in _asked(server, letter):
        if said >= 400:
            return _refusal(said)
    return None


def _asked(server: smtplib.SMTP, letter: Letter) -> Iterator[int]:
    yield server.mail(letter.sender)[0]
    yield server.rcpt(letter.to)[0]
    yield server.docmd("DATA")[0]


def _content(server: smtplib.SMTP, letter: Letter) -> Told:
    try:
        server.send(_LEADING_DOT.sub(b"..", letter.data) + b".\r\n")
        code, _ = server.getreply()
    except _BROKEN as error:
        return Told(Delivery.UNCERTAIN, type(error).__name__)
    return Told(Delivery.SENT) if code < 400 else _refusal(code)


def _refusal(code: int) -> Told:
    """A server that says 4xx may be asked again (RFC 5321 §4.2.1); its words are not kept, they may repeat content."""
    return Told(Delivery.FAILED if code >= 500 else Delivery.QUEUED, f"SMTP {code}")


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye, without waiting long for the answer: what became of the mail must be written down soon."""
    with suppress(*_BROKEN):
        if server.sock:
            server.sock.settimeout(FAREWELL)
        server.quit()
    server.close()
