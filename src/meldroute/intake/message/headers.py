"""Header blocks: from bytes to names and values, tolerant and bounded."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from . import limits
from .charsets import codec_of, decode, one_line
from .problem import Notes, Problem

_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:(.*)", re.DOTALL)
_BLANK = re.compile(rb"\n\r*\n|\r\r")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_PARAMETER = re.compile(r";\s*([^\s=;\"]{1,60})\s*=\s*(\"[^\"]*\"|[^;]*)")
_NUMBERED = re.compile(r"(.+?)\*(\d{1,3})(\*?)")


@dataclass(frozen=True)
class Headers:
    """Fields of one header block: lowercased name and unfolded value, in order."""

    fields: tuple[tuple[str, bytes], ...] = ()

    def raw(self, name: str) -> Iterator[bytes]:
        """Every value of `name`, cut at a safe length."""
        return (value[: limits.VALUE_CHARS] for key, value in self.fields if key == name)

    def all(self, name: str) -> list[str]:
        """Every value of `name` as text in which encoded words are still encoded."""
        return [decode(value)[0].strip() for value in self.raw(name)]

    def first(self, name: str) -> str:
        """The first value of `name`, or an empty string; encoded words are still encoded."""
        return next(iter(self.all(name)), "")

    def text(self, name: str, most: int = limits.LINE_CHARS) -> str:
        """The first value of `name` as one decoded line."""
        return one_line(decode_words(self.first(name)), most)


def read_headers(data: bytes, start: int, end: int, notes: Notes) -> tuple[Headers, int]:
    """The header block at `start` and the offset at which the body begins."""
    stop = min(end, start + limits.HEADER_BYTES)
    mark = b"\n" if data.find(b"\n", start, stop) >= 0 else b"\r"
    fields: list[tuple[str, bytes]] = []
    at = start
    while at < stop and len(fields) < limits.HEADER_FIELDS:
        line, following = _line(data, at, stop, mark)
        if not line:
            return Headers(tuple(fields)), following
        if not _take(line, fields):
            if not _goes_on(line, _line(data, following, stop, mark)[0], bool(fields)):
                return Headers(tuple(fields)), at
            notes.add(Problem.BAD_HEADER)
        at = following
    return Headers(tuple(fields)), _behind_block(data, at, end, notes)


def _behind_block(data: bytes, at: int, end: int, notes: Notes) -> int:
    """Where the body begins when the block was not read to its end."""
    if at >= end:
        return end
    notes.add(Problem.HEADER_TOO_LARGE)
    blank = _BLANK.search(data, at, end)
    return blank.end() if blank else end


def _line(data: bytes, at: int, stop: int, mark: bytes) -> tuple[bytes, int]:
    found = data.find(mark, at, stop)
    if found < 0:
        return data[at:stop], stop
    return data[at:found].rstrip(b"\r"), found + 1


def _take(line: bytes, fields: list[tuple[str, bytes]]) -> bool:
    if line[:1] in (b" ", b"\t") and fields:
        name, value = fields[-1]
        if len(value) < limits.VALUE_CHARS:
            fields[-1] = (name, value + b" " + line.strip(b" \t")[: limits.VALUE_CHARS])
        return True
    found = _FIELD.match(line)
    if found:
        fields.append((found[1].decode("ascii").lower(), found[2].strip()[: 2 * limits.VALUE_CHARS]))
    return bool(found)


def _goes_on(line: bytes, following: bytes, begun: bool) -> bool:
    """True when the block goes on behind a line that is no header, as the From line of an mbox."""
    if not begun:
        return line.startswith((b"From ", b">From "))
    return bool(_FIELD.match(following))


def decode_words(value: str) -> str:
    """RFC 2047 words decoded. Neighbours in one charset are joined as bytes first, since mail programs cut
    through letters."""
    parts: list[str] = []
    pending, charset, at = b"", "", 0
    for word in _WORD.finditer(value):
        between = value[at : word.start()]
        name = word[1].split("*")[0]
        if pending and (between.strip() or name.lower() != charset.lower()):
            parts.append(decode(pending, charset)[0])
            pending = b""
        if between.strip() or at == 0:
            parts.append(between)
        pending += _word_bytes(word[2], word[3])
        charset, at = name, word.end()
    if pending:
        parts.append(decode(pending, charset)[0])
    return "".join([*parts, value[at:]])


def _word_bytes(how: str, text: str) -> bytes:
    coded = text.encode("utf-8", "replace")
    if how in "qQ":
        return binascii.a2b_qp(coded.replace(b"_", b" "))
    return unbase64(coded)[0]


_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NO_LETTERS = bytes(set(range(256)) - set(_LETTERS))


def unbase64(data: bytes | memoryview) -> tuple[bytes, bool]:
    """Decoded bytes, and False when something in it had to be skipped or repaired."""
    try:
        return binascii.a2b_base64(data), True
    except binascii.Error:
        letters = bytes(data).translate(None, _NO_LETTERS)
        letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)), False


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """The main word of a structured header, lowercased, and its parameters (RFC 2045, RFC 2231)."""
    value = value[: limits.LIST_CHARS].replace('\\"', "'")
    main = " ".join(value.partition(";")[0].lower().split()[:1])
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, text in _PARAMETER.findall(value):
        _sort(name.lower(), text.strip().strip('"'), plain, pieces)
    return main, plain | {name: _joined(found) for name, found in pieces.items()}


def _sort(name: str, text: str, plain: dict[str, str], pieces: dict[str, dict[int, tuple[str, bool]]]) -> None:
    numbered = _NUMBERED.fullmatch(name)
    if numbered:
        pieces.setdefault(numbered[1], {})[int(numbered[2])] = (text, bool(numbered[3]))
    elif name.endswith("*"):
        pieces.setdefault(name[:-1], {})[0] = (text, True)
    else:
        plain.setdefault(name, text)


def _joined(pieces: dict[int, tuple[str, bool]]) -> str:
    charset = ""
    data = b""
    for number, (text, coded) in sorted(pieces.items()):
        if number == 0 and coded and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += unquote_to_bytes(text) if coded else text.encode("utf-8", "replace")
    return decode(data, charset if codec_of(charset) else "")[0]
