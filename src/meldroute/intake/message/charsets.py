"""From bytes to text that is safe to show and store, whatever the charset says."""

from __future__ import annotations

import codecs
import re
import unicodedata

_NAME = re.compile(r"[A-Za-z0-9_.:+-]{1,40}")
_REFUSED = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
_AS = {"iso8859-1": "cp1252", "ascii": "utf-8"}
"""What mail programs call so and mean otherwise (WHATWG Encoding Standard)."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_TURN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")


def decode(data: bytes, charset: str = "") -> tuple[str, bool]:
    """The text, and False when `charset` was unknown or did not fit and had to be guessed."""
    codec = codec_of(charset)
    try:
        return plain(data.decode(codec or "utf-8")), bool(codec) or not charset
    except (UnicodeError, ValueError, LookupError):
        return plain(_guess(data)), not charset


def _guess(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def codec_of(charset: str) -> str:
    """The Python name of a text charset; empty when there is none of that name."""
    name = charset.strip().strip("'\"")
    if not _NAME.fullmatch(name):
        return ""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    if found.name in _REFUSED or not getattr(found, "_is_text_encoding", True):
        return ""
    return _AS.get(found.name, found.name)


def plain(text: str) -> str:
    """Line ends as \\n; no control characters, lone surrogates or byte order marks."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, most: int) -> str:
    """`text` as one line of at most `most` characters, without marks that turn the reading direction."""
    flat = " ".join(_TURN.sub("", plain(text[: 4 * most])).split())
    return unicodedata.normalize("NFC", flat)[:most].strip()
