"""The chain recomputed: the first row that does not hold, by name (BIO2 8.15.06).

A chain begins at row 1, or behind the last segment that was removed because its term was over. Then its signed head
must stand, and the removal must be an entry in what is left: nobody without the keys can write either.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from .link import COLUMNS, Link, mac_of
from .models import Entry, Head, SignedHead
from .sealing import REMOVED, Seal, genuine, seal_of

CHUNK = 2000
"""Rows in memory at a time."""
GONE = "een regel ontbreekt of staat dubbel"
CHANGED = "de regel is veranderd"
END = "het einde van de keten klopt niet met de kop"
FORGED = "de handtekening onder de ondertekende kop klopt niet"
OTHER = "de regel is een andere dan in de ondertekende kop van {day}"
SHORT = "de regel staat in de ondertekende kop van {day}, maar de keten is korter"
REMOVAL = "de keten begint hier, maar het weghalen van wat ervoor stond staat niet in het logboek"


@dataclass(frozen=True)
class Broken:
    """The first link that does not hold."""

    chain: UUID
    seq: int
    why: str


@dataclass
class _Walk:
    """Where the recomputing is."""

    chain: UUID
    seq: int
    mac: bytes
    removal: UUID | None
    holding: int = 0
    seals: dict[int, list[Seal]] = field(default_factory=dict)


def verify(chain: UUID, *, seals: Iterable[Seal] = (), using: str = "default") -> tuple[int, Broken | None]:
    """(Links that hold, the first that does not or None); `seals` are signed heads that were kept elsewhere."""
    with transaction.atomic(using=using):
        kept = list(SignedHead.objects.using(using).filter(chain=chain))
        known = [*map(seal_of, kept), *(seal for seal in seals if seal.chain == chain)]
        forged = [seal for seal in known if not genuine(seal)]
        if forged:
            return 0, Broken(chain, min(seal.seq for seal in forged), FORGED)
        walk = _start(chain, kept)
        part = Q(seq__gt=walk.seq) if walk.removal else Q()
        for seal in known:
            if seal.seq > 0:
                walk.seals.setdefault(seal.seq, []).append(seal)
        broken = _left(chain, kept, using) or _follow(walk, _rows(chain, using, part)) or _ended(walk, using)
    return walk.holding, broken


def _start(chain: UUID, kept: list[SignedHead]) -> _Walk:
    """Before row 1, or at the end of the last segment that was removed."""
    removed = [row for row in kept if row.removed_at is not None]
    last = max(removed, key=lambda row: row.seq, default=None)
    if last is None:
        return _Walk(chain, 0, b"", None)
    return _Walk(chain, last.seq, bytes(last.mac), last.id)


def _left(chain: UUID, kept: list[SignedHead], using: str) -> Broken | None:
    """What is left of the month that was let go last, while its rows are being taken, the last first."""
    removed = sorted((row for row in kept if row.removed_at is not None), key=lambda row: row.seq)
    if not removed:
        return None
    walk = _start(chain, removed[:-1])
    walk.removal = None
    return _follow(walk, _rows(chain, using, Q(seq__lte=removed[-1].seq)))


def _rows(chain: UUID, using: str, part: Q) -> Iterator[tuple[object, ...]]:
    """Part of the chain in order, by a cursor on the server: memory does not grow with the chain."""
    found = Entry.objects.using(using).filter(part, chain=chain).order_by("seq", "id")
    return iter(found.values_list(*COLUMNS, "mac").iterator(chunk_size=CHUNK))


def _follow(walk: _Walk, rows: Iterator[tuple[object, ...]]) -> Broken | None:
    key, wanted, chain = settings.MELDROUTE_KEYS.journal, walk.removal, walk.chain
    for row in rows:
        link = Link(*row[:-1])  # type: ignore[arg-type]
        if link.seq != walk.seq + 1:
            return Broken(chain, walk.seq + 1, GONE)
        mac = mac_of(link, walk.mac, key)
        if not hmac.compare_digest(mac, bytes(row[-1])):  # type: ignore[call-overload]
            return Broken(chain, link.seq, CHANGED)
        walk.seq, walk.mac, walk.holding = link.seq, mac, walk.holding + 1
        if wanted is not None and link.act == REMOVED and wanted in link.ids:
            wanted = None
        for seal in walk.seals.pop(link.seq, ()):
            if seal.mac != mac:
                return Broken(chain, link.seq, OTHER.format(day=seal.day))
    return Broken(chain, walk.seq - walk.holding + 1, REMOVAL) if wanted is not None else None


def _ended(walk: _Walk, using: str) -> Broken | None:
    """Whether the chain ends where its head and every signed head say."""
    chain = walk.chain
    head = Head.objects.using(using).filter(chain=chain).first()
    if (head.seq, bytes(head.mac)) != (walk.seq, walk.mac) if head else walk.seq:
        return Broken(chain, walk.seq + 1, END)
    beyond = [seal for seq, seals in walk.seals.items() if seq > walk.seq for seal in seals]
    if beyond:
        seal = min(beyond, key=lambda one: one.seq)
        return Broken(chain, walk.seq + 1, SHORT.format(day=seal.day))
    return None
