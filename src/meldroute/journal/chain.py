"""The chain recomputed: the first row that does not hold, by name (BIO2 8.15.06).

A chain begins at row 1, or behind the last segment that was removed because its term was over. Then its signed head
must stand, and the removal must be an entry in what is left: nobody without the keys can write either.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction

from .link import COLUMNS, SAID, Told, as_told, mac_of_told
from .models import Head, SignedHead
from .sealing import REMOVED, Seal, genuine, seal_of

CHUNK = 2000
"""Rows in memory at a time."""
ROWS = f"SELECT {SAID} FROM journal_entry WHERE chain = %s"  # noqa: S608 (our own column names)
SEQ, ACT, IDS = (COLUMNS.index(name) for name in ("seq", "act", "ids"))
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
        part = ("AND seq > %s", [walk.seq]) if walk.removal else ("", [])
        for seal in known:
            if seal.seq > 0:
                walk.seals.setdefault(seal.seq, []).append(seal)
        broken = _left(chain, kept, using) or _follow(walk, _rows(chain, using, *part)) or _ended(walk, using)
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
    return _follow(walk, _rows(chain, using, "AND seq <= %s", [removed[-1].seq]))


def _rows(chain: UUID, using: str, part: str = "", bound: Sequence[int] = ()) -> Iterator[tuple[Told, str]]:
    """Part of the chain in order, by a cursor on the server: memory does not grow with the chain."""
    with connections[using].chunked_cursor() as cursor:
        cursor.execute(f"{ROWS} {part} ORDER BY seq, id", [chain, *bound])
        while rows := cursor.fetchmany(CHUNK):
            yield from map(as_told, rows)


def _follow(walk: _Walk, rows: Iterator[tuple[Told, str]]) -> Broken | None:
    key, chain = settings.MELDROUTE_KEYS.journal, walk.chain
    wanted = str(walk.removal) if walk.removal else None
    for values, kept in rows:
        seq = values[SEQ]
        if seq != walk.seq + 1:
            return Broken(chain, walk.seq + 1, GONE)
        mac = mac_of_told(values, walk.mac.hex(), key)
        if not hmac.compare_digest(mac.hex(), kept):
            return Broken(chain, seq, CHANGED)
        walk.seq, walk.mac, walk.holding = seq, mac, walk.holding + 1
        if wanted is not None and values[ACT] == REMOVED and wanted in values[IDS]:
            wanted = None
        for seal in walk.seals.pop(seq, ()):
            if seal.mac != mac:
                return Broken(chain, seq, OTHER.format(day=seal.day))
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
