"""The journal: every act one entry, linked, and no change goes unseen."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from meldroute.journal import actions as journal
from meldroute.journal.chain import verify
from meldroute.journal.models import Entry, Head
from meldroute.people.unit import unit
from people_here import acting, here


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
def test_whatever_stands_in_an_entry_is_read_back_as_it_was_covered() -> None:
    """What is verified comes from the database as text: signs, quotes, empty lists and nobody included."""
    with unit(acting()):
        start = verify(here().id)[0]
    odd = ('é"\\', "a,b{}", "\u2028\x1f\t", "\U0001f512 NULL", "", "null")
    for number, word in enumerate(odd):
        with unit(acting()) as by:
            someone = replace(by, origin=word, user_id=None if number % 2 else by.user_id)
            ids = [None, by.user_id, uuid4()][: number % 4]
            journal.record(by=someone, act=word, on=word, ids=ids, fields=odd[:number])
    with unit(acting()):
        assert verify(here().id) == (start + len(odd), None)


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
