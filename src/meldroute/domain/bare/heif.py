"""The pictures of HEIC and AVIF (ISO 23008-12): items that are no picture are blanked where they stand."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from .boxes import Box, blank, boxes, one, only_in, zero, zero_outside
from .errors import KindNotBare, NotBare

MOST_ITEMS = 20_000
_META = frozenset(b"hdlr pitm iinf iref iprp iloc idat grpl".split())
_PICTURES = frozenset(b"hvc1 hev1 av01 avc1 lhv1 vvc1 grid iovl iden tmap unci mski".split())
_LOOKS = frozenset(
    b"ispe pixi pasp colr hvcC av1C avcC lhvC vvcC clap irot imir auxC rloc lsel a1op a1lx clli mdcv cclv amve".split()
    + b"oinf tols reve ndwt cmin cmex mskC uncC cmpd iscl ster prdi".split()
)
Stretch = tuple[int, int]


def items(data: bytearray, meta: Box) -> list[Stretch]:
    """Blank what is no picture; gives where in the file the pictures stand. Another sort of box is blanked whole."""
    if not _is_picture(data, meta):
        blank(data, meta)
        return []
    inside = only_in(data, meta, _META, skip=4)
    handler = one(inside, b"hdlr")
    zero(data, handler.body + 12, handler.end)
    pictures = _pictures(data, one(inside, b"iinf"))
    _must_be(data, one(inside, b"pitm"), pictures)
    for box in inside:
        if box.kind == b"iref":
            _unpoint(data, box, pictures)
        elif box.kind == b"iprp":
            _looks(data, box)
    kept: list[Stretch] = []
    in_box: list[Stretch] = []
    for item, within, start, end in _extents(data, one(inside, b"iloc")):
        if item in pictures:
            (in_box if within else kept).append((start, end))
    for box in inside:
        if box.kind == b"idat":
            zero_outside(data, box, sorted((box.body + start, box.body + end) for start, end in in_box))
    if not kept or max(end for _, end in kept) > len(data):
        raise NotBare
    return kept


def _is_picture(data: bytearray, meta: Box) -> bool:
    """Whether it tells of pictures; elsewhere the same name holds texts."""
    try:
        handler = one(boxes(data, meta.body + 4, meta.end), b"hdlr")
    except NotBare:
        return False
    return data[handler.body + 8 : handler.body + 12] == b"pict"


def _pictures(data: bytearray, box: Box) -> set[int]:
    """The numbers of the items that are pictures; the others lose kind and name. Nobody keeps a name."""
    found: set[int] = set()
    for entry in boxes(data, box.body + (8 if data[box.body] else 6), box.end):
        version = data[entry.body]
        if entry.kind != b"infe" or version not in (2, 3) or len(found) >= MOST_ITEMS:
            raise NotBare
        number, _, kind = struct.unpack_from(">HH4s" if version == 2 else ">IH4s", data, entry.body + 4)
        at = entry.body + (12 if version == 2 else 14)
        if kind in _PICTURES:
            found.add(number)
        else:
            data[at - 4 : at] = b"free"
        zero(data, at, entry.end)
    return found


def _must_be(data: bytearray, box: Box, pictures: set[int]) -> None:
    """The picture that is shown is one of those that stay (it may be packed in a way that we cannot clean)."""
    if struct.unpack_from(">I" if data[box.body] else ">H", data, box.body + 4)[0] not in pictures:
        raise KindNotBare


def _unpoint(data: bytearray, box: Box, pictures: set[int]) -> None:
    """What is no picture no longer says to which picture it belongs, and no picture is made of what goes."""
    letter = "I" if data[box.body] else "H"
    for told in boxes(data, box.body + 4, box.end):
        from_item, count = struct.unpack_from(f">{letter}H", data, told.body)
        if from_item not in pictures:
            data[told.start + 4 : told.start + 8] = b"free"
        elif told.kind == b"dimg":
            parts = struct.unpack_from(f">{count}{letter}", data, told.body + struct.calcsize(f">{letter}H"))
            if not pictures.issuperset(parts):
                raise KindNotBare


def _looks(data: bytearray, box: Box) -> None:
    """Size, colour, side up and the like stay; descriptions and times are emptied."""
    for listed in only_in(data, box, (b"ipco", b"ipma")):
        if listed.kind == b"ipco":
            for told in boxes(data, listed.body, listed.end):
                if told.kind not in _LOOKS:
                    zero(data, told.body, told.end)


def _extents(data: bytearray, box: Box) -> Iterator[tuple[int, bool, int, int]]:
    """Number of the item, whether it stands inside the box (idat), from, to."""
    version, sizes, at = data[box.body], struct.unpack_from(">H", data, box.body + 4)[0], box.body + 6
    long, wide, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    count, at = _read(data, at, 2 if version < 2 else 4, box)
    if version > 2 or count > MOST_ITEMS:
        raise NotBare
    for _ in range(count):
        item, at = _read(data, at, 2 if version < 2 else 4, box)
        way, at = _read(data, at, 2 if version else 0, box)
        source, at = _read(data, at, 2, box)
        first, at = _read(data, at, base, box)
        parts, at = _read(data, at, 2, box)
        if source or way & 15 > 1:
            raise NotBare
        for _ in range(parts):
            start, at = _read(data, at + (index if version else 0), long, box)
            size, at = _read(data, at, wide, box)
            if not size:
                raise NotBare
            yield item, bool(way & 15), first + start, first + start + size


def _read(data: bytearray, at: int, size: int, box: Box) -> tuple[int, int]:
    if at + size > box.end:
        raise NotBare
    return int.from_bytes(data[at : at + size], "big"), at + size
