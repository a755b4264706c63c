"""Office documents (ECMA-376, OpenDocument) and plain archives: packages in zip, written anew member by member.

Properties are emptied; names at comments, changes and locks, and paths of somebody's disk, too. Whatever is inside that
is no text of the document (pictures, films, other documents) is cleaned as a file of its own.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable

from ..bombs import too_much
from .errors import NotBare

MOST_UNPACKED = 100 * 1024 * 1024
"""Bytes of one file, with all that is packed in what it holds."""
_QUOTED = rb"=(?:\"[^\"]*\"|'[^']*')"
_PROPERTIES = re.compile(r"docProps/(core|app|custom)\.xml|(.*/)?meta\.xml|(_xmlsignatures/.*|.*signatures)\.xml")
_TYPED = re.compile(rb"<((?:\w+:)?(?:author|creator|initial-creator|creator-initials|sender-[a-z]+))>[^<]*</\1>")
_MARKED = re.compile(rb"\b(w(?:15)?:(?:author|initials|userId))" + _QUOTED)
_LISTED = re.compile(rb"(?<=\s)(displayName|userId|initials|name)" + _QUOTED)
_USER = re.compile(rb"(?<=\s)(userName)" + _QUOTED)
_DISK = re.compile(rb"(<[\w:]*absPath\b[^<>]*?\surl)" + _QUOTED)
_LINKED = re.compile(rb"(\sTarget)=(?:\"file:[^\"]*\"|'file:[^']*')")
_SET = re.compile(rb"(<config:config-item config:name=\"(?:Printer\w*|CurrentDatabase\w*)\"[^<>]*[^/<>]>)[^<]*<")
_TEXTS = re.compile(r"word/[^/]*\.xml|xl/(comments|workbook|revisions/)[^/]*\.xml|(.*/)?(content|styles|settings)\.xml")
_LISTS = re.compile(r"xl/persons/[^/]*\.xml|ppt/(commentAuthors|authors)\.xml")
_WRITTEN = re.compile(r"mimetype|layout-cache|.*\.(xml|rels|vml|rdf|odttf|fntdata|ttf|otf)|.*/", re.I)
_PRINTER = re.compile(r".*/printerSettings\d*\.bin", re.I)
_SHARED = re.compile(rb"schemas\.microsoft\.com/(?:office/2006/metadata|sharepoint)", re.I)
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>)?\s*(<[\w:.-]+(?:\s[^<>]*?)?)/?>", re.S)
_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, zlib.error)
Way = Callable[[bytes], bytes]


class Room:
    """How many bytes may still be unpacked for one file, however deep."""

    def __init__(self, left: int = MOST_UNPACKED) -> None:
        self.left = left

    def take(self, size: int) -> None:
        """Raises NotBare when it is used up."""
        self.left -= size
        if self.left < 0:
            raise NotBare


def is_office(body: bytes) -> bool:
    """A package of ECMA-376 or of OpenDocument; any other zip is an archive."""
    return b"[Content_Types].xml" in body or body[30:38] == b"mimetype"


def office(body: bytes, inner: Way, room: Room) -> bytes:
    """The same document, every property empty, every name at a comment or change gone, no dates of files."""
    return _anew(body, lambda name, part: _member(name, part, inner), room)


def archive(body: bytes, inner: Way, room: Room) -> bytes:
    """The same files under the same names, each cleaned as a file of its own."""
    return _anew(body, lambda name, part: part if name.endswith("/") else inner(part), room)


def _anew(body: bytes, way: Callable[[str, bytes], bytes], room: Room) -> bytes:
    if too_much(body):
        raise NotBare
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as source, zipfile.ZipFile(made, "w") as target:
            room.take(sum(one.file_size for one in source.infolist()))
            for one in source.infolist():
                told = zipfile.ZipInfo(one.filename)
                told.compress_type = zipfile.ZIP_STORED if one.filename == "mimetype" else zipfile.ZIP_DEFLATED
                target.writestr(told, way(one.filename, source.read(one)))
    except _BROKEN as error:
        raise NotBare from error
    return made.getvalue()


def _member(name: str, body: bytes, inner: Way) -> bytes:
    if _PROPERTIES.fullmatch(name):
        return _emptied(body)
    if _PRINTER.fullmatch(name):
        return bytes(len(body))
    if not _WRITTEN.fullmatch(name):
        return inner(body) if body else body
    return _text(name, body)


def _text(name: str, body: bytes) -> bytes:
    if name.startswith("customXml/") and _SHARED.search(body):
        return _emptied(body)
    if name.endswith(".rels"):
        return _LINKED.sub(rb'\1="file:///-"', body)
    if not (_TEXTS.fullmatch(name) or _LISTS.fullmatch(name)):
        return body
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise NotBare
    body = _TYPED.sub(rb"<\1></\1>", _MARKED.sub(rb'\1="-"', body))
    if name.startswith("xl/"):
        body = _DISK.sub(rb'\1=""', _USER.sub(rb'\1="-"', body))
    if name.endswith("settings.xml"):
        body = _SET.sub(rb"\1<", body)
    return _LISTED.sub(rb'\1="-"', body) if _LISTS.fullmatch(name) else body


def _emptied(body: bytes) -> bytes:
    """Only the outermost element, with nothing in it."""
    found = _ROOT.match(body)
    if found is None:
        raise NotBare
    return b'<?xml version="1.0" encoding="UTF-8"?>' + found[1].rstrip() + b"/>"
