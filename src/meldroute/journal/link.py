"""One link: the text that is covered, and its keyed hash (HMAC-SHA256, key outside the database)."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
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
_text = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True, check_circular=False).encode


def mac_of(link: Link, previous: bytes, key: bytes) -> bytes:
    """The keyed hash of one link, 32 bytes; `previous` is the hash of the link before it."""
    told = [
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
        previous.hex(),
    ]
    return hmac.digest(key, _text(told).encode(), hashlib.sha256)
