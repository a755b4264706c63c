"""RTF: groups that only programmes read are left out, but for those that the page needs. Source: RTF 1.9.1.

What may be skipped (`{\\*\\name …}`) goes unless it is known to be seen: so what a later programme adds goes too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .errors import NotBare

DEEPEST = 100
MOST_GROUPS = 200_000
_TOKEN = re.compile(rb"\\bin(\d{1,9}) ?|\\[^a-zA-Z]|[{}]")
_OPENED = re.compile(rb"\{\s*(\\\*\s*)?\\([a-zA-Z]+)")
_GONE = frozenset((b"info", b"objdata", b"private"))
_KEPT = frozenset(
    b"shppict shpinst listtable listoverridetable listpicture pn pnseclvl bkmkstart bkmkend fldinst picprop cs ts"
    b" panose falt expandedcolortbl colorschememapping defchp defpap latentstyles background annotation atnref"
    b" atrfstart atrfend atnparent htmltag mhtmltag do tsrowd ftnsep ftnsepc aftnsep aftnsepc hyphen".split()
)
_OWNERS = re.compile(rb"\{[^{}]*\}")
_PICTURE_KINDS = re.compile(rb"\\(jpegblip|pngblip|emfblip)\b")
_DIGITS = b"0123456789abcdefABCDEF \r\n\t"
Way = Callable[[bytes], bytes]


def rtf(body: bytes, inner: Way) -> bytes:
    """The same text without information, names of who changed it, and hidden data of its pictures. Raises NotBare.

    `inner` cleans the bytes of a picture.
    """
    made: list[bytes] = []
    groups: list[int] = []  # for each open group: which of `made` it began at, or -1 within a group that goes
    at, left = 0, MOST_GROUPS
    while left and (found := _next(body, at)):
        start, end, token = found
        made.append(body[at:start])
        if token == b"{":
            groups.append(len(made))
            left -= 1
            if len(groups) > DEEPEST:
                raise NotBare
        made.append(body[start:end])
        at = end
        if token == b"}":
            if not groups:
                raise NotBare
            began = groups.pop()
            whole = _group(b"".join(made[began:]), inner)
            made[began:] = [whole]
            if not groups:
                return b"".join(made)
    raise NotBare


def _next(body: bytes, at: int) -> tuple[int, int, bytes] | None:
    """Where the next brace (or binary part, or escaped sign) stands, and what it is."""
    found = _TOKEN.search(body, at)
    if found is None:
        return None
    end = found.end() + int(found[1] or 0)
    if end > len(body):
        raise NotBare
    return found.start(), end, found[0]


def _group(whole: bytes, inner: Way) -> bytes:
    opened = _OPENED.match(whole)
    if opened is None:
        return whole
    name = opened[2]
    if name == b"revtbl":
        return b"{\\*\\revtbl" + b"{-;}" * len(_OWNERS.findall(whole)) + b"}"
    if name in _GONE or (opened[1] and name not in _KEPT):
        return b""
    return _picture(whole, inner) if name == b"pict" else whole


def _picture(whole: bytes, inner: Way) -> bytes:
    """A picture as hexadecimal digits behind its properties; raw bytes or another kind is not looked through."""
    if not _PICTURE_KINDS.search(whole):
        if b"\\wmetafile" in whole or b"\\dibitmap" in whole or b"\\wbitmap" in whole:
            return whole
        raise NotBare
    told = whole[:-1]
    start = len(told.rstrip(_DIGITS))
    if told[start - 1 : start] != b"}":  # still in the last word of the properties: up to the next white space
        start += len(told[start:]) - len(told[start:].lstrip(_DIGITS.split()[0]))
    digits = b"".join(told[start:].split())
    if not digits or len(digits) % 2 or b"\\bin" in whole:
        raise NotBare
    return told[:start] + b" " + inner(bytes.fromhex(digits.decode())).hex().encode() + b"}"
