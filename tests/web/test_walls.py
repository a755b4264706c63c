"""The walls in the database: which role the tests are, every table listed, nothing seen without entering."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from meldroute.domain.roles import SCOPE, scope_of
from meldroute.domain.vocabulary import Channel, Role, SourceKind, State
from meldroute.people.models import Membership
from meldroute.people.unit import NotHere, enter, unit
from meldroute.route.actions.opening import open_signal
from meldroute.route.models import Signal
from meldroute.web.tables import GLOBAL, ITEM, TENANT
from people_here import acting, here, user


def rows(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@pytest.mark.django_db
def test_the_tests_are_the_application_role_without_a_way_around() -> None:
    assert rows("SELECT current_user") == [("app",)]
    assert rows("SELECT rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user") == [
        (False, False, False)
    ]
    owned = "SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
    assert rows(owned) == [(0,)]


@pytest.mark.django_db
def test_every_table_is_listed_and_walled_as_listed() -> None:
    found = dict(
        rows(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class c JOIN pg_namespace n "
            "ON n.oid = relnamespace WHERE nspname = 'public' AND relkind IN ('r', 'p')"
        )
    )
    assert set(found) == GLOBAL | TENANT | ITEM
    assert {name for name, walled in found.items() if walled} == TENANT | ITEM


@pytest.mark.django_db
@pytest.mark.parametrize("table", sorted(TENANT | ITEM))
def test_without_entering_no_row_is_seen(table: str) -> None:
    with unit(acting()) as by:
        open_signal(by=by, source_kind=SourceKind.CARE, channel=Channel.MAIL, received_at=by.at, state=State.REGISTERED)
    with connection.cursor() as cursor:
        for name in ("actor", "municipality", "scope"):
            cursor.execute("SELECT set_config(%s, '', true)", [f"meldroute.{name}"])
    where = "WHERE chain <> '00000000-0000-0000-0000-000000000000'" if table.startswith("journal_") else ""
    assert rows(f"SELECT count(*) FROM {table} {where}") == [(0,)]


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_the_database_gives_each_role_the_scope_of_the_domain(role: Role) -> None:
    member = user("melder")
    Membership.objects.filter(user=member).update(role=role)
    with unit(acting("melder")) as by:
        assert by.roles == {role}
        assert rows("SELECT mr_scope()") == [(SCOPE[role].value,)]
        assert scope_of(by.roles) is SCOPE[role]


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"confirmed_at": None}, {"ends": "2020-01-01"}, {"starts": "2999-01-01"}])
def test_a_role_that_does_not_count_opens_nothing(change: dict) -> None:
    Membership.objects.filter(user=user("melder")).update(**change)
    with pytest.raises(NotHere):
        enter(acting("melder"))


@pytest.mark.django_db
def test_a_leaver_is_out_at_once() -> None:
    leaver = user("meldpunt")
    leaver.is_active = False
    leaver.save()
    with pytest.raises(NotHere):
        enter(acting("meldpunt"))


@pytest.mark.django_db
def test_another_municipality_and_other_roles_see_no_signal() -> None:
    with unit(acting()) as by:
        open_signal(by=by, source_kind=SourceKind.CARE, channel=Channel.MAIL, received_at=by.at, state=State.REGISTERED)
    seen = {}
    for name, code in [("meldpunt", "HS"), ("bloemendaal", "BD"), ("beheer", "HS"), ("fg", "HS"), ("handhaver", "HS")]:
        with unit(acting(name, code=code)):
            seen[name] = Signal.objects.count()
    assert seen == {"meldpunt": 1, "bloemendaal": 0, "beheer": 0, "fg": 0, "handhaver": 0}


@pytest.mark.django_db
def test_a_row_for_another_municipality_is_refused() -> None:
    elsewhere = "INSERT INTO route_counter (id, municipality_id, year, last) VALUES (gen_random_uuid(), %s, 1999, 1)"
    with unit(acting()), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        rows(elsewhere, here("BD").id)
