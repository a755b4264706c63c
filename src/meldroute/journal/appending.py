"""Adding links: each keyed hash covers the link before it; the head is locked, so that a chain cannot fork."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections

from .link import COLUMNS, Link, mac_of
from .models import INSTALLATION, Entry, Head

WRITE = (  # the names are those of the link
    "WITH head AS (UPDATE journal_head SET seq = %s, mac = %s WHERE chain = %s) INSERT INTO journal_entry ("  # noqa: S608
    + ", ".join(f'"{name}"' for name in (*COLUMNS, "mac"))
    + ") VALUES "
)
ARRAYS = {"roles": "varchar[]", "ids": "uuid[]", "fields": "varchar[]"}
ROW = f"({', '.join(f'%s::{ARRAYS[name]}' if name in ARRAYS else '%s' for name in (*COLUMNS, 'mac'))})"


def append(entries: Iterable[Entry], *, using: str = "default") -> None:
    """Link `entries` to their chains; called as the last statements before commit."""
    by_chain: dict[UUID, list[Entry]] = {}
    for entry in entries:
        by_chain.setdefault(entry.chain, []).append(entry)
    for chain in sorted(by_chain):
        _append_to(chain, by_chain[chain], using)


def hold_installation(*, using: str = "default") -> None:
    """Lock the installation's chain, the first in order, before the chain of a municipality is written early."""
    list(Head.objects.using(using).select_for_update().filter(chain=INSTALLATION))


def _append_to(chain: UUID, entries: list[Entry], using: str) -> None:
    head = _held(chain, using)
    if head is None:
        Head.objects.using(using).bulk_create([Head(chain=chain)], ignore_conflicts=True)
        head = _held(chain, using)
    assert head is not None
    seq, mac = head
    for entry in entries:
        seq += 1
        entry.seq = seq
        entry.mac = mac = mac_of(_said(entry), mac, settings.MELDROUTE_KEYS.journal)
    _write(chain, entries, using)


def _held(chain: UUID, using: str) -> tuple[int, bytes] | None:
    """Where the chain is, locked until the transaction ends. Written out, as every page asks it."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT seq, mac FROM journal_head WHERE chain = %s FOR UPDATE", [chain])
        found = cursor.fetchone()
    return (found[0], bytes(found[1])) if found else None


def _write(chain: UUID, entries: list[Entry], using: str) -> None:
    """The entries and where the chain is now, in one statement: every page has one."""
    values: list[Any] = [entries[-1].seq, entries[-1].mac, chain]
    for entry in entries:
        values += [*_said(entry), entry.mac]
    with connections[using].cursor() as cursor:
        cursor.execute(WRITE + ", ".join([ROW] * len(entries)), values)


def _said(entry: Entry) -> Link:
    return Link(*(getattr(entry, name) for name in COLUMNS))
