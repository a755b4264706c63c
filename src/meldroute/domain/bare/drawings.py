"""Drawings: SVG without what drawing programmes add, and Windows metafiles without their description."""

from __future__ import annotations

import re
import struct

from .errors import KindNotBare, NotBare

_ADDED = re.compile(rb"\s(?:sodipodi|inkscape):[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_DRAWN = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>\s*)?(?:<!--[^<>]*-->\s*)*<svg[\s>]")
_VIEW = re.compile(rb"<(?:sodipodi:namedview|inkscape:\w+)\b[^<>]*/>")


def is_svg(body: bytes) -> bool:
    """Whether the outermost element is a drawing."""
    return bool(_DRAWN.match(body))


def svg(body: bytes) -> bytes:
    """The same lines without metadata, comments and what Inkscape adds; one with a file inside is refused."""
    if b"data:" in body or b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise KindNotBare
    for begin, end in ((b"<!--", b"-->"), (b"<metadata", b"</metadata>")):
        body = _without(body, begin, end)
    if b":metadata" in body:
        raise KindNotBare
    return _VIEW.sub(b"", _ADDED.sub(b"", body))


def _without(body: bytes, begin: bytes, end: bytes) -> bytes:
    kept, at = [], 0
    while (start := body.find(begin, at)) >= 0:
        stop = body.find(end, start)
        if stop < 0:
            raise NotBare
        kept.append(body[at:start])
        at = stop + len(end)
    return b"".join([*kept, body[at:]])


def is_emf(body: bytes) -> bool:
    """An enhanced metafile of Windows."""
    return body[:4] == b"\1\0\0\0" and body[40:44] == b" EMF"


def emf(body: bytes) -> bytes:
    """Its description (programme, name of the drawing) becomes zeros where it stands."""
    if len(body) < 72:
        raise NotBare
    count, start = struct.unpack_from("<II", body, 60)
    end = start + 2 * count
    if count and not 88 <= start < end <= len(body):
        raise NotBare
    return body[:start] + bytes(end - start) + body[end:] if count else body
