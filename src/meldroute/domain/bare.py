"""A file without what it says of its maker: place, camera, name, programme. What is seen stays as it was, bit for bit.

Pictures (JPEG, PNG, WebP): parts that are not the picture are left out, except colour and which side is up. Office
documents (.docx, .xlsx, .pptx, .odt, …): properties are emptied, names at comments and changes too, and pictures inside
are treated likewise. Nothing is drawn anew. PDF: `vault/copies.py`. Sources: ISO 10918-1 annex B, EXIF 2.32, PNG third
edition, RIFF container of WebP, ECMA-376 part 2.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from .bombs import too_much

MOST_UNPACKED = 100 * 1024 * 1024
"""Bytes of one office document."""
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT cICP mDCV cLLI".split()
)
_PROPERTIES = re.compile(r"docProps/(core|app|custom)\.xml|(.*/)?meta\.xml")
_PICTURE = re.compile(r".*\.(jpe?g|png|webp)", re.I)
_QUOTED = rb"=(?:\"[^\"]*\"|'[^']*')"
_TYPED = re.compile(rb"<((?:\w+:)?(?:author|creator|initial-creator|creator-initials|sender-[a-z]+))>[^<]*</\1>")
_MARKED = re.compile(rb"\b(w(?:15)?:(?:author|initials|userId))" + _QUOTED)
_LISTED = re.compile(rb"(?<=\s)(displayName|userId|initials|name)" + _QUOTED)
_TEXTS = re.compile(r"word/[^/]*\.xml|xl/comments[^/]*\.xml|content\.xml|styles\.xml")
_LISTS = re.compile(r"xl/persons/[^/]*\.xml|ppt/(commentAuthors|authors)\.xml")
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>)?\s*(<[\w:.-]+(?:\s[^<>]*?)?)/?>", re.S)
_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, zlib.error)


class NotBare(Exception):
    """The file is damaged, or too large when unpacked: what is hidden in it cannot be taken out."""


def way_for(body: bytes) -> Callable[[bytes], bytes] | None:
    """The function that gives the bare file (raises NotBare); None for a kind that is given as it is."""
    if body.startswith(b"\xff\xd8\xff"):
        return jpeg
    if body.startswith(_PNG):
        return png
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return webp
    return office if body.startswith(b"PK\x03\x04") and _is_office(body) else None


def jpeg(body: bytes) -> bytes:
    """Without EXIF, XMP, IPTC, comments and whatever comes behind the picture."""
    kept = [b"\xff\xd8"]
    for marker, part in _segments(body):
        if marker == 0xE1 and part[4:10] == b"Exif\0\0":
            kept.append(_upright(part[10:]))
        elif not _hidden(marker, part):
            kept.append(part)
    return b"".join(kept)


def _hidden(marker: int, part: bytes) -> bool:
    """APPn and comments, but for what the colours need: JFIF, Adobe, a colour profile."""
    profile = marker == 0xE2 and part[4:16] == b"ICC_PROFILE\0"
    return (0xE0 <= marker <= 0xEF or marker == 0xFE) and marker not in (0xE0, 0xEE) and not profile


def _segments(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Every marker with its bytes, to the end of the picture. Raises NotBare."""
    at, size = 2, len(body)
    while at + 2 <= size and body[at] == 0xFF:
        marker = body[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            yield marker, b"\xff\xd9"
            return
        end = at + 2 + int.from_bytes(body[at + 2 : at + 4], "big")
        if end > size or end < at + 4:
            break
        if marker == 0xDA:
            end = _scan_end(body, end)
        yield marker, body[at:end]
        at = end
    raise NotBare


_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")


def _scan_end(body: bytes, at: int) -> int:
    found = _NEXT_MARKER.search(body, at)
    if found is None:
        raise NotBare
    return found.start()


def _upright(exif: bytes) -> bytes:
    """An EXIF part that only says which side is up; nothing when that is usual or cannot be read."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    try:
        if order is None:
            return b""
        (start,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, start)
        for place in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, number, value = struct.unpack_from(f"{order}HHIH", exif, place)
            if (tag, kind, number) == (0x0112, 3, 1) and 2 <= value <= 8:
                found = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, value, 0, 0)
                return b"\xff\xe1" + struct.pack(">H", len(found) + 2) + found
    except struct.error:
        pass
    return b""


def png(body: bytes) -> bytes:
    """Without texts, dates, EXIF and whatever comes behind the picture."""
    kept, at = [_PNG], len(_PNG)
    while at + 12 <= len(body):
        length, kind = struct.unpack_from(">I4s", body, at)
        end = at + 12 + length
        if end > len(body):
            break
        if kind in _PNG_KEPT:
            kept.append(body[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end
    raise NotBare


def webp(body: bytes) -> bytes:
    """Without EXIF, XMP and unknown parts."""
    kept, at, end = [], 12, 8 + int.from_bytes(body[4:8], "little")
    if end > len(body):
        raise NotBare
    while at + 8 <= end:
        kind, length = struct.unpack_from("<4sI", body, at)
        part = body[at : at + 8 + length + length % 2]
        if at + 8 + length > end:
            raise NotBare
        if kind == b"VP8X" and length >= 10:
            part = part[:8] + bytes([part[8] & ~0b1100]) + part[9:]
        if kind in (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"):
            kept.append(part)
        at += len(part)
    whole = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def office(body: bytes) -> bytes:
    """The same document, every property empty, every name at a comment or change gone, no dates of files."""
    if too_much(body):
        raise NotBare
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as source, zipfile.ZipFile(made, "w") as target:
            if sum(one.file_size for one in source.infolist()) > MOST_UNPACKED:
                raise NotBare
            for one in source.infolist():
                told = zipfile.ZipInfo(one.filename)
                told.compress_type = zipfile.ZIP_STORED if one.filename == "mimetype" else zipfile.ZIP_DEFLATED
                target.writestr(told, _member(one.filename, source.read(one)))
    except _BROKEN as error:
        raise NotBare from error
    return made.getvalue()


def _is_office(body: bytes) -> bool:
    """A package of ECMA-376 or of OpenDocument; any other zip is what it is."""
    return b"[Content_Types].xml" in body or body[30:38] == b"mimetype"


def _member(name: str, body: bytes) -> bytes:
    if _PROPERTIES.fullmatch(name):
        return _emptied(body)
    if _PICTURE.fullmatch(name):
        way = way_for(body)
        return body if way is None or way is office else way(body)
    if _TEXTS.fullmatch(name) or _LISTS.fullmatch(name):
        if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise NotBare
        body = _TYPED.sub(rb"<\1></\1>", _MARKED.sub(rb'\1="-"', body))
        return _LISTED.sub(rb'\1="-"', body) if _LISTS.fullmatch(name) else body
    return body


def _emptied(body: bytes) -> bytes:
    """Only the outermost element, with nothing in it."""
    found = _ROOT.match(body)
    if found is None:
        raise NotBare
    return b'<?xml version="1.0" encoding="UTF-8"?>' + found[1].rstrip() + b"/>"
