"""The same walls in the database: raw SQL as `app`, every walled table and asker, as `rows.txt` says (T21)."""

from __future__ import annotations

import json
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from authorisation import table
from authorisation.asking import WHO, Scene, Who, undone
from meldroute.web.tables import ITEM, TENANT

EXPECTED = table.read("rows.txt", 1)
WALLED = sorted((TENANT | ITEM) - {"journal_entry", "journal_head", "journal_signedhead"})
COLUMNS = [who for who in WHO if (who.account and not who.disabled and who.objects != "sealed") or who.name == "int+"]
SYSTEM = UUID(int=0)
WRITERS = {"bd": "BD", "ana": "HS", "adm": "HS"}
"""Who may write nothing into a file of Heemstede, whatever the statement."""


def rows(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def entered(made: Scene, who: Who | None) -> None:
    """Behind the walls as this asker; None: the system."""
    place = made.made(who).place if who else made.here.place
    actor = made.made(who).people[who.account].id if who else SYSTEM
    assert rows("SELECT mr_enter(%s, %s, now())", actor, place)[0][0] is not None


def ids(name: str, place: UUID) -> set[str]:
    """Where the rows stand: not every table has an id."""
    return {row[0] for row in rows(f"SELECT ctid::text FROM {name} WHERE municipality_id = %s", place)}


def cell(seen: set[str], ordinary: set[str]) -> str:
    """`all`: every ordinary row and no sealed one; `-`: none; a number: so many."""
    if not seen:
        return "-"
    return "all" if seen == ordinary else str(len(seen))


def found(made: Scene, who: Who, name: str) -> str:
    """What this asker sees of the table in Heemstede."""
    with undone():
        entered(made, None)
        ordinary = ids(name, made.here.place)
    with undone():
        entered(made, who)
        return cell(ids(name, made.here.place), ordinary)


@pytest.mark.parametrize("who", COLUMNS, ids=lambda who: who.name)
def test_rows_seen_are_those_of_the_table(made: Scene, who: Who) -> None:
    told = {name: EXPECTED.get((name,), {}).get(who.name, "nothing") for name in WALLED}
    got = {name: found(made, who, name) for name in WALLED}
    wrong = [f"{name}: {got[name]} instead of {told[name]}" for name in WALLED if got[name] != told[name]]
    assert not wrong, "\n".join(wrong)


def test_every_walled_table_stands_in_the_table(made: Scene) -> None:
    missing = [name for name in WALLED if (name,) not in EXPECTED]
    add = [table.line((name,), {who.name: found(made, who, name) for who in COLUMNS}) for name in missing]
    assert not add, "add to tests/authorisation/rows.txt, after a look at every cell:\n" + "\n".join(add)
    assert sorted(name for (name,) in EXPECTED) == WALLED


def moved(name: str, own: set[str], place: UUID) -> bool:
    """Whether the database lets these rows go to the municipality `place`."""
    try:
        with transaction.atomic():
            return bool(
                rows(
                    f"UPDATE {name} SET municipality_id = %s WHERE ctid = ANY(%s::tid[]) RETURNING 1", place, list(own)
                )
            )
    except DatabaseError:
        return False


@pytest.mark.parametrize("name", WALLED)
def test_nobody_moves_a_row_into_another_municipality(made: Scene, name: str) -> None:
    with undone():
        entered(made, next(who for who in WHO if who.name == "bd"))
        own = ids(name, made.there.place)
        assert not own or not moved(name, own, made.here.place)


@pytest.mark.parametrize("name", sorted(ITEM))
@pytest.mark.parametrize("column", WRITERS)
def test_who_sees_no_file_writes_in_none(made: Scene, name: str, column: str) -> None:
    with undone():
        entered(made, None)
        file = rows(f"SELECT row_to_json(t) FROM {name} t WHERE municipality_id = %s LIMIT 1", made.here.place)
        assert file, f"{name}: tests/authorisation/municipality.py makes none"
        body = json.dumps(file[0][0] | {"id": str(uuid4())})
        entered(made, next(who for who in WHO if who.name == column))
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            rows(f"INSERT INTO {name} SELECT * FROM json_populate_record(NULL::{name}, %s) RETURNING 1", body)


def test_without_entering_nothing_is_seen(made: Scene) -> None:
    assert {name: rows(f"SELECT count(*) FROM {name}")[0][0] for name in WALLED} == dict.fromkeys(WALLED, 0)
