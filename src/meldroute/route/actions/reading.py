"""Letting somebody read a file for as long as a privacy check or a task needs it, and no longer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import connection

from meldroute.domain.roles import scope_of
from meldroute.journal.acting import Acting

from ..models import Access, AccessKind, Signal, Task
from ..visible import live
from .opening import give_access


def lend(
    signal: Signal, users: Iterable[UUID], *, by: Acting, why: str, about_id: UUID, until: datetime
) -> list[Access]:
    """Open the file to these users for one matter; who has it open already gets nothing more."""
    rows = Access.objects.raw("SELECT * FROM mr_readers(%s)", [signal.id])
    still = {
        row.user_id
        for row in rows
        if row.kind == AccessKind.FILE and row.ended_at is None and (row.until is None or row.until >= until)
    }
    return [
        give_access(signal, by=by, user_id=user, why=why, about_id=about_id, until=until)
        for user in dict.fromkeys(users)
        if user not in still
    ]


def take_back(signal: Signal, *, by: Acting, about_id: UUID) -> None:
    """End what was lent for one matter; the own row of `by` last, because it closes the file to `by`."""
    rows = list(Access.objects.raw("SELECT * FROM mr_readers(%s)", [signal.id]))
    lent = [row for row in rows if row.about_id == about_id and row.ended_at is None]
    with connection.cursor() as cursor:
        for row in sorted(lent, key=lambda row: row.user_id == by.user_id):
            cursor.execute("SELECT mr_end_access(%s, %s)", [row.id, by.at])


@contextmanager
def briefly(task: Task, *, by: Acting, why: str) -> Iterator[Signal]:
    """The signal of an own task, open for the rest of this act only: what an answer sets going needs it."""
    opened = Access.objects.create(
        municipality_id=task.municipality_id,
        key_id=task.key_id,
        signal_id=task.signal_id,
        user_id=by.person,
        kind=AccessKind.FILE,
        sealed=True,
        why=why,
        about_id=task.id,
        by=by.user_id,
        starts_at=by.at,
    )
    try:
        yield Signal.objects.get(id=task.signal_id)
    finally:
        opened.ended_at = by.at
        opened.save(update_fields=["ended_at"])


def reads(signal: Signal, by: Acting) -> bool:
    """Whether the file is open to `by` now."""
    own = Access.objects.filter(live(by), signal=signal, user_id=by.person, kind=AccessKind.FILE)
    return own.exists() or (not signal.sealed and scope_of(by.roles).value == "all")
