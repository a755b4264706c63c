"""The unit of work: one transaction, entered for one municipality, told to the journal at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.vault import keys

SYSTEM = UUID(int=0)


class NotHere(PermissionError):
    """The actor has no role in that municipality (any more)."""


def enter(by: Acting) -> Acting:
    """Set the walls of this transaction for `by` and give `by` back with the roles that count now.

    Raises: NotHere.
    """
    if by.municipality_id is None:
        return by
    with connection.cursor() as cursor:
        cursor.execute("SELECT mr_enter(%s, %s, %s)", [by.user_id or SYSTEM, by.municipality_id, by.at])
        (told,) = cursor.fetchone() or (None,)
    if told is None:
        raise NotHere(str(by.municipality_id))
    return replace(by, roles=frozenset(Role(name) for name in told))


@contextmanager
def unit(by: Acting) -> Iterator[Acting]:
    """Run a block as one transaction of `by`; rows and journal entries land together or not at all."""
    try:
        with transaction.atomic(), journal.told():
            yield enter(by)
    finally:
        keys.forget_opened()


@contextmanager
def system(municipality_id: UUID, at: datetime, origin: str = "systeem") -> Iterator[Acting]:
    """A unit of work of the system itself in one municipality."""
    with unit(Acting(None, municipality_id, at=at, origin=origin)) as by:
        yield by
