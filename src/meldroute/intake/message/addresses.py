"""Mail addresses in headers (RFC 5322 §3.4), read by a small scanner that no input can slow down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import limits
from .charsets import one_line
from .headers import decode_words

_TOKEN = re.compile(r'"([^"]*)"|<([^<>]*)>|([(),;:])|([^"<(),;:]+)|(.)', re.DOTALL)
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@\\]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*")
_BARE = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,190}")


@dataclass(frozen=True)
class Address:
    """A name to show and an address; `address` is empty when what stood there is none."""

    display: str = ""
    address: str = ""

    @property
    def domain(self) -> str:
        """The lowercased domain, or an empty string."""
        return self.address.rpartition("@")[2]

    def __str__(self) -> str:
        if self.display and self.address:
            return f"{self.display} <{self.address}>"
        return self.address or self.display


def addresses(value: str) -> tuple[Address, ...]:
    """The addresses in `value` (with encoded words still encoded), at most 200."""
    found: list[Address] = []
    for piece in _pieces(value[: limits.LIST_CHARS].replace('\\"', "'")):
        address = _address(piece)
        if address and len(found) < 200:
            found.append(address)
    return tuple(found)


def _pieces(value: str) -> Iterator[list[tuple[str, str]]]:
    """Runs of (kind, text) between commas; comments are dropped."""
    piece: list[tuple[str, str]] = []
    depth = 0
    for quoted, angle, mark, text, rest in _TOKEN.findall(value):
        depth += (mark == "(") - (mark == ")" and depth > 0)
        if depth or (mark in ("(", ")") and mark):
            continue
        if mark == ":":
            piece = []
        elif mark:
            yield piece
            piece = []
        else:
            piece.append(("angle", angle) if angle else ("word", quoted or text or rest))
    yield piece


def _address(piece: list[tuple[str, str]]) -> Address | None:
    angle = next((text for kind, text in piece if kind == "angle"), None)
    words = " ".join(text.strip() for kind, text in piece if kind == "word")
    if angle is None:
        bare = _BARE.search(words)
        angle = bare[0] if bare else ""
        words = words.replace(angle, " ", 1) if angle else words
    display = one_line(decode_words(words), 200)
    spec = _spec(angle)
    return Address(display, spec) if display or spec else None


def _spec(text: str) -> str:
    """`text` as an address with a lowercased domain; empty when it is none."""
    text = one_line(text, 300).strip("' ")
    if len(text) > 254 or ".." in text or not _ADDRESS.fullmatch(text):
        return ""
    local, _, domain = text.rpartition("@")
    return f"{local}@{domain.lower()}"
