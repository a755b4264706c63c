"""The walls under the plan: who reads and writes its rows with raw SQL as the application's own role."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from meldroute.domain.vocabulary import Role
from meldroute.people.models import Membership
from meldroute.people.unit import unit
from meldroute.plan.actions import recording
from meldroute.plan.models import Action, Occurrence, Plan
from meldroute.plan.roles import MANAGERS, READERS
from people_here import acting, user
from plan.plans_here import followed, time

pytestmark = pytest.mark.django_db


def changed(sql: str, *values: object) -> int:
    """How many rows a statement touched; -1 when the database refused it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.rowcount
    except DatabaseError:
        return -1


@pytest.mark.parametrize("role", list(Role))
def test_the_database_lets_in_whom_the_program_lets_in(role: Role) -> None:
    followed()
    Membership.objects.filter(user=user("melder")).update(role=role)
    with unit(acting("melder")):
        reads, keeps = role in READERS, role in MANAGERS
        assert Plan.objects.count() == int(reads)
        assert bool(Action.objects.count()) == reads
        rows = Occurrence.objects.count()
        assert changed("UPDATE plan_occurrence SET reason = 'x'") == (rows if keeps else 0)
        assert changed("UPDATE plan_action SET owner_role = 'x'") == (24 if keeps else 0)
        assert changed("UPDATE plan_plan SET name = 'x'") == int(keeps)
        assert changed("DELETE FROM plan_occurrence WHERE due > '2026-12-01'") in ({0} if not keeps else range(1, 40))
        assert changed("UPDATE plan_version SET decision = 'x'") == -1


def test_an_owner_writes_the_own_times_only() -> None:
    followed()
    with unit(acting()) as by:
        action = Action.objects.get(code="R4.16")
        recording.own(by=by, action=action, owner=user("handhaver").id, stand_in=None)
    with unit(acting("handhaver")):
        assert changed("UPDATE plan_occurrence SET reason = 'x'") == 3
        one, other = time("R4.16", "2026-Q2"), time("R4.15", "2026-Q4")
        sql = (
            "INSERT INTO plan_event (id, municipality_id, occurrence_id, status, reason, at) "
            "VALUES (gen_random_uuid(), %s, %s, 'done', '', now())"
        )
        assert changed(sql, one.municipality_id, one.id) == 1
        assert changed(sql, other.municipality_id, other.id) == -1


def test_a_neighbour_sees_nothing() -> None:
    followed()
    with unit(acting("waarnemer", code="BD")):
        assert not Plan.objects.exists()
        assert changed("UPDATE plan_occurrence SET reason = 'x'") == 0
