"""WebM and Matroska, as browsers record: what is not needed to play it becomes empty space.

Sources: RFC 9559, RFC 8794.
"""

from __future__ import annotations

from .errors import NotBare

MOST_PARTS = 300_000
_INSIDE = frozenset((0x18538067, 0x1F43B675, 0x1549A966, 0x1654AE6B, 0xAE, 0xA0))
"""What is opened: segment, cluster, info, tracks, a track, a group of blocks."""
_KEPT = frozenset(
    {0x1A45DFA3, 0x114D9B74, 0x1C53BB6B}  # head, where things are, cues
    | {0x2AD7B1, 0x4489}  # scale of time, duration
    | {0xD7, 0x73C5, 0x83, 0xB9, 0x88, 0x55AA, 0x9C, 0x6DE7, 0x23E383, 0x22B59C, 0x22B59D, 0x86, 0x63A2, 0x56AA, 0x56BB}
    | {0xE0, 0xE1, 0x6D80}  # film, sound, packing
    | {0xE7, 0xA7, 0xAB, 0xA3, 0xA1, 0x75A1, 0x9B, 0xFB, 0xFD, 0x75A2}  # of clusters and blocks
)
_NAMES = frozenset((0x4D80, 0x5741))
"""Programmes that made it: must be there, so they become spaces."""
_EMPTY = 0xEC


def matroska(body: bytes) -> bytes:
    """The same film or sound without tags, files inside, chapters, names and times of making. Raises NotBare."""
    data, at, blocks, left = bytearray(body), 0, 0, MOST_PARTS
    while at < len(data):
        left -= 1
        kind, length = _number(data, at, keep=True)
        size, wide = _number(data, at + length, keep=False)
        start = at + length + wide
        if kind in _INSIDE and left > 0:
            at = start
            continue
        end = start + size
        if end > len(data) or left < 0:
            raise NotBare
        blocks += kind in (0xA3, 0xA1)
        if kind in _NAMES:
            data[start:end] = b" " * size
        elif kind not in _KEPT:
            data[at:end] = _space(end - at)
        at = end
    if not blocks:
        raise NotBare
    return bytes(data)


def _number(data: bytearray, at: int, *, keep: bool) -> tuple[int, int]:
    """A number of 1 to 8 bytes and how many it took; the mark of its length stays when it is a name."""
    wide = 9 - data[at].bit_length() if at < len(data) else 9
    if wide > 8 or at + wide > len(data):
        raise NotBare
    found = int.from_bytes(data[at : at + wide], "big")
    return (found if keep else found & (1 << 7 * wide) - 1), wide


def _space(size: int) -> bytes:
    if size < 2:
        raise NotBare
    if size < 129:
        return bytes([_EMPTY, 0x80 | size - 2]).ljust(size, b"\0")
    return (bytes([_EMPTY, 1]) + (size - 9).to_bytes(7, "big")).ljust(size, b"\0")
