"""What a file is, by its bytes, and the way to clean it."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from functools import partial

from . import drawings, sound
from .errors import KindNotBare, NotBare
from .film import film
from .matroska import matroska
from .office import Room, archive, is_office, office
from .ogg import ogg
from .old_office import old_office
from .pictures import bmp, gif, jpeg, png, webp
from .rtf import rtf
from .tiff import tiff

Way = Callable[[bytes], bytes]
_STARTS: tuple[tuple[bytes, Way], ...] = (
    (b"\xff\xd8\xff", jpeg),
    (b"\x89PNG\r\n\x1a\n", png),
    (b"GIF87a", gif),
    (b"GIF89a", gif),
    (b"II*\0", tiff),
    (b"MM\0*", tiff),
    (b"OggS", ogg),
    (b"fLaC", sound.flac),
    (b"\xd0\xcf\x11\xe0", old_office),
    (b"#!AMR", sound.amr),
    (b"\x1a\x45\xdf\xa3", matroska),
)
_FORMS: dict[bytes, Way] = {
    b"RIFFWEBP": webp,
    b"RIFFWAVE": sound.wave,
    b"FORMAIFF": sound.aiff,
    b"FORMAIFC": sound.aiff,
}
_BOXES = frozenset(b"ftyp moov mdat wide free skip pnot".split())
_PLAIN_DRAWINGS = (b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0", b"\x02\0\x09\0", b"VCLMTF")
_MARKED = re.compile(r"\s*(?:<[?!a-z]|%!PS|%PDF-|\{\\rtf)", re.I)
_MAIL = re.compile(r"^(?:Received|Return-Path|Message-ID|MIME-Version|DKIM-Signature|Content-Type):", re.I | re.M)
_HEAD = re.compile(r"(?:From |[\w-]+:)")
_NO_TEXT = re.compile("[\0-\x08\x0e-\x1f]")


def bare(body: bytes, room: Room | None = None) -> bytes:
    """A copy without what it says of its maker. Raises NotBare, or KindNotBare for what we cannot clean or know.

    Plain text is given as it is: whoever opens it sees all of it. PDF needs a process of its own: `vault/copies.py`.
    """
    way = way_for(body, room)
    if way:
        try:
            return way(body)
        except (struct.error, IndexError, ValueError, OverflowError) as error:  # it ends where more was promised
            raise NotBare from error
    if is_text(body):
        return body
    raise KindNotBare


def way_for(body: bytes, room: Room | None = None) -> Way | None:
    """The function that gives the bare file (raises NotBare); None for text and for what we do not know."""
    for start, way in _STARTS:
        if body.startswith(start):
            return way
    form = _FORMS.get(body[:4] + body[8:12])
    if form:
        return form
    if body[4:8] in _BOXES:
        return film
    return _packed(body, room or Room()) or _drawn(body) or _sounding(body)


def _packed(body: bytes, room: Room) -> Way | None:
    inner = partial(bare, room=room)
    if body.startswith(b"PK\x03\x04"):
        return partial(office if is_office(body) else archive, inner=inner, room=room)
    return partial(rtf, inner=inner) if body.startswith(b"{\\rtf") else None


def _drawn(body: bytes) -> Way | None:
    if drawings.is_svg(body):
        return drawings.svg
    if drawings.is_emf(body):
        return drawings.emf
    if body.startswith(_PLAIN_DRAWINGS):
        return bytes
    return bmp if body[:2] == b"BM" and not any(body[6:10]) and not is_text(body) else None


def _sounding(body: bytes) -> Way | None:
    if body[:3] == b"ID3":
        return _tagged
    if sound.is_frames(body, sound.mpeg_length):
        return sound.mp3
    return sound.aac if sound.is_frames(body, sound.aac_length) else None


def _tagged(body: bytes) -> bytes:
    """What stands behind the tag in front of it: nearly always MP3."""
    held = sound.untagged(body)
    if held.startswith(b"fLaC"):
        return sound.flac(held)
    return sound.aac(held) if sound.is_frames(held, sound.aac_length) else sound.mp3(held)


def is_text(body: bytes) -> bool:
    """Words without codes: no page or drawing in marks (HTML, XML), no mail (its head says more than is shown)."""
    for coding in ("utf-8-sig", "utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        try:
            text = body.decode(coding)
        except UnicodeDecodeError:
            continue
        if _NO_TEXT.search(text):
            continue
        return not (_MARKED.match(text) or _is_mail(text))
    return False


def _is_mail(text: str) -> bool:
    """Whether it begins as a stored mail does: lines with names, one of which only programmes write."""
    head = re.split(r"\r?\n\r?\n", text[:20_000], maxsplit=1)[0]
    return bool(_HEAD.match(head) and _MAIL.search(head))
