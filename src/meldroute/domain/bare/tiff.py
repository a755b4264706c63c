"""TIFF: written anew with only the tags that the picture needs; the packed picture itself is copied as it is.

Source: TIFF 6.0. Raw files of cameras look like TIFF and need what their maker wrote: those are refused.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from .errors import KindNotBare, NotBare
from .pictures import jpeg

MOST_PAGES = 1000
MOST_TAGS = 500
MOST_PARTS = 500_000
_KEPT = frozenset(
    {254, 255, 256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 290, 291, 292, 293, 296}
    | {
        297,
        301,
        317,
        318,
        319,
        320,
        321,
        322,
        323,
        324,
        325,
        332,
        334,
        336,
        338,
        339,
        340,
        341,
        347,
        529,
        530,
        531,
        532,
    }
    | {34675}
)
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_COMPRESSED = frozenset({1, 2, 3, 4, 5, 7, 8, 32773, 32946, 34925, 50000})
_JPEG = 7
_PARTS = ((273, 279), (324, 325))
"""Where strips or tiles begin, and how long each is."""


class Value(NamedTuple):
    """What stands under one tag: its type, how many, and the bytes."""

    kind: int
    number: int
    raw: bytes


def tiff(body: bytes) -> bytes:
    """The same pages without EXIF, place, XMP, IPTC, texts, layers and tags of makers. Raises NotBare."""
    if body[8:10] == b"CR":
        raise KindNotBare
    order = "<" if body[:1] == b"I" else ">"
    made, link = bytearray(body[:4] + bytes(4)), 4
    for page in _pages(body, order):
        link = _written(made, _with_parts(page, body, made, order), link, order)
        if len(made) > 2 * len(body):
            raise NotBare
    return bytes(made)


def _pages(body: bytes, order: str) -> Iterator[dict[int, Value]]:
    (at,) = struct.unpack_from(f"{order}I", body, 4)
    seen, room = set[int](), 2 * len(body)
    while at:
        if at in seen or len(seen) >= MOST_PAGES:
            raise NotBare
        seen.add(at)
        (count,) = struct.unpack_from(f"{order}H", body, at)
        if count > MOST_TAGS:
            raise NotBare
        page = dict(_value(body, place, order) for place in range(at + 2, at + 2 + 12 * count, 12))
        room -= sum(len(value.raw) for value in page.values())
        if room < 0:
            raise NotBare
        _must_be_picture(page, order)
        yield {tag: value for tag, value in page.items() if tag in _KEPT}
        (at,) = struct.unpack_from(f"{order}I", body, at + 2 + 12 * count)
    if not seen:
        raise NotBare


def _value(body: bytes, place: int, order: str) -> tuple[int, Value]:
    tag, kind, count = struct.unpack_from(f"{order}HHI", body, place)
    size = _SIZES.get(kind, 0) * count
    if tag not in _KEPT and tag != 50706:
        return tag, Value(kind, 0, b"")
    at = place + 8 if size <= 4 else struct.unpack_from(f"{order}I", body, place + 8)[0]
    if not size or at + size > len(body) or (size > 4 * MOST_PARTS and kind in (1, 3, 4)):
        raise NotBare
    return tag, Value(kind, count, body[at : at + size])


def _must_be_picture(page: dict[int, Value], order: str) -> None:
    """Raw files of cameras begin with a thumbnail, say DNG, or hold the points of the sensor."""
    raw = 50706 in page or _number(page, 262, order) in (32803, 34892) or _number(page, 254, order) & 1
    if raw or _number(page, 259, order, 1) not in _COMPRESSED:
        raise KindNotBare


def _number(page: dict[int, Value], tag: int, order: str, usual: int = 0) -> int:
    return _numbers(page[tag], order)[0] if tag in page else usual


def _numbers(value: Value, order: str) -> tuple[int, ...]:
    letter = {1: "B", 3: "H", 4: "I"}.get(value.kind)
    if letter is None:
        raise NotBare
    return struct.unpack(f"{order}{value.number}{letter}", value.raw)


def _with_parts(page: dict[int, Value], body: bytes, made: bytearray, order: str) -> dict[int, Value]:
    """The strips or tiles copied behind what is there, and the tags that point to them."""
    packed_as_jpeg = _number(page, 259, order, 1) == _JPEG
    if packed_as_jpeg and 347 in page:
        tables = _jpeg_part(page[347].raw)
        page[347] = Value(7, len(tables), tables)
    places = [tags for tags in _PARTS if tags[0] in page and tags[1] in page]
    if len(places) != 1:
        raise NotBare
    starts, lengths = (_numbers(page[tag], order) for tag in places[0])
    if len(starts) != len(lengths):
        raise NotBare
    moved = []
    for start, length in zip(starts, lengths, strict=True):
        part = body[start : start + length]
        if len(part) < length or len(made) > 2 * len(body):
            raise NotBare
        part = _jpeg_part(part) if packed_as_jpeg and part else part
        made += b"\0" * (len(made) % 2)
        moved.append((len(made), len(part)))
        made += part
    for tag, numbers in zip(places[0], zip(*moved, strict=True), strict=True):
        page[tag] = Value(4, len(numbers), struct.pack(f"{order}{len(numbers)}I", *numbers))
    return page


def _jpeg_part(part: bytes) -> bytes:
    if not part.startswith(b"\xff\xd8"):
        raise NotBare
    return jpeg(part)


def _written(made: bytearray, page: dict[int, Value], link: int, order: str) -> int:
    """Put the page behind what is there and point to it; gives the place where the next is to be pointed to."""
    rows = []
    for tag, value in sorted(page.items()):
        told = value.raw.ljust(4, b"\0")
        if len(told) > 4:
            made += b"\0" * (len(made) % 2)
            told = struct.pack(f"{order}I", len(made))
            made += value.raw
        rows.append(struct.pack(f"{order}HHI", tag, value.kind, value.number) + told)
    made += b"\0" * (len(made) % 2)
    struct.pack_into(f"{order}I", made, link, len(made))
    made += struct.pack(f"{order}H", len(rows)) + b"".join(rows) + bytes(4)
    return len(made) - 4
