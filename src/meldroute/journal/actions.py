"""Telling the journal: entries wait until the end of the unit of work and are linked just before commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from meldroute.domain.term import Term, gettext_noop

from .acting import Acting
from .appending import append, hold_installation
from .models import INSTALLATION, Entry


class Result(Term):
    """How an act ended."""

    DONE = "done", gettext_noop("gedaan")
    REFUSED = "refused", gettext_noop("geweigerd")
    ABSENT = "absent", gettext_noop("niet gevonden")
    FAILED = "failed", gettext_noop("mislukt")


_waiting: ContextVar[list[Entry] | None] = ContextVar("journal_waiting", default=None)


class NoUnit(RuntimeError):
    """Something was told to the journal outside a unit of work: a fault in the program."""


@contextmanager
def told(*, using: str = "default") -> Iterator[list[Entry]]:
    """Collect entries; link them when the block ends well. Runs inside the transaction of the act."""
    if _waiting.get() is not None:
        raise NoUnit("a unit of work is already open")
    entries: list[Entry] = []
    token = _waiting.set(entries)
    try:
        yield entries
        append(entries, using=using)
    finally:
        _waiting.reset(token)


@contextmanager
def told_there() -> Iterator[None]:
    """Inside a unit of work that entered elsewhere for a moment: link what is told there while those walls stand."""
    hold_installation()
    entries: list[Entry] = []
    token = _waiting.set(entries)
    try:
        yield
        append(entries)
    finally:
        _waiting.reset(token)


def record(
    *,
    by: Acting,
    act: str,
    on: str = "",
    ids: Iterable[UUID | None] = (),
    fields: Sequence[str] = (),
    result: Result = Result.DONE,
) -> None:
    """Tell the journal of one act or look by `by`; `ids` are the objects, `fields` names only, never values."""
    waiting = _waiting.get()
    if waiting is None:
        raise NoUnit(act)
    waiting.append(
        Entry(
            chain=by.municipality_id or INSTALLATION,
            at=by.at,
            actor=by.user_id,
            roles=sorted(role.value for role in by.roles),
            act=act[:64],
            on=on[:64],
            ids=[i for i in ids if i is not None],
            fields=[name[:64] for name in fields],
            result=result.value,
            origin=by.origin[:64],
        )
    )
