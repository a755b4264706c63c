"""Searching in tests: what somebody finds, and the numbers that stand in the table."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from meldroute.journal.acting import Acting
from meldroute.route.finding import Found, Narrowed, find, sought
from meldroute.search.keyring import living
from meldroute.search.words import asked, keys_of

ALL = Narrowed()


def found(by: Acting, text: str, *, person: bool = False, narrowed: Narrowed = ALL) -> list[Found]:
    """The first page of what `by` (inside a unit) finds."""
    return find(by, sought(by, text, person=person, keys=living(by.place)), narrowed, 1)[0]


def references(by: Acting, text: str, *, person: bool = False) -> list[str]:
    """The numbers of the signals that `by` finds."""
    return [row.signal.reference for row in found(by, text, person=person)]


def pairs(name: str, kind: str) -> Iterator[tuple[str, str]]:
    """Pairs of a file beside this one."""
    told = tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    yield from map(tuple, told[kind])


def matches(question: str, text: str) -> bool:
    """Whether the question finds a text, by their keys alone."""
    keys = keys_of([text])
    words = asked(question)
    return bool(words) and all(word.keys & keys for word in words)
