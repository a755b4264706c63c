"""Keeping and dropping the words of a file, in the transaction of the act that changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
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


@dataclass
class _File:
    """What waits to be written of one file: the sources of each `keep`, in their order."""

    by: Acting
    id: UUID
    year: int
    empty: bool
    kept: list[list[Source]]


_waiting: ContextVar[dict[UUID, _File] | None] = ContextVar("words_waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Write the words that are kept inside the block at its end, once per file: an act may keep many parts of one.

    The transaction must still see the file then. When the block fails nothing is written.
    """
    if _waiting.get() is not None:
        yield
        return
    waiting: dict[UUID, _File] = {}
    token = _waiting.set(waiting)
    try:
        yield
        for file in waiting.values():
            _write(file)
    finally:
        _waiting.reset(token)


def keep(*, by: Acting, signal_id: UUID, year: int, sources: Iterable[Source], first: bool = False) -> None:
    """Write the words of these sources under the key of the signal's `year`; `first`: the file has none yet.

    A word that sounds like the name of a person in this file is no word: a search for a person finds it, with a
    purpose. Two statements for the first words, else three, and one more when a name is added.
    """
    told = [source for source in sources if any(source.texts)]
    if not told:
        return
    file = _File(by, signal_id, year, first, [told])
    waiting = _waiting.get()
    if waiting is None:
        _write(file)
    elif signal_id in waiting:
        waiting[signal_id].kept.append(told)
    else:
        waiting[signal_id] = file


def drop(*, signal_id: UUID, source_ids: Iterable[UUID]) -> None:
    """Forget the words of what was corrected or wrong."""
    _write_waiting(signal_id)
    Token.objects.filter(signal_id=signal_id, source_id__in=list(source_ids)).delete()


def drop_all(signal_id: UUID) -> int:
    """Forget every word of a signal. How many."""
    _write_waiting(signal_id)
    return Token.objects.filter(signal_id=signal_id).delete()[0]


def _write_waiting(signal_id: UUID) -> None:
    file = (_waiting.get() or {}).pop(signal_id, None)
    if file:
        _write(file)


def _write(file: _File) -> None:
    """As if every `keep` had written by itself: a name takes away words of the ones before it."""
    key = keyring.newest(file.by.place, file.year, file.by.at)
    names = set() if file.empty else _names_in(file.id)
    rows: list[tuple[int, Source]] = []
    unsaid: set[int] = set()
    for told in file.kept:
        named = [source for source in told if source.field is Field.NAME]
        names.update(mac for source in named for mac in keyring.numbers(key, _person(source)))
        taken = set(keyring.numbers(key, keys_of(text for source in named for text in source.texts)))
        rows = [row for row in rows if row[0] not in taken or row[1].field is Field.NAME]
        rows += [(mac, source) for source in told for mac in _numbers(key, source, names)]
        unsaid |= taken
    if unsaid and not file.empty:
        _unsay(file.id, unsaid)
    _insert(file.by.place, file.id, rows)


def _names_in(signal_id: UUID) -> set[int]:
    return set(Token.objects.filter(signal_id=signal_id, field=Field.NAME).values_list("mac", flat=True))


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


def _unsay(signal_id: UUID, macs: Iterable[int]) -> None:
    """Take away the words of this file that are a name which was just added; rather a word too many."""
    Token.objects.filter(signal_id=signal_id, mac__in=list(macs)).exclude(field=Field.NAME).delete()


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
