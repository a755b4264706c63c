"""Files that nobody can look into without a password or a key. A virus scanner calls most of them clean.

clamd tells encrypted zips and PDFs apart when it is set so, Office documents never (clamd.conf(5), AlertEncrypted).
Sources: MS-OFFCRYPTO 2.3.4 (EncryptedPackage), MS-DOC 2.5.2 (fEncrypted), MS-XLS 2.4.117 (FilePass), MS-PPT 2.3.2
(CurrentUserAtom), OpenDocument 1.4 part 2 §3.4 (encryption-data), RFC 5652 §6 and §8, RFC 9580 §5.1, §5.3 and §6.2.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from .bare.compound import MAGIC, Compound
from .bare.errors import NotBare
from .term import gettext_noop

LOCKED = gettext_noop("een bestand met een wachtwoord of sleutel")
MOST_MANIFEST = 1024 * 1024
"""Bytes of an OpenDocument manifest that are read."""
MOST_RECORDS = 1000
"""Looked at in the first part of a workbook; its password stands right behind the beginning."""
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ARMOUR = b"-----BEGIN PGP MESSAGE-----"
_PGP = re.compile(
    rb"(?:[\x84\xc1].|\x85..)\x03.{8}[\x01\x02\x10\x12\x19]|[\x8c\xc3].[\x04-\x06][\x01-\x0d][\x00-\x04]", re.DOTALL
)
"""A message that begins with a key for somebody, or with one that is made of a password."""
_CMS = re.compile(
    rb"\x30.{1,9}\x06(?:\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07[\x03\x06]|\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17)",
    re.DOTALL,
)
"""S/MIME: enveloped, encrypted, and enveloped with a seal."""
_MANIFEST = "META-INF/manifest.xml"
_PPT_LOCKED = 0xF3D1C4DF


def locked(body: bytes) -> str:
    """Why nobody can look into this file, as a message id; empty when it is not locked. Never raises."""
    shut = (
        _armoured(body) or (body.startswith(MAGIC) and _office(body)) or (body.startswith(b"PK\x03\x04") and _zip(body))
    )
    return LOCKED if shut else ""


def _armoured(body: bytes) -> bool:
    return body[:200].lstrip().startswith(_ARMOUR) or bool(_PGP.match(body[:16]) or _CMS.match(body[:32]))


def _office(body: bytes) -> bool:
    """A document of Word, Excel or PowerPoint with a password; of 2007 and later it is wrapped as a whole."""
    if _PACKAGE in body:
        return True
    try:
        held = Compound(body)
        return any(_WAYS[one.name](held.read(one)) for one in held.streams if one.name in _WAYS)
    except (NotBare, struct.error, ValueError):
        return False  # damaged: what the scanner makes of it counts


def _word(told: bytearray) -> bool:
    return len(told) > 12 and bool(struct.unpack_from("<H", told, 10)[0] & 0x0100)


def _sheets(told: bytearray) -> bool:
    at = 0
    for _ in range(MOST_RECORDS):
        if at + 4 > len(told):
            return False
        kind, length = struct.unpack_from("<HH", told, at)
        if kind == 0x2F:
            return True
        if kind == 0x0A:
            return False
        at += 4 + length
    return False


def _slides(told: bytearray) -> bool:
    return len(told) >= 16 and struct.unpack_from("<I", told, 12)[0] == _PPT_LOCKED


_WAYS = {"WordDocument": _word, "Workbook": _sheets, "Book": _sheets, "Current User": _slides}


def _zip(body: bytes) -> bool:
    """A file in it with a password, or an OpenDocument whose manifest says that its parts are encrypted."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if any(one.flag_bits & 1 for one in archive.infolist()):
                return True
            if _MANIFEST not in archive.namelist():
                return False
            with archive.open(_MANIFEST) as manifest:
                return b"encryption-data" in manifest.read(MOST_MANIFEST)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, struct.error, zlib.error):
        return False  # damaged: `bombs` and the scanner say what of it
