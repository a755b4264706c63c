"""The year keys: which there are, the one that a new word is written with, and the number it makes of a key."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from meldroute.vault import keys

from .models import YearKey

PURPOSE = "search"


def number(key: bytes, word: str) -> int:
    """64 bits of HMAC-SHA256 as a signed whole number, as a bigint holds it."""
    return int.from_bytes(hmac.digest(key, word.encode(), hashlib.sha256)[:8], "big", signed=True)


def numbers(key: bytes, words: Iterable[str]) -> list[int]:
    """The numbers of many words."""
    return [number(key, word) for word in words]


def living(municipality_id: UUID) -> list[bytes]:
    """Every key under which words of this municipality may stand. Two statements at most."""
    rows = YearKey.objects.filter(municipality_id=municipality_id).order_by("-year")
    ids = list(rows.values_list("key_id", flat=True))
    keys.preload(ids)
    return [keys.opened(key_id) for key_id in ids]


def newest(municipality_id: UUID, year: int, at: datetime) -> bytes:
    """The key for words of a signal of `year`. Two statements at most, in an ordinary act."""
    return keys.opened(newest_id(municipality_id, year, at))


def newest_id(municipality_id: UUID, year: int, at: datetime) -> UUID:
    """The id of that key, made when there is none (one at a time: two would both be asked)."""
    found = _newest(municipality_id, year)
    if found is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 11))", [f"{municipality_id}:{year}"])
        found = _newest(municipality_id, year) or renew(municipality_id, year, at)
    return found


def renew(municipality_id: UUID, year: int, at: datetime) -> UUID:
    """A new key for the year, beside those that there are; its id."""
    made = keys.make(municipality_id=municipality_id, purpose=PURPOSE)
    YearKey.objects.create(municipality_id=municipality_id, year=year, key_id=made, made_at=at)
    return made


def retire(municipality_id: UUID, year: int, at: datetime, *, but: UUID | None = None) -> int:
    """Destroy the keys of a year, all or all `but` one; what they numbered means nothing from now on. How many."""
    rows = YearKey.objects.filter(municipality_id=municipality_id, year=year)
    old = list(rows.exclude(key_id=but) if but else rows)
    for row in old:
        keys.destroy(row.key_id, at=at)
        row.delete()
    return len(old)


def _newest(municipality_id: UUID, year: int) -> UUID | None:
    rows = YearKey.objects.filter(municipality_id=municipality_id, year=year)
    return rows.order_by("-made_at", "id").values_list("key_id", flat=True).first()
