"""On which line of a TOML text a field of a row stands, so that an error can be found back.

The library that reads TOML keeps no lines. We look for table headers and keys only, enough to point a person to a
place; strings over several lines are skipped, so that what looks like a key inside a text is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEADER = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*(?:\"([^\"]+)\"|'([^']+)'|([A-Za-z0-9_-]+))\s*=")
_LONG = ('"""', "'''")


def line_of(text: str, table: str, number: int, field: str) -> int:
    """The line (from 1) of `field` in the `number`-th `[[table]]`; that of the header when the field is not there.

    0 when the table is not there either. `table` "" means above all tables.
    """
    at, best, seen = "", 0, 0
    for line, kind, name in _parts(text):
        if kind == "table":
            at = name
            seen += name == table
            if name == table and seen == number:
                best = line
        elif name == field and at == table and (seen == number or not table):
            return line
    return best


def _parts(text: str) -> Iterator[tuple[int, str, str]]:
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if inside:
            inside = "" if inside in line else inside
            continue
        if header := _HEADER.fullmatch(line):
            yield number, "table", header[1]
        elif key := _KEY.match(line):
            yield number, "key", key[1] or key[2] or key[3]
            inside = _opened(line[key.end() :])


def _opened(rest: str) -> str:
    """The delimiter of a text that begins in this line and does not end in it."""
    told = rest.strip()
    return next((mark for mark in _LONG if told.startswith(mark) and mark not in told[3:]), "")
