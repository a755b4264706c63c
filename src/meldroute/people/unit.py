"""The unit of work: one transaction, entered for one municipality, told to the journal at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.vault import keys

from . import places
from .models import Municipality, User

SYSTEM = UUID(int=0)
OWN = """
SELECT p.*, CASE WHEN p.id = %s THEN mr_enter(%s, p.id, %s) END AS told FROM people_municipality p
WHERE EXISTS (SELECT 1 FROM people_membership m
 WHERE m.municipality_id = p.id AND m.user_id = %s AND m.confirmed_at IS NOT NULL) ORDER BY p.name
"""
"""As `places.of`, and entered where it was wished."""


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
    return _with(by, told)


def enter_own(user: User, wanted: str | None, by: Acting) -> tuple[list[Municipality], Acting]:
    """Enter the municipality that the session asks for, and give all where `user` has or had a role beside it.

    One statement, or two when that municipality is not theirs and another is entered. Raises: NotHere.
    """
    wish = places.wished(user, wanted)
    mine: list[Any] = list(Municipality.objects.raw(OWN, [wish, user.id, by.at, user.id]))
    place = places.choose(user, wanted, mine)
    by = replace(by, user_id=user.id, municipality_id=place)
    if place is None or place != wish:
        return mine, enter(by)
    return mine, _with(by, next(one.told for one in mine if one.id == place))


def _with(by: Acting, told: list[str] | None) -> Acting:
    """With the roles that the database told of; None means that there are none."""
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
def there(by: Acting, municipality_id: UUID) -> Iterator[Acting]:
    """Inside a unit of work: the system in one municipality, for the length of the block; then again as `by` was.

    For who signs in: what follows from the policy of each municipality is decided before anybody is in.
    """
    with journal.told_there():
        yield enter(Acting(None, municipality_id, at=by.at, origin=by.origin))
    if by.municipality_id is not None:
        enter(by)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT mr_enter(%s, %s, %s)", [SYSTEM, SYSTEM, by.at])


@contextmanager
def system(municipality_id: UUID, at: datetime, origin: str = "systeem") -> Iterator[Acting]:
    """A unit of work of the system itself in one municipality."""
    with unit(Acting(None, municipality_id, at=at, origin=origin)) as by:
        yield by
