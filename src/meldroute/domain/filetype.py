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
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
)
_FORMS = {
    b"RIFFWEBP": "image/webp",
    b"RIFFWAVE": "audio/wav",
    b"RIFFAVI ": "video/x-msvideo",
    b"FORMAIFF": "audio/aiff",
    b"FORMAIFC": "audio/aiff",
}
_FRAMES = {
    **dict.fromkeys((b"\xfa", b"\xfb", b"\xf2", b"\xf3", b"\xe3"), "audio/mpeg"),
    **dict.fromkeys((b"\xf0", b"\xf1", b"\xf8", b"\xf9"), "audio/aac"),
}
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"), "image/heic"),
    **dict.fromkeys((b"avif", b"avis"), "image/avif"),
    **dict.fromkeys((b"M4A ", b"M4B "), "audio/mp4"),
    b"qt  ": "video/quicktime",
}
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
    if body[:4] + body[8:12] in _FORMS:
        return _FORMS[body[:4] + body[8:12]]
    if body[4:8] == b"ftyp":
        return _BRANDS.get(body[8:12], "video/mp4")
    if body[4:8] in (b"moov", b"mdat", b"wide"):
        return "video/quicktime"
    if body[:2] == b"BM" and body[6:10] == bytes(4):
        return "image/bmp"
    if body[:1] == b"\xff" and body[1:2] in _FRAMES:
        return _FRAMES[body[1:2]]
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
