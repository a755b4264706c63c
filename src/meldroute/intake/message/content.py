"""Texts and files out of the tree of parts."""

from __future__ import annotations

import binascii
import re

from . import limits
from .charsets import codec_of, decode, plain
from .filenames import given_name
from .headers import parameters, unbase64
from .problem import Notes, Problem
from .structure import Entity
from .text import html_to_text, tidy

_AS_IT_IS = frozenset(["", "7bit", "8bit", "binary", "7-bit", "8-bit", "none"])
_UUENCODED = frozenset(["x-uuencode", "uuencode", "x-uue", "uue"])
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_TEXTS = ("text/plain", "text/html")


def content(entity: Entity, notes: Notes) -> bytes:
    """The decoded bytes of a part; what is damaged is decoded as far as it goes."""
    how = entity.headers.first("content-transfer-encoding").partition(";")[0].strip().strip('"').lower()
    if how == "base64":
        data, whole = unbase64(entity.view)
        if not whole:
            notes.add(Problem.BAD_ENCODING)
        return data
    if how == "quoted-printable":
        return binascii.a2b_qp(entity.body)
    if how in _UUENCODED:
        return _unuu(entity.body, notes)
    if how not in _AS_IT_IS:
        notes.add(Problem.UNKNOWN_ENCODING)
    return entity.body


def _unuu(data: bytes, notes: Notes) -> bytes:
    out: list[bytes] = []
    for line in data.splitlines()[:500_000]:
        if line.startswith((b"begin ", b"end")):
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            notes.add(Problem.BAD_ENCODING)
    return b"".join(out)


def is_body(entity: Entity) -> bool:
    """True for a text that its sender meant to be read in the mail itself."""
    disposition = parameters(entity.headers.first("content-disposition"))[0]
    return entity.kind in _TEXTS and disposition != "attachment" and not given_name(entity.headers)


def body_parts(entity: Entity) -> list[Entity]:
    """The text parts to show, in order; of alternatives the plain one, unless it is blank."""
    if not entity.children:
        return [entity] if is_body(entity) else []
    each = [found for child in entity.children if (found := body_parts(child))]
    if entity.kind == "multipart/alternative":
        return min(each, key=_rank, default=[])
    return [part for found in each for part in found]


def _rank(found: list[Entity]) -> int:
    """0 for plain text with words, 1 for HTML, 2 for blank text."""
    if all(not part.body.strip() for part in found):
        return 2
    return 0 if all(part.kind == "text/plain" for part in found) else 1


def shown_text(parts: list[Entity], notes: Notes) -> tuple[str, bool]:
    """The text of the mail as plain text, and whether it came from HTML."""
    texts = [_text(part, notes) for part in parts]
    whole = tidy("\n\n".join(text for text in texts if text.strip()))
    if len(whole) > limits.TEXT_CHARS:
        notes.add(Problem.TEXT_CUT)
    return whole[: limits.TEXT_CHARS], any(part.kind == "text/html" for part in parts)


def _text(entity: Entity, notes: Notes) -> str:
    data = content(entity, notes)
    most = 4 * limits.HTML_CHARS
    if len(data) > most:
        notes.add(Problem.TEXT_CUT)
        data = data[:most]
    text, sure = decode(data, _charset(entity, data))
    if not sure:
        notes.add(Problem.UNKNOWN_CHARSET)
    if entity.kind != "text/html":
        return text[: limits.HTML_CHARS]
    if len(text) > limits.HTML_CHARS:
        notes.add(Problem.TEXT_CUT)
    return plain(html_to_text(text))


def _charset(entity: Entity, data: bytes) -> str:
    stated = entity.parameters.get("charset", "")
    if entity.kind == "text/html" and not codec_of(stated):
        found = _META.search(data[:2048])
        return found[1].decode("ascii") if found else stated
    return stated
