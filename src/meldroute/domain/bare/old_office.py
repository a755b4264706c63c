"""Old Office documents (.doc, .xls, .ppt of 97 to 2003): properties and names blanked where they stand.

Sources: MS-OLEPS, MS-DOC, MS-XLS, MS-PPT. Refused: what is encrypted, saved in pieces, older, or holds macros, files,
links to elsewhere, other sorts of streams, or photos with hidden data.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from .compound import Compound, Stream
from .errors import KindNotBare, NotBare

_PLAIN = frozenset(("\x01CompObj", "\x03ObjInfo", "\x03PRINT", "\x03EPRINT", "Equation Native", "Data", "Pictures"))
_LATER = frozenset(("WordDocument", "0Table", "1Table"))
_HIDDEN = (b"Exif\0\0", b"ns.adobe.com", b"Photoshop 3.0", b"xpacket", b"eXIf", b"iTXt", b"tEXt", b"zTXt")
_WIPED = (27, 28, 29, 35, 44, 60, 70, 71, 77, 92, 97, 114, 115, 117, 118, 119, 126, 127, 131, 132, 140, 144)
"""Numbers of parts of Word's table: printers, autosave, mail merge, variables, routing, who saved it, undo, smart tags,
envelope, forms, protected users."""
_LISTS = (32, 51, 72)
"""Lists of texts: properties and template, names of who changed it, names of other files."""
_OWNERS, _NOTES, _DATES = 36, 4, 31
MOST_NAMES = 200
MOST_RECORDS = 2_000_000
DEEPEST = 50


def old_office(body: bytes) -> bytes:
    """The same text, sheets or slides. Raises NotBare."""
    held = Compound(body)
    for stream in held.streams:
        if stream.name.startswith("\x05"):
            held.write(stream, _no_properties(stream, held))
        elif stream.name in _WAYS:
            told = held.read(stream)
            _WAYS[stream.name](told)
            held.write(stream, told)
        elif stream.name == "\x01Ole":
            if len(held.read(stream)) > 20:  # a link, with the path of a file
                raise KindNotBare
        elif stream.name not in _PLAIN | _LATER:
            raise KindNotBare
        if any(mark in held.read(stream) for mark in _HIDDEN):
            raise KindNotBare
    for folder in {stream.folder for stream in held.streams if stream.name in _LATER}:
        _word_in(held, {stream.name: stream for stream in held.streams if stream.folder == folder})
    if not {stream.name for stream in held.streams if not stream.folder} & {"WordDocument", *_WAYS}:
        raise KindNotBare
    return held.sealed()


def _no_properties(stream: Stream, held: Compound) -> bytes:
    """A set of properties of its first kind, with none in it."""
    old = held.read(stream)
    if len(old) < 56 or old[:2] != b"\xfe\xff":
        return bytes(len(old))
    empty = old[:2] + bytes(22) + struct.pack("<I", 1) + old[28:44] + struct.pack("<3I", 48, 8, 0)
    return bytes(empty).ljust(len(old), b"\0")


def _word_in(held: Compound, streams: dict[str, Stream]) -> None:
    if "WordDocument" not in streams:
        raise NotBare
    text = held.read(streams["WordDocument"])
    mark, version, _, _, following, flags = struct.unpack_from("<6H", text)
    if mark != 0xA5EC or version < 193 or following or flags & 0x0104:  # older, a glossary, encrypted, in pieces
        raise KindNotBare
    stream = streams.get("1Table" if flags & 0x0200 else "0Table")
    if stream is None or struct.unpack_from("<H", text, 32)[0] != 14 or struct.unpack_from("<H", text, 62)[0] != 22:
        raise NotBare
    table = held.read(stream)
    names = _word(text, table)
    if len(names) > MOST_NAMES or any(name in table for name in names if len(name) >= 8):
        raise KindNotBare
    held.write(streams["WordDocument"], text)
    held.write(stream, table)


def _word(text: bytearray, table: bytearray) -> set[bytes]:
    """Blank what tells who; gives the names that stood there, as they were written."""
    (count,) = struct.unpack_from("<H", text, 152)
    names: set[bytes] = set()
    for number in range(min(count, 200)):
        start, length = struct.unpack_from("<II", text, 154 + 8 * number)
        if not length or number not in {*_WIPED, *_LISTS, _OWNERS, _NOTES, _DATES}:
            continue
        end = start + length
        if end > len(table):
            raise NotBare
        if number in _WIPED:
            table[start:end] = bytes(length)
            struct.pack_into("<I", text, 158 + 8 * number, 0)
        elif number in _LISTS:
            _blank_list(table, start, end, names)
        elif number == _OWNERS:
            left = MOST_NAMES
            while start < end and left:
                start, left = _blank_text(table, start, end, names), left - 1
            if start < end:
                raise KindNotBare
        elif number == _NOTES:
            _blank_initials(table, start, end)
        else:
            table[start + 20 : min(start + 32, end)] = bytes(max(0, min(12, length - 20)))
    return names


def _blank_list(table: bytearray, at: int, end: int, names: set[bytes]) -> None:
    wide, count, extra = struct.unpack_from("<3H", table, at)
    if wide != 0xFFFF:
        raise KindNotBare
    at += 6
    for _ in range(count):
        at = _blank_text(table, at, end, names) + extra
    if at > end:
        raise NotBare


def _blank_text(table: bytearray, at: int, end: int, names: set[bytes]) -> int:
    """A text behind its length becomes dashes; gives where the next begins."""
    length: int = struct.unpack_from("<H", table, at)[0]
    start, stop = at + 2, at + 2 + 2 * length
    if stop > end:
        raise NotBare
    told, dashes = bytes(table[start:stop]), b"-\0" * length
    if told not in (dashes, "Unknown".encode("utf-16-le")):
        names.add(told)
        table[start:stop] = dashes
    return stop


def _blank_initials(table: bytearray, start: int, end: int) -> None:
    notes = (end - start - 4) // 34
    for at in range(start + 4 * (notes + 1), start + 4 * (notes + 1) + 30 * notes, 30):
        table[at : at + 20] = struct.pack("<H", 1) + b"-\0" + bytes(16)


def _sheets(book: bytearray) -> None:
    """Who wrote it and noted in it, and the printer."""
    if struct.unpack_from("<HHH", book)[0::2] != (0x0809, 0x0600):
        raise KindNotBare
    at, last, left = 0, 0, MOST_RECORDS
    while at + 4 <= len(book):
        left -= 1
        kind, length = struct.unpack_from("<HH", book, at)
        start, at = at + 4, at + 4 + length
        if at > len(book) or left < 0:
            raise NotBare
        if kind in (0x2F, 0x51, 0x52, 0x1A9) or (kind == 0x1AE and length > 4):  # password, other files, own views
            raise KindNotBare
        if kind == 0x5C:
            book[start:at] = (b"\1\0\0" + b" " * length)[:length]
        elif kind == 0x4D or (kind == 0x3C and last == 0x4D):
            book[start:at] = bytes(length)
            kind = 0x4D
        elif kind in (0x1C, 0x5B):
            _blank_counted(book, start + (8 if kind == 0x1C else 4), at)
        last = kind
        if not kind and not length:
            break


def _blank_counted(book: bytearray, at: int, end: int) -> None:
    """A text behind its length and a byte that says how wide its signs are."""
    if at + 3 > end:
        return
    length, wide = struct.unpack_from("<HB", book, at)
    size = length * (2 if wide & 1 else 1)
    if at + 3 + size > end:
        raise NotBare
    book[at + 3 : at + 3 + size] = (b"-\0" if wide & 1 else b"-") * length


def _slides(show: bytearray) -> None:
    """Names and initials at notes; a slide show with files inside is refused."""
    at, around, left = 0, list[tuple[int, int]](), MOST_RECORDS
    while at + 8 <= len(show):
        left -= 1
        if left < 0 or len(around) > DEEPEST:
            raise NotBare
        while around and at >= around[-1][0]:
            around.pop()
        told, kind, length = struct.unpack_from("<HHI", show, at)
        start, end = at + 8, at + 8 + length
        if end > len(show):
            if around and around[-1][1] == 0x138B:  # of another programme, not made of records
                at = around.pop()[0]
                continue
            raise NotBare
        if kind in (0x1011, 0x2F14):
            raise KindNotBare
        within = {one for _, one in around}
        if kind == 0x0FBA and (0x2EE4 in within or (0x2EE0 in within and told >> 4 in (0, 2))):
            show[start:end] = (b"-\0" * (length // 2)).ljust(length, b"\0")
        if told & 15 == 15 or kind == 0x138B:
            around.append((end, kind))
            at = start
        else:
            at = end


def _user(told: bytearray) -> None:
    """Who saved the slides last."""
    if struct.unpack_from("<I", told, 12)[0] != 0xE391C05F:  # else it is encrypted
        raise KindNotBare
    (length,) = struct.unpack_from("<H", told, 20)
    told[28 : 28 + length] = b"-" * length
    wide = len(told) - (32 + length)
    if wide > 0:
        told[32 + length :] = (b"-\0" * (wide // 2)).ljust(wide, b"\0")


_WAYS: dict[str, Callable[[bytearray], None]] = {
    "Workbook": _sheets,
    "PowerPoint Document": _slides,
    "Current User": _user,
}
