"""The journal: every act one entry, linked, and no change goes unseen."""

from __future__ import annotations

import random
from threading import Thread

import pytest
from django.db import DatabaseError, connection, connections, transaction

from meldroute.journal import actions as journal
from meldroute.journal.chain import verify
from meldroute.journal.models import Entry, Head
from meldroute.people.unit import unit
from people_here import acting, here

COLUMNS = ["at", "actor", "roles", "act", "on", "ids", "fields", "result", "origin", "mac", "chain", "id"]


def tell(count: int, name: str = "meldpunt") -> None:
    for number in range(count):
        with unit(acting(name)) as by:
            journal.record(by=by, act=f"test.{number}", on="test", fields=["a"])


@pytest.mark.django_db
def test_entries_are_linked_and_hold() -> None:
    before = Head.objects.filter(chain=here().id)
    with unit(acting()):
        start = before.get().seq
    tell(5)
    with unit(acting()):
        assert before.get().seq == start + 5
        assert verify(here().id) == (start + 5, None)


@pytest.mark.django_db
def test_nothing_is_told_outside_a_unit() -> None:
    with pytest.raises(journal.NoUnit):
        journal.record(by=acting(), act="test")


def fail_after_telling() -> None:
    with unit(acting()) as by:
        journal.record(by=by, act="test")
        raise ZeroDivisionError


@pytest.mark.django_db
def test_an_act_that_fails_leaves_no_entry() -> None:
    with unit(acting()):
        start = Entry.objects.filter(chain=here().id).count()
    with pytest.raises(ZeroDivisionError):
        fail_after_telling()
    with unit(acting()):
        assert Entry.objects.filter(chain=here().id).count() == start


@pytest.mark.django_db
@pytest.mark.parametrize(
    "verb", ["UPDATE journal_entry SET act = 'x'", "DELETE FROM journal_entry", "TRUNCATE journal_entry"]
)
def test_the_application_cannot_change_the_journal(verb: str) -> None:
    tell(1)
    with unit(acting()), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(verb.format("journal_entry"))


@pytest.mark.django_db
def test_another_municipality_reads_nothing_of_it() -> None:
    tell(1)
    with unit(acting("bloemendaal", code="BD")):
        assert not Entry.objects.filter(chain=here("HS").id).exists()


def tampered(cursor, rng: random.Random, ids: list) -> str:
    """One random change by somebody who is the owner of everything; what it was."""
    victim, other = rng.sample(ids, 2)
    kind = rng.choice(["text", "delete", "swap", "copy"])
    if kind == "text":
        column = rng.choice(["act", "result", "origin"])
        cursor.execute(f"UPDATE journal_entry SET {column} = 'x' || {column} WHERE id = %s", [victim])
    elif kind == "delete":
        cursor.execute("DELETE FROM journal_entry WHERE id = %s", [victim])
    elif kind == "swap":
        cursor.execute(
            "UPDATE journal_entry a SET act = b.act || '!', at = b.at FROM journal_entry b "
            "WHERE a.id = %s AND b.id = %s",
            [victim, other],
        )
    else:
        cursor.execute("UPDATE journal_entry SET actor = gen_random_uuid() WHERE id = %s", [victim])
    return kind


def test_every_tampering_by_the_owner_is_found(committed: str) -> None:
    """Verify clean first, then corrupt, then expect detection (40 random tampers)."""
    tell(12)
    rng, place = random.Random(7), here().id
    with unit(acting()):
        whole, broken = verify(place)
        ids = list(Entry.objects.filter(chain=place).values_list("id", flat=True))
    assert broken is None
    assert whole >= 12
    for _ in range(40):
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            for table in ("journal_entry", "journal_head"):
                cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
            cursor.execute("SELECT set_config('meldroute.municipality', %s, true)", [str(place)])
            kind = tampered(cursor, rng, ids)
            assert verify(place, using="owner")[1] is not None, kind
            transaction.set_rollback(True, using="owner")


def test_sixteen_writers_make_no_fork(committed: str) -> None:
    wrong: list[BaseException] = []

    def write() -> None:
        try:
            tell(5)
        except BaseException as error:
            wrong.append(error)
        finally:
            connections.close_all()

    writers = [Thread(target=write) for _ in range(16)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not wrong
    with unit(acting()):
        whole, broken = verify(here().id)
    assert broken is None
    assert whole >= 80
