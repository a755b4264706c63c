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
OPEN = """
SELECT d.id, d.municipality_id, d.wrapped FROM search_yearkey y
JOIN vault_datakey d ON d.id = y.key_id AND d.wrapped IS NOT NULL WHERE y.municipality_id = %s
"""
NEWEST = f"{OPEN} AND y.year = %s ORDER BY y.made_at DESC, y.id LIMIT 1"


def number(key: bytes, word: str) -> int:
    """64 bits of HMAC-SHA256 as a signed whole number, as a bigint holds it."""
    return int.from_bytes(hmac.digest(key, word.encode(), hashlib.sha256)[:8], "big", signed=True)


def numbers(key: bytes, words: Iterable[str]) -> list[int]:
    """The numbers of many words."""
    return [number(key, word) for word in words]


def living(municipality_id: UUID) -> list[bytes]:
    """Every key under which words of this municipality may stand. One statement."""
    return _opened(f"{OPEN} ORDER BY y.year DESC", municipality_id)


def newest(municipality_id: UUID, year: int, at: datetime) -> bytes:
    """The key for words of a signal of `year`. One statement, in an ordinary act."""
    found = _opened(NEWEST, municipality_id, year)
    return found[0] if found else keys.opened(newest_id(municipality_id, year, at))


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


def _opened(sql: str, *values: UUID | int) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return keys.unwrapped(cursor.fetchall())


def _newest(municipality_id: UUID, year: int) -> UUID | None:
    rows = YearKey.objects.filter(municipality_id=municipality_id, year=year)
    return rows.order_by("-made_at", "id").values_list("key_id", flat=True).first()
