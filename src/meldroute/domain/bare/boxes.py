"""The boxes of which MP4, MOV, M4A, 3GP, HEIC and AVIF are made (ISO 14496-12), changed in place: nothing moves."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterable
from typing import NamedTuple

from .errors import NotBare

MOST_BOXES = 50_000
"""Beside each other; a film of an hour in pieces has some thousands."""
EMPTY = frozenset({b"free", b"skip", b"wide"})


class Box(NamedTuple):
    """What it is called, where it starts, where what is in it starts, and where it ends."""

    kind: bytes
    start: int
    body: int
    end: int


def boxes(data: bytearray, start: int, end: int) -> list[Box]:
    """The boxes between two places. Raises NotBare unless they fill it (some zeros at the end are usual)."""
    found: list[Box] = []
    while end - start >= 8:
        size, kind = struct.unpack_from(">I4s", data, start)
        head = 8
        if size == 1 and end - start >= 16:
            (size,), head = struct.unpack_from(">Q", data, start + 8), 16
        elif size == 0:
            if not any(data[start:end]):
                break
            size = end - start
        if size < head or size > end - start or len(found) >= MOST_BOXES:
            raise NotBare
        found.append(Box(kind, start, start + head, start + size))
        start += size
    if any(data[start:end]):
        raise NotBare
    return found


def zero(data: bytearray, start: int, end: int) -> None:
    """Nothing between these places."""
    if 0 <= start < end <= len(data):
        data[start:end] = bytes(end - start)


def blank(data: bytearray, box: Box) -> None:
    """An empty space in the place of the box."""
    data[box.start + 4 : box.start + 8] = b"free"
    zero(data, box.body, box.end)


def only(data: bytearray, within: Iterable[Box], kinds: Collection[bytes]) -> list[Box]:
    """Blank every other box; gives those that stay."""
    kept = []
    for box in within:
        if box.kind in kinds:
            kept.append(box)
        else:
            blank(data, box)
    return kept


def only_in(data: bytearray, box: Box, kinds: Collection[bytes], skip: int = 0) -> list[Box]:
    """The same for what is in a box, behind so many bytes of its own."""
    return only(data, boxes(data, box.body + skip, box.end), kinds)


def one(found: Iterable[Box], kind: bytes) -> Box:
    """The first box of this kind. Raises NotBare."""
    for box in found:
        if box.kind == kind:
            return box
    raise NotBare


def zero_outside(data: bytearray, box: Box, kept: Iterable[tuple[int, int]]) -> None:
    """Blank what is in a box, but for these stretches (in order of their start)."""
    at = box.body
    for start, end in kept:
        if start >= box.end:
            break
        if end > at:
            zero(data, at, min(start, box.end))
            at = max(at, end)
    zero(data, at, box.end)
