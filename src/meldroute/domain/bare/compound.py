"""The container of old Office files: a small disk in a file (MS-CFB). Streams are changed in place, of equal length.

What no stream uses is written as zeros: free sectors and ends of sectors keep what programmes had there before.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from .errors import NotBare

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_ENTRIES = 10_000
_CUTOFF = 4096
"""Bytes; smaller streams stand in the small stream."""
_END, _NONE = 0xFFFFFFFE, 0xFFFFFFFF
_FOLDER, _FILE, _ROOT = 1, 2, 5


class Stream(NamedTuple):
    """The folder it is in (names from the root), its name, and where its bytes stand in the file."""

    folder: tuple[str, ...]
    name: str
    places: tuple[tuple[int, int], ...]


class Compound:
    """One file, opened. Raises NotBare when it is damaged."""

    def __init__(self, body: bytes) -> None:
        if not body.startswith(MAGIC) or len(body) < 1536:
            raise NotBare
        self.data = bytearray(body)
        shift, small = struct.unpack_from("<HH", body, 30)
        if shift not in (9, 12) or small != 6 or struct.unpack_from("<I", body, 56)[0] != _CUTOFF:
            raise NotBare
        self.sector = 1 << shift
        self._fat_sectors, self._extra = self._where_the_fat_is()
        self._fat = self._numbers(self._fat_sectors)
        first_entry, _, _, first_small = struct.unpack_from("<4I", body, 48)
        self._entry_sectors = self._chain(first_entry, self._fat)
        self._small_sectors = self._chain(first_small, self._fat)
        self._small_fat = self._numbers(self._small_sectors)
        self._entries = [
            place + at for place in map(self._place, self._entry_sectors) for at in range(0, self.sector, 128)
        ]
        if not self._entries or len(self._entries) > MOST_ENTRIES:
            raise NotBare
        root_start, root_size = self._start_and_size(self._entries[0])
        self._small_stream = self._spread(self._chain(root_start, self._fat), root_size)
        self.streams = list(self._walk())

    def read(self, stream: Stream) -> bytearray:
        """Its bytes."""
        return bytearray().join(self.data[start:end] for start, end in stream.places)

    def write(self, stream: Stream, body: bytes | bytearray) -> None:
        """Other bytes, as many."""
        at = 0
        for start, end in stream.places:
            self.data[start:end] = body[at : at + end - start]
            at += end - start

    def sealed(self) -> bytes:
        """The file with its streams and their list, without moments, and zeros elsewhere."""
        made = bytearray(len(self.data))
        made[:512] = self.data[:512]
        for sector in (*self._fat_sectors, *self._extra, *self._small_sectors):
            place = self._place(sector)
            made[place : place + self.sector] = self.data[place : place + self.sector]
        for at in self._entries:
            made[at : at + 128] = self._clean_entry(at)
        for stream in self.streams:
            for start, end in stream.places:
                made[start:end] = self.data[start:end]
        return bytes(made)

    def _clean_entry(self, at: int) -> bytes:
        """A name without what stands behind it, no moments; one that is not used is empty."""
        told = self.data[at : at + 128]
        if not told[66]:
            return bytes(68) + struct.pack("<3I", _NONE, _NONE, _NONE) + bytes(48)
        (length,) = struct.unpack_from("<H", told, 64)
        told[min(length, 64) : 64] = bytes(64 - min(length, 64))
        told[100:116] = bytes(16)
        return bytes(told)

    def _place(self, sector: int) -> int:
        place: int = (sector + 1) * self.sector
        if place >= len(self.data):
            raise NotBare
        return place

    def _numbers(self, sectors: list[int]) -> list[int]:
        found: list[int] = []
        for place in map(self._place, sectors):
            found += struct.unpack_from(f"<{self.sector // 4}I", self.data, place)
        return found

    def _where_the_fat_is(self) -> tuple[list[int], list[int]]:
        """The sectors of the table, and those that only list more of these."""
        told = list(struct.unpack_from("<109I", self.data, 76))
        (at,) = struct.unpack_from("<I", self.data, 68)
        extra: list[int] = []
        while at < _END - 2:
            if at in extra or len(extra) > 500:
                raise NotBare
            extra.append(at)
            *more, at = self._numbers([at])
            told += more
        return [sector for sector in told if sector < _END - 2], extra

    def _chain(self, sector: int, table: list[int], most: int | None = None) -> list[int]:
        found: list[int] = []
        while sector < _END - 2 and (most is None or len(found) < most):
            if sector >= len(table) or len(found) > len(table):
                raise NotBare
            found.append(sector)
            sector = table[sector]
        return found

    def _start_and_size(self, at: int) -> tuple[int, int]:
        start, size = struct.unpack_from("<II", self.data, at + 116)
        return start, size

    def _spread(self, sectors: list[int], size: int) -> tuple[tuple[int, int], ...]:
        """Where so many bytes stand in these sectors."""
        if size > len(sectors) * self.sector:
            raise NotBare
        found = []
        for number, sector in enumerate(sectors[: -(-size // self.sector)]):
            start = self._place(sector)
            end = start + min(self.sector, size - number * self.sector)
            if end > len(self.data):
                raise NotBare
            found.append((start, end))
        return tuple(found)

    def _places(self, at: int) -> tuple[tuple[int, int], ...]:
        start, size = self._start_and_size(at)
        if size >= _CUTOFF:
            return self._spread(self._chain(start, self._fat, -(-size // self.sector)), size)
        found, per = [], self.sector // 64
        for number, sector in enumerate(self._chain(start, self._small_fat, -(-size // 64))):
            if sector // per >= len(self._small_stream):
                raise NotBare
            begin = self._small_stream[sector // per][0] + sector % per * 64
            end = begin + min(64, size - number * 64)
            if end > self._small_stream[sector // per][1] + 63 or end > len(self.data):
                raise NotBare
            found.append((begin, end))
        if sum(end - begin for begin, end in found) != size:
            raise NotBare
        return tuple(found)

    def _walk(self) -> Iterator[Stream]:
        """Every stream, by the tree of the list."""
        (child,) = struct.unpack_from("<I", self.data, self._entries[0] + 76)
        waiting: list[tuple[int, tuple[str, ...]]] = [(child, ())]
        seen: set[int] = set()
        room = len(self.data)
        while waiting:
            number, folder = waiting.pop()
            if number == _NONE:
                continue
            if number in seen or number >= len(self._entries):
                raise NotBare
            seen.add(number)
            at = self._entries[number]
            length, kind = struct.unpack_from("<HB", self.data, at + 64)
            name = self.data[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            left, right, child = struct.unpack_from("<3I", self.data, at + 68)
            waiting += [(left, folder), (right, folder)]
            if kind == _FOLDER:
                waiting.append((child, (*folder, name)))
            elif kind == _FILE:
                room -= self._start_and_size(at)[1]
                if room < 0:
                    raise NotBare
                yield Stream(folder, name, self._places(at))
            else:
                raise NotBare
