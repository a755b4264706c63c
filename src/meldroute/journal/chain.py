"""The chain: each link's keyed hash covers the link before it (HMAC-SHA256, key outside the database)."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from .models import Entry, Head


@dataclass(frozen=True)
class Broken:
    """The first link that does not hold."""

    chain: UUID
    seq: int
    why: str


def mac_of(entry: Entry, previous: bytes) -> bytes:
    """The keyed hash of one link, 32 bytes."""
    told = [
        str(entry.id),
        str(entry.chain),
        entry.seq,
        entry.at.isoformat(timespec="microseconds"),
        str(entry.actor) if entry.actor else None,
        list(entry.roles),
        entry.act,
        entry.on,
        [str(i) for i in entry.ids],
        list(entry.fields),
        entry.result,
        entry.origin,
        previous.hex(),
    ]
    text = json.dumps(told, separators=(",", ":"), ensure_ascii=True)
    return hmac.new(settings.MELDROUTE_KEYS.journal, text.encode(), hashlib.sha256).digest()


def append(entries: Iterable[Entry]) -> None:
    """Link `entries` to their chains; called as the last statements before commit."""
    by_chain: dict[UUID, list[Entry]] = {}
    for entry in entries:
        by_chain.setdefault(entry.chain, []).append(entry)
    for chain in sorted(by_chain):
        _append_to(chain, by_chain[chain])


def _append_to(chain: UUID, entries: list[Entry]) -> None:
    head = Head.objects.select_for_update().filter(chain=chain).first()
    if head is None:
        Head.objects.bulk_create([Head(chain=chain)], ignore_conflicts=True)
        head = Head.objects.select_for_update().get(chain=chain)
    seq, mac = head.seq, bytes(head.mac)
    for entry in entries:
        seq += 1
        entry.seq = seq
        entry.mac = mac = mac_of(entry, mac)
    Entry.objects.bulk_create(entries)
    Head.objects.filter(chain=chain).update(seq=seq, mac=mac)


def verify(chain: UUID, *, using: str = "default") -> tuple[int, Broken | None]:
    """Recompute the chain from its first link: (links that hold, the first that does not or None)."""
    mac, count = b"", 0
    for entry in Entry.objects.using(using).filter(chain=chain).order_by("seq").iterator(chunk_size=2000):
        count += 1
        if entry.seq != count:
            return count - 1, Broken(chain, count, "een regel ontbreekt of staat dubbel")
        mac = mac_of(entry, mac)
        if not hmac.compare_digest(mac, bytes(entry.mac)):
            return count - 1, Broken(chain, count, "de regel is veranderd")
    head = Head.objects.using(using).filter(chain=chain).first()
    if (head.seq, bytes(head.mac)) != (count, mac) if head else count:
        return count, Broken(chain, count + 1, "het einde van de keten klopt niet met de kop")
    return count, None
