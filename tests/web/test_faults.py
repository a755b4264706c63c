"""The database gone, stopped or full, and a clock that goes back: an honest page, and nothing half stored (T6, T7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import psycopg
import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client

from intake.cutting import CuttingProxy
from intake.test_intake_report import CHECK, FORM, TOLD
from meldroute.intake.models import Draft
from meldroute.journal.models import Entry
from meldroute.people.unit import unit
from meldroute.route.models import Attachment, Event, Observation, Reporter, Signal
from meldroute.vault.models import Blob, Chunk
from meldroute.web.practice import PASSWORD
from people_here import acting, user
from web.serving import Visitor, database_url, served

TEXT = "Vier matrassen in de kelder van de oefenstraat"


class Line:
    """The line to the database, which can be cut."""

    def __init__(self) -> None:
        self.down = False
        told = urlsplit(database_url("x"))
        self.proxy = CuttingProxy(told.port or 5432, lambda _: 0 if self.down else None)

    def cut(self) -> None:
        self.down = True
        self.proxy.drop()

    def mend(self) -> None:
        self.down = False


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    with made.proxy:
        yield made


def test_a_database_that_is_away_gives_an_honest_page_that_loses_no_text(committed: str, line: Line) -> None:
    with served(database_url(committed, line.proxy.port)) as port:
        visitor = Visitor(port)
        visitor.login("melder", PASSWORD)
        form = f"{FORM}?spoed=none"
        told = {name: str(value) for name, value in TOLD.items()} | {
            "what": TEXT,
            "csrfmiddlewaretoken": visitor.token(form),
        }
        line.cut()
        for path in ("/", "/melden/", "/waar-melden/"):
            page = visitor.get(path)
            assert page.status == 503
            assert "De gegevens zijn even niet bereikbaar" in page.text
            assert "Bel 112" in page.text
            assert page.headers["Retry-After"] == "30"
            assert page.headers["Cache-Control"] == "no-store"
            assert "default-src" in page.headers["Content-Security-Policy"]
        lost = visitor.post(FORM, told)
        assert lost.status == 503
        assert TEXT in lost.text
        assert dict(lost.fields) == told
        secret = visitor.post("/inloggen/", told | {"password": "geheim woord", "username": "x y"})
        assert (secret.status, "geheim woord" in secret.text) == (503, False)
        assert visitor.get("/leeft/").status == 503
        line.mend()
        assert not stored(Draft)
        again = visitor.post(FORM, lost.fields)
        assert (again.status, again.headers["Location"]) == (302, CHECK)
    with unit(acting("melder")):
        assert Draft.objects.get().body["what"] == TEXT


def stored(model: type) -> int:
    with unit(acting(None)):
        return int(model.objects.count())


KEPT = (Signal, Observation, Reporter, Attachment, Event, Draft)


@pytest.mark.parametrize("table", ["route_reporter", "vault_chunk", "journal_entry", "route_event"])
def test_a_disk_that_fills_up_halfway_leaves_nothing_half_stored(committed: str, table: str) -> None:
    """The table at which the disk is full; the error is PostgreSQL's own, raised by a trigger."""
    client = Client()
    client.force_login(user("melder"))
    client.post(FORM, TOLD)
    with unit(acting("melder")):
        draft = Draft.objects.get()
    from_here = {model: stored(model) for model in (*KEPT, Blob, Chunk, Entry)}
    full(committed, table, on=True)
    client.raise_request_exception = False
    answer = client.post(CHECK, {"send": "ja nu"})
    assert answer.status_code in (302, 503)
    if answer.status_code == 503:
        assert "De gegevens zijn even niet bereikbaar" in answer.content.decode()
        assert {model: stored(model) for model in from_here} == from_here
        with unit(acting("melder")):
            assert Draft.objects.get().body == draft.body
    full(committed, table, on=False)
    if answer.status_code == 503:
        assert client.post(CHECK, {"send": "ja nu"}).status_code == 302
    assert stored(Signal) == from_here[Signal] + 1
    assert stored(Draft) == 0


def full(database: str, table: str, *, on: bool) -> None:
    told = django_settings.DATABASES["owner"]
    names = {"host": told["HOST"], "port": told["PORT"], "user": told["USER"], "password": told["PASSWORD"]}
    with psycopg.connect(**names, dbname=database, autocommit=True) as owner:
        if on:
            owner.execute(
                "CREATE FUNCTION full_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                " RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$"
            )
            owner.execute(f"CREATE TRIGGER full_up BEFORE INSERT ON {table} EXECUTE FUNCTION full_up()")
        else:
            owner.execute("DROP FUNCTION full_up() CASCADE")


def test_a_clock_that_steps_back_an_hour_stops_nothing(committed: str) -> None:
    at = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
    client = Client()
    with time_machine.travel(at, tick=False):
        client.force_login(user("melder"))
        client.post(FORM, TOLD)
        assert client.post(CHECK, {"send": "ja"}).status_code == 302
    with time_machine.travel(at - timedelta(hours=1), tick=False):
        client.post(FORM, TOLD | {"what": "later, op een vroegere klok"})
        assert client.post(CHECK, {"send": "ja"}).status_code == 302
    assert stored(Signal) == 2
    call_command("verify_journal")
