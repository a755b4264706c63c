"""Film, sound and pictures in boxes: MP4, MOV, 3GP, M4A, HEIC and AVIF. Sources: ISO 14496-12, QuickTime File Format.

In place: what programmes and telephones wrote beside the picture becomes empty space, times of making become 0, tracks
that are neither seen nor heard (place, movement, camera) become empty space, and so do all bytes of the media that no
part that stays points to.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from .boxes import Box, blank, boxes, one, only, only_in, zero, zero_outside
from .errors import KindNotBare, NotBare
from .heif import items

MOST_TRACKS = 64
MOST_SAMPLES = 2_000_000
"""Of one track; an hour of sound in packets of 20 ms is 180,000."""
_TOP = frozenset(b"ftyp styp moov moof mdat mfra sidx ssix pdin meta".split())
_MOVIE = frozenset(b"mvhd trak mvex iods clip ctab".split())
_TRACK = frozenset(b"tkhd tref edts mdia tapt matt clip load imap trgr".split())
_MEDIA = frozenset(b"mdhd hdlr minf elng".split())
_INNER = frozenset(b"vmhd smhd hmhd nmhd gmhd sthd dinf stbl hdlr".split())
_TABLE = frozenset(b"stsd stts ctts cslg stss stps sdtp stsz stsc stco co64 sgpd sbgp subs padb stdp stsh".split())
_PIECE = frozenset(b"mfhd traf tfhd tfdt trun sdtp sbgp sgpd subs".split())
_SEEN = frozenset((b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp", b"auxv", b"pict"))
_HIDDEN = frozenset((b"uuid", b"udta", b"meta", b"free", b"skip"))
Stretch = tuple[int, int]


def film(body: bytes) -> bytes:
    """The same film, sound or picture. Raises NotBare."""
    if body[8:12] == b"crx ":
        raise KindNotBare
    data = bytearray(body)
    _clean(data)
    return bytes(data)


def _clean(data: bytearray) -> None:
    top = only(data, boxes(data, 0, len(data)), _TOP)
    pieces = [box for box in top if box.kind == b"moof"]
    media = [box for box in top if box.kind == b"mdat"]
    kept: list[Stretch] = []
    for box in top:
        if box.kind == b"moov":
            kept += _movie(data, box, media, in_pieces=bool(pieces))
        elif box.kind == b"meta":
            kept += items(data, box)
    for box in pieces:
        for inner in only_in(data, box, _PIECE):
            if inner.kind == b"traf":
                only_in(data, inner, _PIECE)
    if not kept and not pieces:
        raise NotBare
    kept.sort()
    for box in media if not pieces else []:
        zero_outside(data, box, kept)


def _movie(data: bytearray, movie: Box, media: Sequence[Box], *, in_pieces: bool) -> list[Stretch]:
    """What of the media is seen or heard."""
    inside = only_in(data, movie, _MOVIE)
    _timeless(data, one(inside, b"mvhd"))
    tracks = [box for box in inside if box.kind == b"trak"]
    if len(tracks) > MOST_TRACKS:
        raise NotBare
    seen = {track for track in tracks if _handler(data, track) in _SEEN}
    if in_pieces and len(seen) < len(tracks):
        raise KindNotBare
    starts = sorted({start for track in tracks for start in _starts(data, track)} | {box.end for box in media})
    kept: list[Stretch] = []
    for track in tracks:
        if track in seen:
            kept += _track(data, track, starts, alone=len(seen) == len(tracks))
        else:
            blank(data, track)
    return kept


def _path(data: bytearray, box: Box, *kinds: bytes) -> Box:
    for kind in kinds:
        box = one(boxes(data, box.body, box.end), kind)
    return box


def _handler(data: bytearray, track: Box) -> bytes:
    handler = _path(data, track, b"mdia", b"hdlr")
    return bytes(data[handler.body + 8 : handler.body + 12])


def _track(data: bytearray, track: Box, starts: Sequence[int], *, alone: bool) -> list[Stretch]:
    inside = only_in(data, track, _TRACK)
    _timeless(data, one(inside, b"tkhd"))
    for box in inside:
        if box.kind == b"tref" and not alone:
            blank(data, box)
    media = only_in(data, one(inside, b"mdia"), _MEDIA)
    _timeless(data, one(media, b"mdhd"))
    inner = only_in(data, one(media, b"minf"), _INNER)
    for box in (*media, *inner):
        if box.kind == b"hdlr":
            zero(data, box.body + 12, box.end)
        elif box.kind == b"gmhd":
            only_in(data, box, (b"gmin", b"text"))
        elif box.kind == b"dinf":
            _sources(data, box)
    handler = _handler(data, track)
    table = only_in(data, one(inner, b"stbl"), _TABLE)
    if handler in (b"vide", b"auxv", b"pict"):
        _nameless(data, one(table, b"stsd"))
    return list(_chunks(data, table, starts, sound=handler == b"soun"))


def _timeless(data: bytearray, box: Box) -> None:
    """When it was made and changed: 0."""
    zero(data, box.body + 4, box.body + (20 if data[box.body] == 1 else 12))


def _sources(data: bytearray, box: Box) -> None:
    """Where the media stands: in this file. A path on somebody's disk is taken out."""
    for listed in only_in(data, box, (b"dref",)):
        for source in boxes(data, listed.body + 8, listed.end):
            zero(data, source.body + 4, source.end)


def _nameless(data: bytearray, described: Box) -> None:
    """The maker and name of the programme that packed the film."""
    for entry in boxes(data, described.body + 8, described.end):
        zero(data, entry.start + 20, entry.start + 24)
        zero(data, entry.start + 50, min(entry.start + 82, entry.end))
        for box in boxes(data, entry.start + 86, entry.end) if entry.start + 86 < entry.end else []:
            if box.kind in _HIDDEN:
                blank(data, box)


def _starts(data: bytearray, track: Box) -> list[int]:
    """Where each chunk of the track begins."""
    table = _path(data, track, b"mdia", b"minf", b"stbl")
    return _offsets(data, boxes(data, table.body, table.end))


def _offsets(data: bytearray, table: Sequence[Box]) -> list[int]:
    for box in table:
        if box.kind in (b"stco", b"co64"):
            return list(_listed(data, box, 4, "I" if box.kind == b"stco" else "Q"))
    raise NotBare


def _chunks(data: bytearray, table: Sequence[Box], starts: Sequence[int], *, sound: bool) -> Iterator[Stretch]:
    """From where to where each chunk goes.

    Of plain sound QuickTime tells the size of a sample wrongly (1): there a chunk goes on to the next one.
    """
    offsets, sizes = _offsets(data, table), one(table, b"stsz")
    each, count = struct.unpack_from(">II", data, sizes.body + 4)
    if each and sound:
        yield from ((start, starts[min(bisect_right(starts, start), len(starts) - 1)]) for start in offsets)
        return
    told = [0, *accumulate(_listed(data, sizes, 8, "I"))] if not each else []
    sums, at = told or range(0, each * (count + 1), each), 0
    for start, many in zip(offsets, _per_chunk(data, one(table, b"stsc"), len(offsets)), strict=True):
        size = sums[min(at + many, count)] - sums[min(at, count)]
        if start + size > len(data):
            raise NotBare
        yield start, start + size
        at += many


def _listed(data: bytearray, box: Box, at: int, letter: str) -> tuple[int, ...]:
    """The numbers of a table, behind their count."""
    (count,) = struct.unpack_from(">I", data, box.body + at)
    if count > MOST_SAMPLES or box.body + at + 4 + count * struct.calcsize(letter) > box.end:
        raise NotBare
    return struct.unpack_from(f">{count}{letter}", data, box.body + at + 4)


def _per_chunk(data: bytearray, box: Box, chunks: int) -> Iterator[int]:
    """How many samples are in each chunk."""
    (count,) = struct.unpack_from(">I", data, box.body + 4)
    if count > chunks:
        raise NotBare
    rows = [struct.unpack_from(">II", data, box.body + 8 + 12 * row) for row in range(count)]
    if not chunks:
        return
    if not rows or rows[0][0] != 1:
        raise NotBare
    for (first, many), (following, _) in zip(rows, [*rows[1:], (chunks + 1, 0)], strict=True):
        if not first < following <= chunks + 1:
            raise NotBare
        yield from (many for _ in range(first, following))
