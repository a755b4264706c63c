"""Keeping and dropping the words of a file, in the transaction of the act that changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from meldroute.domain import dutch
from meldroute.domain.searching import Field
from meldroute.journal.acting import Acting

from . import keyring
from .models import Token
from .words import keys_of


@dataclass(frozen=True)
class Source:
    """One thing that words come from. `without`: names that are no words here (who reported it)."""

    id: UUID
    field: Field
    texts: Sequence[str]
    without: Sequence[str] = ()


def keep(*, by: Acting, signal_id: UUID, year: int, sources: Iterable[Source]) -> None:
    """Write the words of these sources under the key of the signal's `year`.

    A word that sounds like the name of a person in this file is no word: a search for a person finds it, with a
    purpose. Three statements, and one more when a name is added.
    """
    told = [source for source in sources if any(source.texts)]
    if not told:
        return
    key = keyring.newest(by.place, year, by.at)
    named = [source for source in told if source.field is Field.NAME]
    known = {mac for source in named for mac in keyring.numbers(key, _person(source))}
    known |= set(Token.objects.filter(signal_id=signal_id, field=Field.NAME).values_list("mac", flat=True))
    rows = [(mac, source) for source in told for mac in _numbers(key, source, known)]
    if named:
        _unsay(signal_id, key, named)
    _insert(by.place, signal_id, rows)


def drop(*, signal_id: UUID, source_ids: Iterable[UUID]) -> None:
    """Forget the words of what was corrected or wrong."""
    Token.objects.filter(signal_id=signal_id, source_id__in=list(source_ids)).delete()


def drop_all(signal_id: UUID) -> int:
    """Forget every word of a signal. How many."""
    return Token.objects.filter(signal_id=signal_id).delete()[0]


def _numbers(key: bytes, source: Source, names: set[int]) -> list[int]:
    if source.field is Field.NAME:
        return keyring.numbers(key, _person(source))
    return keyring.numbers(key, keys_of(source.texts, _is_name(key, source, names)))


def _is_name(key: bytes, source: Source, names: set[int]) -> Callable[[str], bool] | None:
    hidden = frozenset().union(*(dutch.name_keys(text) for text in source.without))
    if not hidden and not names:
        return None

    def is_name(word: str) -> bool:
        told = dutch.name_key(word)
        return told in hidden or keyring.number(key, told) in names

    return is_name


def _person(source: Source) -> frozenset[str]:
    return frozenset().union(*(dutch.person_keys(text) for text in source.texts))


def _unsay(signal_id: UUID, key: bytes, named: Iterable[Source]) -> None:
    """Take away the words of this file that are the name which was just added; rather a word too many."""
    macs = keyring.numbers(key, keys_of(text for source in named for text in source.texts))
    Token.objects.filter(signal_id=signal_id, mac__in=macs).exclude(field=Field.NAME).delete()


def _insert(place: UUID, signal_id: UUID, rows: Sequence[tuple[int, Source]]) -> None:
    if not rows:
        return
    macs, sources, fields = zip(*((mac, source.id, int(source.field)) for mac, source in rows), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_token (municipality_id, mac, signal_id, source_id, field) "
            "SELECT %s, m, %s, s, f FROM unnest(%s::bigint[], %s::uuid[], %s::smallint[]) AS t(m, s, f)",
            [place, signal_id, list(macs), list(sources), list(fields)],
        )
