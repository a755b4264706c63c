"""Looking words up: the part of a statement that finds files, and words that were nearly typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from meldroute.domain.dutch import Word
from meldroute.domain.searching import Field

from . import keyring
from .words import nearly

MOST_SUGGESTIONS = 4


@dataclass(frozen=True)
class Sought:
    """Words that must stand in these parts of a file, and the keys of the years under which they may stand."""

    place: UUID
    words: Sequence[Word]
    fields: Collection[Field]
    keys: Sequence[bytes]

    @property
    def in_fields(self) -> list[int]:
        """The parts as the table has them."""
        return [int(field) for field in self.fields]

    def numbers(self, told: Iterable[str]) -> list[int]:
        """The numbers of these keys of words, of every year."""
        return [number for key in self.keys for number in keyring.numbers(key, told)]


def matching(sought: Sought) -> tuple[str, list[Any]]:
    """A SELECT of (signal_id, fields as bits, places) of files that hold every word, with its parameters.

    Only `=` on the number of a word: the index answers it ahead of the wall.
    """
    each = [sought.numbers(word.keys) for word in sought.words]
    sql = (
        "SELECT t.signal_id, bit_or(1 << t.field) AS fields, count(DISTINCT t.source_id) AS places "
        "FROM search_token t WHERE t.municipality_id = %s AND t.mac = ANY(%s::bigint[]) "
        "AND t.field = ANY(%s::smallint[]) GROUP BY t.signal_id"
    )
    values: list[Any] = [sought.place, [number for one in each for number in one], sought.in_fields]
    if len(each) > 1:
        sql += " HAVING " + " AND ".join("bool_or(t.mac = ANY(%s::bigint[]))" for _ in each)
        values += each
    return sql, values


def fields_of(bits: int) -> list[Field]:
    """The parts of a file that `matching` gave as bits."""
    return [field for field in Field if bits & (1 << field)]


def suggestions(sought: Sought) -> dict[str, list[str]]:
    """For each word that stands in no file of the asker: words one typing error away that do, the most used first.

    They come out of the asker's own files: the same wall lets the same rows through. At most two statements per word.
    """
    found: dict[str, list[str]] = {}
    for word in sought.words:
        if not _used(sought, sought.numbers(word.keys)):
            found[word.text] = _near(sought, word.text)
    return found


def _near(sought: Sought, word: str) -> list[str]:
    if not word.isalpha() or not 3 < len(word) < 30:
        return []
    by_number: dict[int, dict[str, None]] = {}
    for other, told in nearly(word).items():
        for number in sought.numbers(told):
            by_number.setdefault(number, {})[other] = None
    used = _used(sought, list(by_number))
    ranked = sorted(used, key=lambda number: -used[number])
    return list(dict.fromkeys(other for number in ranked for other in list(by_number[number])[:1]))[:MOST_SUGGESTIONS]


def _used(sought: Sought, numbers: list[int]) -> dict[int, int]:
    """Which of these stand in files of the asker, and in how many."""
    sql = (
        "SELECT mac, count(DISTINCT signal_id) FROM search_token WHERE municipality_id = %s "
        "AND mac = ANY(%s::bigint[]) AND field = ANY(%s::smallint[]) GROUP BY mac"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [sought.place, numbers, sought.in_fields])
        return dict(cursor.fetchall())
