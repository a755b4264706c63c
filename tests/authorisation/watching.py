"""What one answer shows and does: canaries in it, missing headers, rows written while it was made."""

from __future__ import annotations

import gc
import io
import logging
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse

from authorisation.municipality import CASE, PEOPLE, REPORTER, SEALED, canary
from meldroute.journal import actions as journal
from meldroute.journal import appending
from meldroute.journal.models import Entry
from meldroute.web.quiet import Lines

WORDS = tuple((kind, code) for code in ("HS", "BD") for kind in (CASE, SEALED, PEOPLE, REPORTER))
Word = tuple[str, str]
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}
WRITES = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)|\b(mr_end_access|mr_seal_\w+)\(", re.IGNORECASE)
MAY_CHANGE = frozenset({"journal_entry", "journal_head", "people_session"})


def shown(answer: HttpResponse) -> set[Word]:
    """The canaries in body, unpacked PDF streams and headers."""
    text = b"".join([*_unpacked(answer.content), answer.content, str(dict(answer.headers)).encode()]).decode(
        errors="replace"
    )
    return found_in(text)


def found_in(text: str) -> set[Word]:
    """The canaries in a text, in any case."""
    low = text.lower()
    return {word for word in WORDS if canary(*word).lower() in low}


def _unpacked(body: bytes) -> Iterator[bytes]:
    if body.startswith(b"%PDF"):
        for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", body, re.DOTALL):
            with suppress(zlib.error):
                yield zlib.decompress(packed)


def headers_wrong(answer: HttpResponse) -> list[str]:
    """Headers that every answer carries (T40) and this one does not, or not so."""
    wrong = [name for name, value in HEADERS.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    if "unsafe" in policy or "frame-ancestors 'none'" not in policy or "default-src 'none'" not in policy:
        wrong.append("Content-Security-Policy")
    return wrong


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that is run, as text without its values."""
    ran: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
        ran.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield ran


@contextmanager
def entries() -> Iterator[list[Entry]]:
    """Every entry that is written to a chain."""
    told: list[Entry] = []
    real = appending.append

    def note(found: Iterable[Entry], *, using: str = "default") -> None:
        kept = list(found)
        told.extend(kept)
        real(kept, using=using)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "append", note)
        yield told


def written(ran: list[str]) -> set[str]:
    """The tables that these statements change, but for the journal and the session."""
    found = (WRITES.search(sql) for sql in ran)
    return {match[2] or match[3] for match in found if match} - MAY_CHANGE


class Listening(logging.StreamHandler):
    """Everything that is logged, as the log of errors writes it."""

    def __init__(self) -> None:
        super().__init__(io.StringIO())
        self.setFormatter(Lines())

    def take(self) -> str:
        """What was written since the last time."""
        text = str(self.stream.getvalue())
        self.stream = io.StringIO()
        return text


@contextmanager
def quiet() -> Iterator[Listening]:
    """With the log kept here instead of on the screen, and without looking for garbage after every few answers."""
    root, handler = logging.getLogger(), Listening()
    before, root.handlers = root.handlers, [handler]
    gc.disable()
    try:
        yield handler
    finally:
        gc.enable()
        root.handlers = before
