"""Adding links: each keyed hash covers the link before it; the head is locked, so that a chain cannot fork."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from .link import COLUMNS, Link, mac_of
from .models import Entry, Head


def append(entries: Iterable[Entry], *, using: str = "default") -> None:
    """Link `entries` to their chains; called as the last statements before commit."""
    by_chain: dict[UUID, list[Entry]] = {}
    for entry in entries:
        by_chain.setdefault(entry.chain, []).append(entry)
    for chain in sorted(by_chain):
        _append_to(chain, by_chain[chain], using)


def _append_to(chain: UUID, entries: list[Entry], using: str) -> None:
    heads = Head.objects.using(using)
    head = heads.select_for_update().filter(chain=chain).first()
    if head is None:
        heads.bulk_create([Head(chain=chain)], ignore_conflicts=True)
        head = heads.select_for_update().get(chain=chain)
    seq, mac = head.seq, bytes(head.mac)
    for entry in entries:
        seq += 1
        entry.seq = seq
        entry.mac = mac = mac_of(_said(entry), mac, settings.MELDROUTE_KEYS.journal)
    Entry.objects.using(using).bulk_create(entries)
    heads.filter(chain=chain).update(seq=seq, mac=mac)


def _said(entry: Entry) -> Link:
    return Link(*(getattr(entry, name) for name in COLUMNS))
