"""What a file is by its first bytes, whatever its name or its sender says. Nothing is ever unpacked."""

from __future__ import annotations

import re

from .charsets import decode

OCTETS = "application/octet-stream"

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"MSCF", "application/vnd.ms-cab-compressed"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-executable"),
    (b"\xfe\xed\xfa", "application/x-mach-binary"),
    (b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\x4c\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"{\\rtf", "application/rtf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"#!", "text/x-script"),
    (b"BEGIN:VCALENDAR", "text/calendar"),
    (b"BEGIN:VCARD", "text/vcard"),
    (b"[InternetShortcut]", "application/x-url-shortcut"),
)
_OFFICE = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
MACRO = "application/vnd.ms-office.macro-enabled"
OLE = "application/x-ole-storage"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN = re.compile(rb"mimetype(application/vnd\.oasis\.opendocument\.[a-z-]{1,30})")
_MARKUP = re.compile(r"<(svg|html|head|body|script|iframe|!doctype html)\b", re.IGNORECASE)
_MAIL = re.compile(
    rb"(?:received|return-path|from|message-id|mime-version|delivered-to): ?[^\r\n]+\r?\n", re.IGNORECASE
)
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")

RUNS = frozenset(
    [
        "application/vnd.microsoft.portable-executable",
        "application/x-executable",
        "application/x-mach-binary",
        "application/x-ms-shortcut",
        "application/x-url-shortcut",
        "text/x-script",
        "text/html",
        "image/svg+xml",
        MACRO,
    ]
)
"""Types that can run something on the computer of whoever opens them."""

_RUNS_BY_NAME = (
    "exe com scr pif bat cmd ps1 vbs vbe js jse wsf wsh hta msi msp jar lnk url reg chm iso img vhd dll cpl"
    " docm dotm xlsm xltm xlam pptm potm ppam html htm xhtml svg shtml mht mhtml one appx application"
)

_EXTENSIONS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg jpeg jpe jfif",
    "image/png": "png",
    "image/gif": "gif",
    "image/tiff": "tif tiff",
    "image/bmp": "bmp",
    "image/webp": "webp",
    "image/heic": "heic heif",
    _OFFICE[0][1]: "docx dotx",
    _OFFICE[1][1]: "xlsx xltx",
    _OFFICE[2][1]: "pptx potx ppsx",
    OLE: "doc xls ppt msg dot xlt pps",
    "application/rtf": "rtf doc",
    "application/zip": "zip",
    "video/mp4": "mp4 m4v m4a mov 3gp",
    "text/calendar": "ics",
    "text/vcard": "vcf",
    "message/rfc822": "eml",
    "text/plain": "txt csv log md ics vcf eml json xml asc",
}


def sniff(data: bytes) -> str:
    """The media type of `data` by its content."""
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip(data)
    if data.startswith(_OLE_MAGIC):
        return MACRO if _named(data, "_VBA_PROJECT") else OLE
    if data[4:8] == b"ftyp":
        return "image/heic" if data[8:12] in (b"heic", b"heix", b"mif1") else "video/mp4"
    if data.startswith(b"RIFF"):
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}.get(data[8:12], OCTETS)
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), None) or _text(data)


def is_outlook_file(data: bytes) -> bool:
    """True for a mail that Outlook saved as .msg."""
    return data.startswith(_OLE_MAGIC) and _named(data, "__substg1.0_")


def _named(data: bytes, name: str) -> bool:
    return data.find(name.encode("utf-16-le")) >= 0


def _zip(data: bytes) -> str:
    """Which kind of zip, by the names in it; the members stay packed."""
    opened = _OPEN.search(data[:200])
    if opened:
        return opened[1].decode("ascii")
    if data.find(b"[Content_Types].xml") < 0:
        return "application/zip"
    if data.find(b"vbaProject.bin") >= 0:
        return MACRO
    return next((kind for name, kind in _OFFICE if data.find(name) >= 0), "application/zip")


def _text(data: bytes) -> str:
    head = data[:4096]
    if not head:
        return "application/x-empty"
    text = decode(head, "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "")[0]
    if (found := _MARKUP.search(text[:2048])) is not None:
        return "image/svg+xml" if found[1].lower() == "svg" else "text/html"
    if b"\0" in head[2:] and head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return OCTETS
    if _BINARY.search(head.decode("latin-1")):
        return OCTETS
    return "message/rfc822" if _MAIL.match(head) else "text/plain"


def extension(kind: str) -> str:
    """The usual extension of a type, or `bin`."""
    return _EXTENSIONS.get(kind, "bin").split()[0]


def fits(name: str, kind: str) -> bool:
    """False when the name promises another type than the content is."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    expected = _EXTENSIONS.get(kind)
    if expected is not None and ending in expected.split():
        return True
    known = any(ending in endings.split() for endings in _EXTENSIONS.values())
    return not known or kind == "application/x-empty"


def runs(name: str, kind: str) -> bool:
    """True when opening it can start something."""
    return kind in RUNS or name.rpartition(".")[2].lower() in _RUNS_BY_NAME.split()
