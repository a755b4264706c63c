"""Names of attachments that are safe to show, store and download."""

from __future__ import annotations

import re

from .charsets import one_line
from .headers import Headers, decode_words, parameters
from .sniff import extension

_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
LONGEST = 120


def given_name(headers: Headers) -> str:
    """The name that the sender gave, untouched; empty when there is none."""
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        name = parameters(headers.first(header))[1].get(parameter, "")
        if name.strip():
            return decode_words(name)
    return ""


def safe_name(given: str, kind: str, number: int) -> str:
    """`given` without path, control characters and marks that turn the reading direction; at most 120
    characters with the extension kept. Without a name: `bijlage-3.pdf`."""
    name = one_line(given, 1000).replace("\\", "/").rpartition("/")[2]
    name = _FORBIDDEN.sub("_", name).strip(" .")
    if not name:
        return f"bijlage-{number}.{extension(kind)}"
    if _DEVICE.match(name):
        name = f"_{name}"
    return name if len(name) <= LONGEST else _shortened(name)


def _shortened(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:LONGEST]
    return stem[: LONGEST - len(ending) - 1].rstrip() + dot + ending
