"""One link: the text that is covered, and its keyed hash (HMAC-SHA256, key outside the database)."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID


class Link(NamedTuple):
    """What a link says, in the order of the columns that `COLUMNS` names; `mac` is not covered by itself."""

    id: UUID
    chain: UUID
    seq: int
    at: datetime
    actor: UUID | None
    roles: Sequence[str]
    act: str
    on: str
    ids: Sequence[UUID]
    fields: Sequence[str]
    result: str
    origin: str


COLUMNS = Link._fields
Told = list[Any]
"""The values of a link in its order, as they stand in the text that is covered: numbers, strings, and lists of them."""
MOMENT = """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00'"""
TOLD = {
    "at": f"CASE WHEN at BETWEEN '1970-01-01' AND '9999-01-01' THEN {MOMENT} ELSE at::text END",  # with BC, infinity
    "roles": "to_json(roles)::text",
    "ids": "to_json(ids)::text",
    "fields": "to_json(fields)::text",
    "seq": "seq",
}
LISTS = tuple(COLUMNS.index(name) for name in ("roles", "ids", "fields"))
SAID = ", ".join(TOLD.get(name, f'"{name}"::text') for name in COLUMNS) + ", encode(mac, 'hex')"
"""What to select so that `as_told` makes a link's values of a row, without an object for each: a chain is long."""
_text = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True, check_circular=False).encode


def told(link: Link) -> Told:
    """The values of a link."""
    return [
        str(link.id),
        str(link.chain),
        link.seq,
        link.at.isoformat(timespec="microseconds"),
        str(link.actor) if link.actor else None,
        list(link.roles),
        link.act,
        link.on,
        [str(one) for one in link.ids],
        list(link.fields),
        link.result,
        link.origin,
    ]


def as_told(row: Sequence[Any]) -> tuple[Told, str]:
    """The values and the keyed hash (hex) of a row that was selected by SAID."""
    values = list(row[:-1])
    for place in LISTS:
        values[place] = json.loads(values[place])
    return values, str(row[-1])


def mac_of_told(values: Told, previous: str, key: bytes) -> bytes:
    """The keyed hash of a link by its values; `previous` in hex."""
    return hmac.digest(key, _text([*values, previous]).encode(), hashlib.sha256)


def mac_of(link: Link, previous: bytes, key: bytes) -> bytes:
    """The keyed hash of one link, 32 bytes; `previous` is the hash of the link before it."""
    return mac_of_told(told(link), previous.hex(), key)
