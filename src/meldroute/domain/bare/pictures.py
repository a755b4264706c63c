"""Pictures: JPEG, PNG, WebP, GIF and BMP. What is not the picture is left out, except colour and which side is up.

Sources: ISO 10918-1 annex B, EXIF 2.32, PNG third edition, RIFF container of WebP, GIF89a.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from .errors import NotBare

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT cICP mDCV cLLI".split()
)
_GIF_KEPT = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0", b"\x0bICCRGBG1012")


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


MOST_PARTS = 200_000
"""Of one GIF; a film of an hour has some ten thousands."""


def gif(body: bytes) -> bytes:
    """Without comments, texts and whatever programmes left; how often it plays and its colours stay."""
    at, left = 13 + _colours(body, 10), MOST_PARTS
    kept = [body[:at]]
    while at < len(body) and left:
        left -= 1
        start, mark = at, body[at : at + 1]
        if mark == b"\x3b":
            return b"".join([*kept, mark])
        if mark == b"\x2c":
            at = _blocks_end(body, start + 11 + _colours(body, start + 9))
            kept.append(body[start:at])
        elif mark == b"\x21":
            at = _blocks_end(body, start + 2)
            if body[start + 1] == 0xF9 or body[start + 2 : start + 14] in _GIF_KEPT:
                kept.append(body[start:at])
        else:
            break
    raise NotBare


def _colours(body: bytes, at: int) -> int:
    """The bytes of the colour table of which the flags stand here."""
    if at >= len(body):
        raise NotBare
    return 3 << ((body[at] & 7) + 1) if body[at] & 0x80 else 0


def _blocks_end(body: bytes, at: int) -> int:
    """Behind a row of blocks, of which the last is empty."""
    while at < len(body):
        if not body[at]:
            return at + 1
        at += body[at] + 1
    raise NotBare


def bmp(body: bytes) -> bytes:
    """As it is, without what comes behind it; a profile that is a path on a disk is refused."""
    if len(body) < 54:
        raise NotBare
    size, head = struct.unpack_from("<I", body, 2)[0], struct.unpack_from("<I", body, 14)[0]
    if not 54 <= size <= len(body) or (head >= 124 and body[70:74] == b"KNIL"):
        raise NotBare
    return body[:6] + bytes(4) + body[10:size]
