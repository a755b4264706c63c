"""Ogg with Opus, Vorbis or Theora: the packet of comments is filled with one empty name, of the same length.

Nothing moves, so that only the pages of that packet get another checksum. Sources: RFC 3533, RFC 7845, Vorbis I.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field

from .errors import KindNotBare, NotBare

_HEADS = {b"OpusHead": b"OpusTags", b"\x01vorbis": b"\x03vorbis", b"\x80theora": b"\x81theora"}
_TURNED = bytes(int(f"{one:08b}"[::-1], 2) for one in range(256))


@dataclass
class Stream:
    """One of the streams of the file: what its comments begin with, and where they stand so far."""

    mark: bytes
    packet: int = 0
    parts: list[tuple[int, int]] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)


def ogg(body: bytes) -> bytes:
    """The same sound (and film), comments and pictures of a sleeve gone. Raises NotBare."""
    data, at = bytearray(body), 0
    streams: dict[bytes, Stream] = {}
    while at < len(data):
        if data[at : at + 5] != b"OggS\0" or at + 27 + data[at + 26] > len(data):
            raise NotBare
        serial, first = bytes(data[at + 14 : at + 18]), bool(data[at + 5] & 2)
        lengths = data[at + 27 : at + 27 + data[at + 26]]
        start = at + 27 + len(lengths)
        end = start + sum(lengths)
        if end > len(data):
            raise NotBare
        if first:
            streams[serial] = Stream(_mark(data, start))
        if serial not in streams:
            raise NotBare
        _follow(data, streams[serial], at, start, lengths)
        at = end
    if not streams or any(one.packet < 2 for one in streams.values()):
        raise NotBare
    return bytes(data)


def _mark(data: bytearray, start: int) -> bytes:
    for head, mark in _HEADS.items():
        if data[start : start + len(head)] == head:
            return mark
    raise KindNotBare


def _follow(data: bytearray, stream: Stream, page: int, at: int, lengths: bytearray) -> None:
    """Go over the packets of a page; when the one of comments is whole, fill it."""
    if stream.packet > 1:
        return
    for length in lengths:
        if stream.packet == 1:
            stream.parts.append((at, at + length))
            if stream.pages[-1:] != [page]:
                stream.pages.append(page)
        at += length
        if length < 255:
            stream.packet += 1
            if stream.packet == 2:
                _fill(data, stream)


def _fill(data: bytearray, stream: Stream) -> None:
    size = sum(end - start for start, end in stream.parts)
    framed = stream.mark == b"\x03vorbis"
    spaces = size - len(stream.mark) - 8 - framed
    begin, length = stream.parts[0][0], len(stream.mark)
    if spaces < 0 or data[begin : begin + length] != stream.mark:
        raise NotBare
    told = stream.mark + struct.pack("<I", spaces) + b" " * spaces + bytes(4) + (b"\x01" if framed else b"")
    at = 0
    for start, end in stream.parts:
        data[start:end] = told[at : at + end - start]
        at += end - start
    for page in stream.pages:
        _seal(data, page)


def _seal(data: bytearray, page: int) -> None:
    """The checksum of a page: CRC-32 with the bits of every byte turned round, from 0."""
    lengths = data[page + 27 : page + 27 + data[page + 26]]
    data[page + 22 : page + 26] = bytes(4)
    whole = data[page : page + 27 + len(lengths) + sum(lengths)].translate(_TURNED)
    crc = zlib.crc32(whole, 0xFFFFFFFF) ^ 0xFFFFFFFF
    data[page + 22 : page + 26] = int(f"{crc:032b}"[::-1], 2).to_bytes(4, "little")
