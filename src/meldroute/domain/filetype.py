"""What a file is by its first bytes, as far as people need a word for it; its name is not believed."""

from __future__ import annotations

from .term import gettext_noop

UNKNOWN = "application/octet-stream"
_STARTS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
)
WORDS = {
    "application/pdf": gettext_noop("PDF"),
    "image": gettext_noop("afbeelding"),
    "audio": gettext_noop("geluid"),
    "video": gettext_noop("video"),
    "text": gettext_noop("tekst"),
    "application/zip": gettext_noop("archief of document"),
    "application/x-ole-storage": gettext_noop("document"),
    "application/rtf": gettext_noop("document"),
    "message": gettext_noop("mail"),
}


def type_of(body: bytes) -> str:
    """The media type by content; text that is UTF-8 is plain text, whatever it says it is."""
    for start, kind in _STARTS:
        if body.startswith(start):
            return kind
    if body[4:8] == b"ftyp":
        return "video/mp4"
    return "text/plain" if _is_text(body[:4096]) else UNKNOWN


def word_for(content_type: str) -> str:
    """The Dutch word for a media type."""
    return WORDS.get(content_type) or WORDS.get(content_type.partition("/")[0]) or gettext_noop("bestand")


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4
    return True
