"""The walls under the register with raw SQL: who reads, who writes, and that small numbers stay in the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from awareness.awareness_here import call, ids, wanted
from meldroute.awareness.actions import activities, sparring
from meldroute.awareness.roles import EXACT, KEEPERS, LOOKERS
from meldroute.domain.vocabulary import Channel, Role, SourceKind, State
from meldroute.people.models import Membership
from meldroute.people.unit import unit
from meldroute.route.actions.opening import open_signal
from meldroute.route.models import Signal
from people_here import MONDAY, acting, user

pytestmark = pytest.mark.django_db
COUNTED = "SELECT quarter::text, signals FROM awareness_signals('2026-01-01', '2026-12-31')"


def changed(sql: str, *values: object) -> int:
    """How many rows a statement touched; -1 when the database refused it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.rowcount
    except DatabaseError:
        return -1


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def as_role(role: Role) -> None:
    Membership.objects.filter(user=user("melder")).update(role=role)


@pytest.mark.parametrize("role", list(Role))
def test_the_database_lets_in_whom_the_program_lets_in(role: Role) -> None:
    with unit(acting()) as by:
        activities.plan(by=by, wanted=wanted(groups=ids("Bouw")))
        sparring.note(by=by, call=call())
    as_role(role)
    with unit(acting("melder")):
        reads, keeps = role in LOOKERS, role in KEEPERS
        seen = [rows(f"SELECT count(*) FROM awareness_{name}")[0][0] for name in ("group", "activity", "reach", "talk")]
        assert seen == [9 * reads, 2 * reads, 1 * reads, 1 * keeps]
        assert changed("UPDATE awareness_activity SET title = 'x'") == (2 if keeps else 0)
        assert changed("UPDATE awareness_group SET name = name || 'x'") == (9 if keeps else 0)
        assert changed("UPDATE awareness_reach SET people = 3") == (1 if keeps else 0)
        assert changed("DELETE FROM awareness_activity") == -1
        assert changed("UPDATE awareness_talk SET topics = '{}'") == -1
        here = "(id, municipality_id, kind, name, source, position)"
        own = f"INSERT INTO awareness_group {here} VALUES (gen_random_uuid(), mr_municipality(), 'team', 'y', '', 1)"
        assert changed(own) == (1 if keeps else -1)


def signals(number: int, *, sealed: bool = False, **told: object) -> None:
    how = {"source_kind": SourceKind.CARE, "channel": Channel.MAIL, "state": State.REGISTERED, "sealed": sealed}
    for n in range(number):
        with unit(acting(None, at=MONDAY + timedelta(minutes=n))) as by:
            row = open_signal(by=by, received_at=by.at, **how)
            if not sealed:
                Signal.objects.filter(id=row.id).update(registered_at=by.at, **told)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("number", [4, 5])
def test_small_numbers_of_signals_leave_the_database_for_few(role: Role, number: int) -> None:
    signals(number)
    as_role(role)
    with unit(acting("melder")):
        found = rows(COUNTED)
        if role not in LOOKERS:
            assert found == []
        elif number == 5 or role in EXACT:
            assert found == [("2026-10-01", number)]
        else:
            assert found == [("2026-10-01", None)]


def test_sealed_signals_are_in_no_count_and_practice_ones_in_a_practice_installation() -> None:
    signals(2)
    signals(3, practice=True)
    signals(4, sealed=True)
    with unit(acting("burgemeester")):
        assert rows(COUNTED) == [("2026-10-01", 5)]


def test_counting_opens_no_signal_to_who_counts() -> None:
    """The reach of this transaction is afterwards what it was."""
    signals(5)
    with unit(acting("melder")):
        before = rows("SELECT mr_scope()")
        assert rows(COUNTED) == [("2026-10-01", 5)]
        assert rows("SELECT mr_scope()") == before == [("item",)]
        assert not Signal.objects.exists()


def test_a_neighbour_sees_and_counts_nothing_of_here() -> None:
    signals(6)
    with unit(acting()) as by:
        activities.plan(by=by, wanted=wanted(groups=ids("Bouw")))
    with unit(acting("waarnemer", code="BD")):
        assert rows("SELECT count(*) FROM awareness_activity") == [(0,)]
        assert rows(COUNTED) == []
        assert changed("UPDATE awareness_group SET name = 'x' WHERE municipality_id <> mr_municipality()") == 0
