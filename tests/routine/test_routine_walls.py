"""The walls under the routine: who reads and writes its rows with raw SQL as the application's own role."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from meldroute.domain.vocabulary import Role
from meldroute.people.models import Membership
from meldroute.people.unit import unit
from meldroute.routine.models import Event, MailTest, Month, Step
from meldroute.routine.roles import DOERS
from people_here import acting, user
from routine.routine_here import one_of_each

pytestmark = pytest.mark.django_db


def changed(sql: str) -> int:
    """How many rows a statement touched; -1 when the database refused it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.rowcount
    except DatabaseError:
        return -1


@pytest.mark.parametrize("role", list(Role))
def test_the_database_lets_in_whom_the_program_lets_in(role: Role) -> None:
    one_of_each(acting())
    Membership.objects.filter(user=user("melder")).update(role=role)
    does = role in DOERS
    with unit(acting("melder")):
        for model, rows in ((Month, 1), (Step, 5), (Event, 1), (MailTest, 1)):
            assert model.objects.count() == (rows if does else 0)
        assert changed("UPDATE routine_month SET key = '2020-01'") == int(does)
        assert changed("UPDATE routine_step SET reason = 'x'") == (5 if does else 0)
        assert changed("UPDATE routine_mailtest SET arrived_at = now()") == int(does)
        assert changed("UPDATE routine_event SET reason = 'x'") == -1
        assert changed("DELETE FROM routine_event") == -1
        assert changed("DELETE FROM routine_mailtest") == -1
        copied = (
            "INSERT INTO routine_month SELECT gen_random_uuid(), mr_municipality(), '2026-01', begins, due, "
            "gen_random_uuid(), 1, NULL, now() FROM (SELECT date '2026-01-01' AS begins, date '2026-01-31' AS due) x"
        )
        assert changed(copied) == (1 if does else -1)


def test_a_neighbour_sees_and_touches_nothing() -> None:
    one_of_each(acting())
    with unit(acting("bloemendaal", code="BD")):
        assert not Month.objects.exists()
        assert not MailTest.objects.exists()
        assert changed("UPDATE routine_step SET standing = 'done'") == 0
