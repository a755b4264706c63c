"""Looking words up: the part of a statement that finds files, and words that were nearly typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from meldroute.domain.dutch import Word
from meldroute.domain.searching import Field

from . import keyring
from .words import nearly

MOST_SUGGESTIONS = 4


def matching(place: UUID, words: Sequence[Word], fields: Collection[Field]) -> tuple[str, list[Any]]:
    """A SELECT of (signal_id, fields as bits, places) of files that hold every word, with its parameters.

    Two statements for the keys. Only `=` on the number of a word: the index answers it ahead of the wall.
    """
    keys = keyring.living(place)
    each = [[number for key in keys for number in keyring.numbers(key, word.keys)] for word in words]
    sql = (
        "SELECT t.signal_id, bit_or(1 << t.field) AS fields, count(DISTINCT t.source_id) AS places "
        "FROM search_token t WHERE t.municipality_id = %s AND t.mac = ANY(%s::bigint[]) "
        "AND t.field = ANY(%s::smallint[]) GROUP BY t.signal_id"
    )
    values: list[Any] = [place, [number for one in each for number in one], [int(field) for field in fields]]
    if len(each) > 1:
        sql += " HAVING " + " AND ".join("bool_or(t.mac = ANY(%s::bigint[]))" for _ in each)
        values += each
    return sql, values


def fields_of(bits: int) -> list[Field]:
    """The parts of a file that `matching` gave as bits."""
    return [field for field in Field if bits & (1 << field)]


def suggestions(place: UUID, words: Iterable[Word], fields: Collection[Field]) -> dict[str, list[str]]:
    """For each word that stands in no file of the asker: words one typing error away that do, the most used first.

    They come out of the asker's own files: the same wall lets the same rows through. Two statements per word.
    """
    keys = keyring.living(place)
    found: dict[str, list[str]] = {}
    for word in words:
        if not _used(place, [n for key in keys for n in keyring.numbers(key, word.keys)], fields):
            found[word.text] = _near(place, word.text, keys, fields)
    return found


def _near(place: UUID, word: str, keys: list[bytes], fields: Collection[Field]) -> list[str]:
    if not word.isalpha() or not 3 < len(word) < 30:
        return []
    by_number: dict[int, dict[str, None]] = {}
    for other, told in nearly(word).items():
        for key in keys:
            for number in keyring.numbers(key, told):
                by_number.setdefault(number, {})[other] = None
    used = _used(place, list(by_number), fields)
    ranked = sorted(used, key=lambda number: -used[number])
    return list(dict.fromkeys(other for number in ranked for other in list(by_number[number])[:1]))[:MOST_SUGGESTIONS]


def _used(place: UUID, numbers: list[int], fields: Collection[Field]) -> dict[int, int]:
    """Which of these stand in files of the asker, and in how many."""
    sql = (
        "SELECT mac, count(DISTINCT signal_id) FROM search_token WHERE municipality_id = %s "
        "AND mac = ANY(%s::bigint[]) AND field = ANY(%s::smallint[]) GROUP BY mac"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [place, numbers, [int(field) for field in fields]])
        return dict(cursor.fetchall())
