"""Files that become far more than they are: bombs and floods. Judged by what they say; nothing is unpacked.

A virus scanner stops halfway in such a file and calls the half that it saw clean, or does not open an archive of this
kind at all. Whoever opens it is not so careful.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from .term import gettext_noop

MOST_FILES = 10_000
MOST_BYTES = 250 * 1024 * 1024
"""Unpacked, of one archive; ten times what a mail may be."""
MOST_SEGMENTS = 10_000
"""Looked at in one JPEG before its size; a camera writes a dozen."""
MOST_PIXELS = 200_000_000
"""The largest telephone camera of 2026."""

ARCHIVE = gettext_noop("een soort archief dat wij niet nakijken; alleen zip")
BROKEN = gettext_noop("een beschadigd archief")
MANY = gettext_noop("een archief met te veel bestanden")
LARGE = gettext_noop("een archief dat te groot uitpakt")
NESTED = gettext_noop("een archief in een archief")
PIXELS = gettext_noop("een afbeelding met te veel beeldpunten")

_OTHERS = (
    *(b"\x1f\x8b", b"\x1f\x9d", b"\x1f\xa0", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18"),
    *(b"7z\xbc\xaf\x27\x1c", b"MSCF", b"ISc(", b"LZIP", b"\x5d\0\0", b"\x60\xea", b"ZOO ", b"EGGA", b"ALZ\x01"),
    *(
        b"SIT!",
        b"StuffIt",
        b"xar!",
        b"MSWIM\0\0\0",
        b"vhdxfile",
        b"conectix",
        b"KDMV",
        b"!<arch>\n",
        b"\xed\xab\xee\xdb",
    ),
    *(b"SZDD\x88\xf0\x27\x33", b"KWAJ\x88\xf0\x27\xd1"),
)
_AT = ((257, b"ustar"), (7, b"**ACE**"), (0x8001, b"CD001"), (0x8001, b"BEA01"), (-512, b"conectix"), (-512, b"koly"))
"""Archives and disks that are known by a mark further on (from the end when negative)."""
_COUNTED = re.compile(rb"07070[12][0-9A-Fa-f]{104}|070707[0-7]{70}|..-l[hz][0-9a-z]-", re.DOTALL)
"""cpio in two ways, and LHA."""
_RAR = (b"Rar!\x1a\x07\0", b"Rar!\x1a\x07\x01\0")
"""clamd of Debian does not open RAR; its programs find it behind anything (a program, a photo)."""
_UNOPENED = (
    *_RAR,
    b"\x28\xb5\x2f\xfd",
    b"\x04\x22\x4d\x18",
    b"LZIP",
    b"\x5d\0\0",
    b"MSWIM\0\0\0",
    b"vhdxfile",
    b"ZOO ",
)
_ENDINGS = tuple(
    b".zip .7z .rar .gz .tgz .bz2 .tbz .tbz2 .xz .txz .zst .tzst .lz .lzma .lz4 .z .tar .cpio .cab .iso .img .dmg .wim"
    b" .vhd .vhdx .arj .lzh .lha .ace .egg .alz .zoo .sit .sitx".split()
)
_END = b"PK\x05\x06"
_MEMBER = b"PK\x01\x02"
_WHOLE = 0xFFFFFFFF
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def too_much(body: bytes) -> str:
    """Why this file is more than it looks, as a message id; empty when it is not. Linear in its size."""
    if _is_other_archive(body):
        return ARCHIVE
    if body.startswith((b"PK\x03\x04", _END)):
        return _of_zip(body)
    width, height = _size(body)
    return PIXELS if width * height > MOST_PIXELS else ""


def unopened(head: bytes) -> bool:
    """Whether a file that begins so is an archive that clamd does not open either, in whatever it lies."""
    return head.startswith(_UNOPENED)


def _is_other_archive(body: bytes) -> bool:
    if body.startswith(_OTHERS) or any(mark in body for mark in _RAR):
        return True
    return any(body[at : at + len(mark)] == mark for at, mark in _AT) or _COUNTED.match(body[:120]) is not None


def _of_zip(body: bytes) -> str:
    if body.count(_MEMBER) > MOST_FILES:
        return MANY
    total = 0
    try:
        for name, size in _members(body):
            total += size
            if name.lower().endswith(_ENDINGS):
                return NESTED
    except (struct.error, ValueError):
        return BROKEN
    return LARGE if total > MOST_BYTES else ""


def _members(body: bytes) -> Iterator[tuple[bytes, int]]:
    """Name and unpacked size of each file, from the list at the end. Raises ValueError or struct.error."""
    end = body.rindex(_END)
    (size,) = struct.unpack_from("<I", body, end + 12)
    at = end - size
    while 0 <= at < end and body[at : at + 4] == _MEMBER:
        unpacked, name, extra, comment = struct.unpack_from("<I3H", body, at + 24)
        yield body[at + 46 : at + 46 + name], MOST_BYTES + 1 if unpacked == _WHOLE else unpacked
        at += 46 + name + extra + comment
    if at != end:
        raise ValueError("the list of files ends early")


def _size(body: bytes) -> tuple[int, int]:
    """Width and height that an image says it has; 0, 0 for anything else."""
    head = body[:32].ljust(32, b"\0")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return struct.unpack_from(">II", head, 16)
    if head.startswith(b"GIF8"):
        return struct.unpack_from("<HH", head, 6)
    if head.startswith(b"BM"):
        width, height = struct.unpack_from("<ii", head, 18)
        return abs(width), abs(height)
    return _jpeg_size(body) if head.startswith(b"\xff\xd8\xff") else (0, 0)


def _jpeg_size(body: bytes) -> tuple[int, int]:
    at = 2
    for _ in range(MOST_SEGMENTS):
        if at + 9 >= len(body) or body[at] != 0xFF:
            break
        if body[at + 1] in _FRAMES:
            height, width = struct.unpack_from(">HH", body, at + 5)
            return width, height
        at += 2 + int.from_bytes(body[at + 2 : at + 4], "big")
    return 0, 0
