"""Whatever the owner of the tables changes in the journal is found, and the first bad row is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from uuid import UUID

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from journal import tampers
from journal.tampers import KINDS, Place
from meldroute.journal import actions as journal
from meldroute.journal import segments
from meldroute.journal.chain import verify
from meldroute.journal.sealing import Seal, seal_of
from meldroute.people.unit import system, unit
from people_here import MONDAY, acting, here
from rounds_here import measured, rounds

TABLES = ("journal_entry", "journal_head", "journal_signedhead")


def told(name: str, code: str, count: int) -> None:
    """Some entries in the chain of a municipality."""
    for number in range(count):
        with unit(acting(name, code=code)) as by:
            journal.record(by=by, act=f"test.{number}", on="test.Thing", ids=[by.user_id], fields=["a"])


def signed() -> Seal:
    """A head of the chain of Heemstede, as the second party has it, with entries behind it."""
    with system(here().id, MONDAY) as by:
        row = segments.seal_day(here().id, by=by)
    assert row is not None
    return seal_of(row)


@contextmanager
def owned(place: UUID) -> Iterator[CursorWrapper]:
    """Every wall and trigger off, in a transaction that is rolled back."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE journal_entry DROP CONSTRAINT journal_one_link")
        yield cursor
        transaction.set_rollback(True, using="owner")


def test_every_tampering_by_the_owner_is_found_and_named(committed: str) -> None:
    """Verify clean first, then corrupt, then expect detection; a head kept elsewhere only where nothing else can."""
    told("bloemendaal", "BD", 8)
    told("meldpunt", "HS", 11)
    outside = signed()
    place, other, rng = here().id, here("BD").id, Random(20261123)
    with unit(acting()):
        length, broken = verify(place, seals=[outside])
    assert broken is None
    count: Counter[str] = Counter()
    for number in range(rounds(60, 1000)):
        with owned(place) as cursor:
            act = KINDS[number % len(KINDS)]
            done = act(Place(cursor, rng, place, other, length, outside.seq))
            holding, broken = verify(place, seals=[outside] if done.outside else (), using="owner")
            assert broken is not None, done
            assert (broken.chain, holding) == (place, min(holding, length))
            assert done.seq in (None, broken.seq), (done, broken)
        count[done.kind] += 1
    assert {act.__name__ for act in KINDS} >= {"column", "truncate", "rewrite", "feign"}
    assert sum(count.values()) == rounds(60, 1000)
    measured("random tampers by the owner, all found", sum(count.values()))


def test_a_change_of_any_column_is_found(committed: str) -> None:
    told("meldpunt", "HS", 2)
    place = here().id
    for name, value in tampers.CHANGES.items():
        with owned(place) as cursor:
            change = f'UPDATE journal_entry SET "{name}" = {value} WHERE chain = %s AND seq = 2'
            cursor.execute(change, [place])
            assert cursor.rowcount == 1
            broken = verify(place, using="owner")[1]
            assert broken is not None, name
            assert broken.seq == 2, name


def test_what_the_chain_itself_cannot_show_needs_the_head_kept_elsewhere(committed: str) -> None:
    """Without the head the chain seems whole: this is what the second party is for."""
    told("meldpunt", "HS", 4)
    outside = signed()
    place = here().id
    with unit(acting()):
        length = verify(place)[0]
    for act in (tampers.truncate, tampers.vanish, tampers.rewrite):
        with owned(place) as cursor:
            cursor.execute("DELETE FROM journal_signedhead")
            act(Place(cursor, Random(1), place, here("BD").id, length, outside.seq))
            assert verify(place, using="owner")[1] is None
            assert verify(place, seals=[outside], using="owner")[1] is not None


def test_a_moment_in_another_era_or_without_end_is_found(committed: str) -> None:
    told("meldpunt", "HS", 2)
    place = here().id
    for value in ("(at::text || ' BC')::timestamptz", "'infinity'", "'-infinity'", "at + interval '1 microsecond'"):
        with owned(place) as cursor:
            cursor.execute(f"UPDATE journal_entry SET at = {value} WHERE chain = %s AND seq = 2", [place])
            broken = verify(place, using="owner")[1]
            assert broken is not None, value
            assert broken.seq == 2, value
