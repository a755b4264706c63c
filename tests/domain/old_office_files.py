"""Old Office files with the same words wherever names are kept: small, but whole in what the cleaning reads.

`compound` makes the container (version 3, with small streams in the small stream, remains in free sectors).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

from domain.bare_files import CANARY, RAW

WIDE = CANARY.encode("utf-16-le")
END, NONE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SECTOR = 512


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A file with these streams in its root; `folder/name` stands in a folder."""
    names = sorted(streams)
    folders = sorted({name.rpartition("/")[0] for name in names} - {""})
    small = b"".join(_padded(streams[name], 64) for name in names if len(streams[name]) < 4096)
    small_fat, sectors, fat = _small_fat(names, streams), list[bytes](), list[int]()

    def put(body: bytes) -> int:
        first = len(sectors)
        parts = [body[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(body), SECTOR)]
        sectors.extend(parts)
        fat.extend([*range(first + 1, first + len(parts)), END])
        return first if parts else END

    starts = {name: put(streams[name]) for name in names if len(streams[name]) >= 4096}
    at = 0
    for name in names:
        if name not in starts:
            starts[name] = at
            at += -(-len(streams[name]) // 64)
    root = put(small)
    listed = put(small_fat)
    entries = [_entry("Root Entry", 5, root, len(small), child=1 if names else NONE)]
    order = [*folders, *(name for name in names if "/" not in name)]
    inner = {folder: [name for name in names if name.startswith(f"{folder}/")] for folder in folders}
    number = len(order) + 1
    children = {}
    for folder in folders:
        children[folder] = number
        number += len(inner[folder])
    for place, name in enumerate(order, start=1):
        following = place + 1 if place < len(order) else NONE
        if name in children:
            entries.append(_entry(name, 1, 0, 0, right=following, child=children[name]))
        else:
            entries.append(_entry(name, 2, starts[name], len(streams[name]), right=following))
    for folder in folders:
        for place, name in enumerate(inner[folder]):
            following = children[folder] + place + 1 if place + 1 < len(inner[folder]) else NONE
            entries.append(_entry(name.rpartition("/")[2], 2, starts[name], len(streams[name]), right=following))
    first_entry = put(b"".join(entries) + _entry(CANARY, 0, 0, 0))
    sectors.append(_padded(RAW * 9, SECTOR)[:SECTOR])  # a free sector with what was there before
    fat.append(NONE)
    fat.append(TABLE)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(SECTOR, b"\xff")
    assert len(table) == SECTOR
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<5H", 62, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<5I", 1, first_entry, 0, 4096, listed) + struct.pack("<3I", 1, END, 0)
    head += struct.pack("<I", len(sectors)) + b"\xff" * 432
    return head + b"".join(sectors) + table


def _small_fat(names: list[str], streams: Mapping[str, bytes]) -> bytes:
    told: list[int] = []
    for name in names:
        count = -(-len(streams[name]) // 64) if len(streams[name]) < 4096 else 0
        told += [*range(len(told) + 1, len(told) + count), END] if count else []
    return struct.pack(f"<{len(told)}I", *told).ljust(SECTOR, b"\xff")


def _padded(body: bytes, size: int) -> bytes:
    return body + RAW[: min(len(RAW), -len(body) % size)].ljust(-len(body) % size, b"\0")


def _entry(name: str, kind: int, start: int, size: int, *, right: int = NONE, child: int = NONE) -> bytes:
    told = (name.encode("utf-16-le") + b"\0\0").ljust(64, b"\0")
    made = told + struct.pack("<HBB3I", 2 * len(name) + 2, kind, 1, NONE, right, child)
    return (
        made
        + bytes(20)
        + struct.pack("<QQ", 132_000_000_000_000_000, 132_000_000_000_000_000)
        + struct.pack("<IQ", start, size)
    )


def properties() -> bytes:
    """A set of properties with an author."""
    text = struct.pack("<II", 30, len(RAW) + 1) + RAW + b"\0"
    section = struct.pack("<4I", 16 + len(text), 1, 4, 16) + text
    head = b"\xfe\xff\0\0" + bytes(20) + struct.pack("<I", 1)
    return head + bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9") + struct.pack("<I", 48) + section


def _text(words: bytes) -> bytes:
    return struct.pack("<H", len(words) // 2) + words


def word(flags: int = 0x0200) -> dict[str, bytes]:
    """A text with a note and a change, each with who made it."""
    parts = {
        4: struct.pack("<2I", 5, 9) + _text("KvO".encode("utf-16-le")).ljust(20, b"\0") + bytes(10),
        27: WIDE,
        31: bytes(20) + b"dagtijd!maak" + bytes(40),
        32: struct.pack("<3H", 0xFFFF, 2, 0) + _text(b"") + _text(WIDE),
        33: b"stuktabel blijft",
        36: _text(WIDE) + _text(WIDE),
        51: struct.pack("<3H", 0xFFFF, 2, 0) + _text("Unknown".encode("utf-16-le")) + _text(WIDE),
        71: struct.pack("<3H", 0xFFFF, 1, 0) + _text(WIDE),
    }
    table, places = b"", dict[int, tuple[int, int]]()
    for number, part in parts.items():
        places[number] = (len(table), len(part))
        table += part
    pairs = b"".join(struct.pack("<II", *places.get(number, (0, 0))) for number in range(93))
    base = struct.pack("<6H", 0xA5EC, 193, 0, 1043, 0, flags) + bytes(20)
    head = base + struct.pack("<H", 14) + bytes(28) + struct.pack("<H", 22) + bytes(88) + struct.pack("<H", 93) + pairs
    text = head.ljust(1536, b"\0") + "Vier matrassen".encode("utf-16-le")
    return {"WordDocument": text.ljust(4608, b"\0"), "1Table": table, "\x05SummaryInformation": properties()}


def record(kind: int, body: bytes) -> bytes:
    """One record of a workbook."""
    return struct.pack("<HH", kind, len(body)) + body


def sheets(*more: bytes) -> dict[str, bytes]:
    """A workbook that knows who wrote it, who noted, and on which printer."""
    counted = struct.pack("<HB", len(RAW), 0) + RAW
    book = record(0x0809, struct.pack("<HH", 0x0600, 5) + bytes(12)) + record(0x5C, counted.ljust(112))
    book += record(0x5B, bytes(4) + counted) + record(0x1C, bytes(8) + struct.pack("<HB", len(CANARY), 1) + WIDE)
    book += record(0x4D, b"\0\0" + WIDE) + record(0x3C, WIDE) + record(0xFC, b"Vier matrassen") + b"".join(more)
    return {"Workbook": book + record(0x0A, b""), "\x05DocumentSummaryInformation": properties()}


def _atom(kind: int, body: bytes, *, instance: int = 0, box: bool = False) -> bytes:
    return struct.pack("<HHI", instance << 4 | (15 if box else 0), kind, len(body)) + body


def slides(*more: bytes) -> dict[str, bytes]:
    """A show with a note in the place where the program keeps it, and who saved it."""
    note = _atom(0x0FBA, WIDE) + _atom(0x0FBA, "Zie foto".encode("utf-16-le"), instance=1)
    note += _atom(0x0FBA, "KvO".encode("utf-16-le"), instance=2)
    tag = _atom(
        0x138A, _atom(0x0FBA, "___PPT10".encode("utf-16-le")) + _atom(0x138B, _atom(0x2EE0, note, box=True)), box=True
    )
    other = _atom(0x138A, _atom(0x0FBA, b"X\0") + _atom(0x138B, b"van een ander"), box=True)
    show = _atom(0x03E8, _atom(0x0FA8, b"Vier matrassen") + tag + other + b"".join(more), box=True)
    user = struct.pack("<HHI", 0, 0x0FF6, 20 + 3 * len(RAW) + 4)
    user += struct.pack("<3I2H2BH", 20, 0xE391C05F, 0, len(RAW), 0x03F4, 3, 0, 0) + RAW + struct.pack("<I", 8) + WIDE
    return {"PowerPoint Document": show, "Current User": user, "\x05SummaryInformation": properties()}
