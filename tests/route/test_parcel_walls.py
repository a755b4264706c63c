"""The wall around a parcel, asked of the database itself as role `app`: who sees it, and what nobody may do to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from meldroute.people.unit import unit
from meldroute.route.models import Parcel
from meldroute.web.tables import ITEM, TENANT
from people_here import MONDAY, acting, here
from route import parcels_here as parcel_of

pytestmark = pytest.mark.django_db
JOURNAL = {"journal_entry", "journal_head", "journal_signedhead"}
WHEN = MONDAY + timedelta(hours=2)
ANSWER = "answered_at = now(), wrapped = NULL, body = NULL"


def ran(sql: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def refused(sql: str) -> bool:
    """Whether the database refuses this."""
    try:
        with transaction.atomic():
            ran(sql)
    except DatabaseError:
        return True
    return False


@contextmanager
def behind(name: str | None, code: str) -> Iterator[None]:
    """Entered as somebody of a municipality (None: its system)."""
    with unit(acting(name, code=code, at=WHEN)):
        yield


@pytest.fixture
def parcel() -> Parcel:
    """One on its way from Heemstede to Bloemendaal."""
    return parcel_of.sent(parcel_of.handed_over())


SEEN = {("meldpunt", "HS"), ("bloemendaal", "BD"), (None, "HS"), (None, "BD")}
UNSEEN = ("handhaver", "privacy", "proceseigenaar", "fg", "integriteit", "analist", "beheer", "burgemeester")


def test_only_the_two_meldpunten_see_the_row(parcel: Parcel) -> None:
    for name, code in [*SEEN, (None, "ZV"), *((name, "HS") for name in UNSEEN)]:
        with behind(name, code):
            assert ran("SELECT 1 FROM route_parcel") == ((name, code) in SEEN), name


def test_nothing_else_of_the_sender_is_seen_by_the_receiver(parcel: Parcel) -> None:
    with behind("bloemendaal", "BD"):
        for table in sorted((TENANT | ITEM) - JOURNAL - {"route_parcel"}):
            assert ran(f"SELECT 1 FROM {table} WHERE municipality_id = %s", here().id) == 0, table


CHANGES: dict[str, tuple[str, str, str]] = {
    "the sender takes in": ("meldpunt", "HS", f"state = 'taken_in', answer_reference = 'HS-1', {ANSWER}"),
    "the sender sends back": ("meldpunt", "HS", f"state = 'sent_back', why = 'call', {ANSWER}"),
    "the receiver withdraws": ("bloemendaal", "BD", f"state = 'withdrawn', {ANSWER}"),
    "taken in, content kept": (
        "bloemendaal",
        "BD",
        "state = 'taken_in', answer_reference = 'BD-1', answered_at = now()",
    ),
    "taken in without a number": ("bloemendaal", "BD", f"state = 'taken_in', {ANSWER}"),
    "sent back without why": ("bloemendaal", "BD", f"state = 'sent_back', {ANSWER}"),
    "noted before the answer": ("meldpunt", "HS", "noted_at = now()"),
    "another receiver": ("meldpunt", "HS", "receiver_id = municipality_id"),
    "another sender": ("bloemendaal", "BD", "municipality_id = receiver_id"),
    "no practice any more": ("meldpunt", "HS", "practice = NOT practice"),
    "other content": ("meldpunt", "HS", "body = 'x', wrapped = 'y'"),
    "another day": ("bloemendaal", "BD", "due_on = due_on + 100"),
}


def test_nobody_changes_a_parcel_on_its_way_but_by_answering_as_its_side_may(parcel: Parcel) -> None:
    for case, (name, code, change) in CHANGES.items():
        with behind(name, code):
            assert refused(f"UPDATE route_parcel SET {change}"), case
        with behind("meldpunt", "HS"):
            row = Parcel.objects.get(id=parcel.id)
            assert (row.state, row.practice, bool(row.body), row.noted_at) == ("sent", parcel.practice, True, None), (
                case
            )


AFTER: dict[str, tuple[str, str, str]] = {
    "on its way again": ("bloemendaal", "BD", "state = 'sent', body = 'x', wrapped = 'x'"),
    "content put back": ("meldpunt", "HS", "body = 'x'"),
    "another number": ("bloemendaal", "BD", "answer_reference = 'BD-9'"),
    "noted by the receiver": ("bloemendaal", "BD", "noted_at = now()"),
    "noted with more": ("meldpunt", "HS", "noted_at = now(), answer_reference = 'HS-2'"),
}


def test_an_answer_is_the_last_that_happens_but_for_noting_it_once(parcel: Parcel) -> None:
    with behind("bloemendaal", "BD"):
        ran(f"UPDATE route_parcel SET state = 'taken_in', answer_reference = 'BD-1', {ANSWER}")
    for case, (name, code, change) in AFTER.items():
        with behind(name, code):
            assert refused(f"UPDATE route_parcel SET {change}"), case
    with behind("meldpunt", "HS"):
        assert ran("UPDATE route_parcel SET noted_at = now()") == 1
        assert refused("UPDATE route_parcel SET noted_at = now()")


@pytest.mark.parametrize(
    ("name", "code", "sender", "receiver", "state"),
    [
        ("bloemendaal", "BD", "HS", "BD", "sent"),
        ("meldpunt", "HS", "HS", "HS", "sent"),
        ("meldpunt", "HS", "HS", "BD", "taken_in"),
        ("handhaver", "HS", "HS", "BD", "sent"),
        ("beheer", "HS", "HS", "BD", "sent"),
    ],
)
def test_a_parcel_is_made_by_its_sender_only(name: str, code: str, sender: str, receiver: str, state: str) -> None:
    sql = (
        "INSERT INTO route_parcel (id, municipality_id, receiver_id, hand_over_id, practice, state, wrapped, body, "
        "sent_at, due_on, answer_reference, why) VALUES (%s, %s, %s, %s, true, %s, 'x', 'x', now(), now(), '', '')"
    )
    with behind(name, code), pytest.raises(DatabaseError), transaction.atomic():
        ran(sql, uuid4(), here(sender).id, here(receiver).id, uuid4(), state)


def test_no_row_is_removed(parcel: Parcel) -> None:
    for name, code in (("meldpunt", "HS"), ("bloemendaal", "BD")):
        with behind(name, code):
            assert refused("DELETE FROM route_parcel")
            assert refused("TRUNCATE route_parcel")


def test_without_entering_no_parcel_is_seen(parcel: Parcel) -> None:
    for setting in ("actor", "municipality", "scope", "at"):
        ran("SELECT set_config(%s, '', true)", f"meldroute.{setting}")
    assert ran("SELECT 1 FROM route_parcel") == 0


def test_one_hand_over_is_on_its_way_or_taken_in_once(parcel: Parcel) -> None:
    parcel.id = uuid4()
    with behind("meldpunt", "HS"), pytest.raises(DatabaseError), transaction.atomic():
        parcel.save(force_insert=True)


def test_the_content_opens_for_no_other_row(parcel: Parcel) -> None:
    with behind("bloemendaal", "BD"):
        row = Parcel.objects.get(id=parcel.id)
        assert row.content()["facts"]
        for name, value in (("id", uuid4()), ("receiver_id", here("ZV").id), ("municipality_id", here("ZV").id)):
            was = getattr(row, name)
            setattr(row, name, value)
            with pytest.raises(ValueError, match="route_parcel"):
                row.content()
            setattr(row, name, was)
