"""What somebody who is the owner of everything can do to a chain, at random; each says what must be found.

`apply(cursor, rng, ...)` changes the rows inside a transaction that is rolled back afterwards. It gives the first row
that must be named, or None where the place is the verifier's to say, and whether only a head kept elsewhere shows it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from uuid import UUID, uuid4

from django.conf import settings
from django.db.backends.utils import CursorWrapper

from meldroute.journal.link import COLUMNS, Link, mac_of

CHANGES = {
    "id": "gen_random_uuid()",
    "chain": "gen_random_uuid()",
    "seq": "seq + 1000000",
    "at": "at + interval '1 microsecond'",
    "actor": "gen_random_uuid()",
    "roles": "roles || 'fg'::varchar",
    "act": "'x' || act",
    "on": "'x' || \"on\"",
    "ids": "ids || gen_random_uuid()",
    "fields": "fields || 'naam'::varchar",
    "result": "'refused' || result",
    "origin": "origin || ' '",
    "mac": "decode(repeat('ab', 32), 'hex')",
}
LINK = ", ".join(f'"{name}"' for name in COLUMNS)


@dataclass(frozen=True)
class Place:
    """Where is tampered: a chain of `length` rows of which `signed` stand under a head elsewhere, and another chain."""

    cursor: CursorWrapper
    rng: Random
    chain: UUID
    other: UUID
    length: int
    signed: int

    def any(self) -> int:
        """The number of some row."""
        return self.rng.randint(1, self.length)

    def any_signed(self) -> int:
        """The number of some row under the head elsewhere; what came after it only the next head can vouch for."""
        return self.rng.randint(1, self.signed)

    def sql(self, text: str, *values: object) -> None:
        """Run one statement."""
        self.cursor.execute(text, values)

    def head(self, seq: int) -> None:
        """Set the head row to what row `seq` says."""
        self.sql(
            "UPDATE journal_head SET seq = %s, mac = coalesce((SELECT mac FROM journal_entry WHERE chain = %s AND "
            "seq = %s), '') WHERE chain = %s",
            seq, self.chain, seq, self.chain,
        )  # fmt: skip


@dataclass(frozen=True)
class Done:
    """What was done: the first bad row when it is certain, and whether a head kept elsewhere is needed."""

    kind: str
    seq: int | None
    outside: bool = False


def column(at: Place) -> Done:
    """Another value in one column of one row."""
    name, seq = at.rng.choice(list(CHANGES)), at.any()
    at.sql(f'UPDATE journal_entry SET "{name}" = {CHANGES[name]} WHERE chain = %s AND seq = %s', at.chain, seq)
    return Done(f"column {name}", seq)


def delete(at: Place) -> Done:
    """The first, a middle or the last row."""
    seq = at.rng.choice([1, at.any(), at.length])
    at.sql("DELETE FROM journal_entry WHERE chain = %s AND seq = %s", at.chain, seq)
    return Done("delete", seq)


def swap(at: Place) -> Done:
    """Two rows change places."""
    one, two = sorted(at.rng.sample(range(1, at.length + 1), 2))
    at.sql(
        "UPDATE journal_entry SET seq = CASE seq WHEN %s THEN %s ELSE %s END WHERE chain = %s AND seq IN (%s, %s)",
        one, two, one, at.chain, one, two,
    )  # fmt: skip
    return Done("swap", one)


def insert(at: Place) -> Done:
    """A row between two others, which move up; the head with them."""
    seq = at.any()
    at.sql("UPDATE journal_entry SET seq = seq + 1 WHERE chain = %s AND seq >= %s", at.chain, seq)
    _copy(at, at.chain, seq + 1, seq)
    at.head(at.length + 1)
    return Done("insert", None)


def add(at: Place) -> Done:
    """A row behind the last, and the head says so."""
    _copy(at, at.chain, at.any(), at.length + 1)
    at.head(at.length + 1)
    return Done("add", at.length + 1)


def copy(at: Place) -> Done:
    """A row of another municipality in the place of one of ours."""
    seq = at.rng.randint(1, 6)
    at.sql("DELETE FROM journal_entry WHERE chain = %s AND seq = %s", at.chain, seq)
    _copy(at, at.other, seq, seq)
    return Done("copy", seq)


def _copy(at: Place, chain: UUID, seq: int, to: int) -> None:
    told = LINK.replace('"id"', "gen_random_uuid()").replace('"chain"', "%s").replace('"seq"', "%s")
    at.sql(
        f"INSERT INTO journal_entry ({LINK}, mac) SELECT {told}, mac FROM journal_entry WHERE chain = %s AND seq = %s",
        at.chain, to, chain, seq,
    )  # fmt: skip


def replace(at: Place) -> Done:
    """The whole chain becomes the other one's."""
    at.sql("DELETE FROM journal_entry WHERE chain = %s", at.chain)
    at.sql("UPDATE journal_entry SET chain = %s WHERE chain = %s", at.chain, at.other)
    at.sql(
        "UPDATE journal_head SET (seq, mac) = (SELECT seq, mac FROM journal_head WHERE chain = %s) WHERE chain = %s",
        at.other, at.chain,
    )  # fmt: skip
    return Done("replace", 1)


def recompute(at: Place) -> Done:
    """Written anew from some row on, with a key that is not ours."""
    seq = at.any()
    _anew(at, seq, secrets.token_bytes(32))
    return Done("recompute", seq)


def rewrite(at: Place) -> Done:
    """Written anew from some row on by who stole the key: a sound chain, but not the one that was signed."""
    seq = at.any_signed()
    _anew(at, seq, settings.MELDROUTE_KEYS.journal)
    return Done("rewrite", None, outside=True)


def _anew(at: Place, start: int, key: bytes) -> None:
    at.sql(f"SELECT {LINK}, mac FROM journal_entry WHERE chain = %s ORDER BY seq", at.chain)
    mac = b""
    for row in at.cursor.fetchall():
        link = Link(*row[:-1])
        if link.seq < start:
            mac = bytes(row[-1])
            continue
        link = link._replace(act="gladgestreken")
        mac = mac_of(link, mac, key)
        at.sql("UPDATE journal_entry SET act = %s, mac = %s WHERE id = %s", link.act, mac, link.id)
    at.head(at.length)


def truncate(at: Place) -> Done:
    """The tail goes, and the head row is rolled back to what is left."""
    left = at.rng.choice([0, at.any_signed() - 1])
    at.sql("DELETE FROM journal_entry WHERE chain = %s AND seq > %s", at.chain, left)
    at.head(left)
    return Done("truncate", left + 1, outside=True)


def vanish(at: Place) -> Done:
    """Nothing is left, the head row neither."""
    at.sql("DELETE FROM journal_entry WHERE chain = %s", at.chain)
    at.sql("DELETE FROM journal_head WHERE chain = %s", at.chain)
    return Done("vanish", 1, outside=True)


def roll_back(at: Place) -> Done:
    """Only the head row goes back, or away, or gets another hash."""
    way = at.rng.randrange(3)
    if way == 0:
        at.head(at.any() - 1)
    elif way == 1:
        at.sql("DELETE FROM journal_head WHERE chain = %s", at.chain)
    else:
        at.sql("UPDATE journal_head SET mac = %s WHERE chain = %s", hashlib.sha256().digest(), at.chain)
    return Done("head", at.length + 1)


def resign(at: Place) -> Done:
    """A signed head gets another number, hash, day or signature."""
    change = at.rng.choice(["seq = seq - 1", "mac = '\\x00'", "day = day - 1", "signature = '\\x00'"])
    at.sql(f"UPDATE journal_signedhead SET {change} WHERE chain = %s", at.chain)
    return Done(f"signed head {change}", None)


def feign(at: Place) -> Done:
    """The first rows go as if a month was over its term."""
    at.sql("UPDATE journal_signedhead SET removed_at = now() WHERE chain = %s", at.chain)
    at.sql(
        "DELETE FROM journal_entry WHERE chain = %s AND seq <= "
        "(SELECT max(seq) FROM journal_signedhead WHERE chain = %s)",
        at.chain, at.chain,
    )  # fmt: skip
    return Done("feigned removal", None)


def adopt(at: Place) -> Done:
    """A row of ours moves to the end of the other chain and is missing here."""
    seq = at.any()
    at.sql(
        "UPDATE journal_entry SET chain = %s, seq = 1000000, id = %s WHERE chain = %s AND seq = %s",
        at.other, uuid4(), at.chain, seq,
    )  # fmt: skip
    return Done("adopt", seq)


KINDS: tuple[Callable[[Place], Done], ...] = (
    column, delete, swap, insert, add, copy, replace, recompute, rewrite, truncate, vanish, roll_back, resign, feign,
    adopt,
)  # fmt: skip
