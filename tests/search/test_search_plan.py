"""How the database answers, as `app` behind its walls, over 50,000 words and more: from the index, never row by row."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

import pytest
from django.db import connection, connections

from meldroute.domain.searching import HANDLED, Field
from meldroute.journal.acting import Acting
from meldroute.people.unit import unit
from meldroute.route.actions.opening import give_access
from meldroute.route.finding import Narrowed, find
from meldroute.route.models import Signal
from meldroute.search.keyring import living
from meldroute.search.looking import Sought, matching, suggestions
from meldroute.search.models import Token
from meldroute.search.words import asked
from people_here import acting, user
from signals_here import noted, opened

SIGNALS, WORDS = 3000, 20
FILL = """
INSERT INTO route_signal (id, municipality_id, key_id, year, number, reference, round, version, state, held_from,
 outcome, forms, sector, source_kind, channel, urgency_asked, minor_possible, sealed, practice, received_at,
 state_since)
SELECT gen_random_uuid(), municipality_id, key_id, year, n, 'HS-2026-' || n, 1, 1, 'enriching', '', '', forms, '',
 source_kind, channel, true, false, n %% 50 = 0, false, received_at - n * interval '1 hour', state_since
FROM route_signal, generate_series(1000, 999 + %s) AS n WHERE id = %s
"""
FILL_WORDS = """
INSERT INTO search_token (municipality_id, mac, signal_id, source_id, field)
SELECT municipality_id, hashtextextended(id::text, n), id, id, 1 FROM route_signal, generate_series(1, %s) AS n
"""


@pytest.fixture
def filled(committed: str) -> Signal:
    """One signal with words among three thousand with sixty thousand."""
    with unit(acting()) as by:
        signal = opened(by)
        noted(by, signal, text="Een regenpijp en vier matrassen")
        give_access(signal, by=by, user_id=user("privacy").id, why="toets")
        with connection.cursor() as cursor:
            cursor.execute(FILL, [SIGNALS, signal.id])
            cursor.execute(FILL_WORDS, [WORDS])
        assert Token.objects.count() > 50_000
    connections["owner"].cursor().execute("ANALYZE search_token, route_signal, route_access")
    return signal


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every step of a plan."""
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


ASKED = ("regenpijp", "regenpijp matras", "Voorbeeldstraat 1 regenpijp matras horeca")


def test_words_are_looked_up_in_the_index(filled: Signal) -> None:
    for who in ("meldpunt", "privacy", "integriteit"):
        for text in ASKED:
            steps = asked_of(who, text)
            scans = [step for step in steps if step.get("Relation Name") in ("search_token", "route_signal")]
            assert scans
            assert {step["Node Type"] for step in scans} <= {"Index Scan", "Index Only Scan", "Bitmap Heap Scan"}
            words = [step for step in scans if step["Relation Name"] == "search_token"]
            assert all("mac" in step.get("Index Cond", step.get("Recheck Cond", "")) for step in words)
            assert sum(step["Actual Rows"] + step.get("Rows Removed by Filter", 0) for step in words) < 50


def sought(by: Acting, text: str, fields: Collection[Field]) -> Sought:
    return Sought(by.place, asked(text), fields, living(by.place))


def asked_of(who: str, text: str) -> list[dict[str, Any]]:
    """The steps of the plan by which a question of this user was answered."""
    with unit(acting(who)) as by, connection.cursor() as cursor:
        sql, values = matching(sought(by, text, HANDLED))
        cursor.execute("EXPLAIN (FORMAT JSON, ANALYZE) " + sql, values)
        told = cursor.fetchone()[0]
    return list(nodes((json.loads(told) if isinstance(told, str) else told)[0]["Plan"]))


def test_a_suggestion_is_looked_up_in_the_index_too(filled: Signal) -> None:
    with unit(acting()) as by, connection.cursor() as cursor:
        assert suggestions(sought(by, "regenpip", list(Field))) == {"regenpip": ["regenpijp"]}
        cursor.execute("SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'search_token'")
        assert cursor.fetchone() == (0,)


def test_the_whole_page_reads_no_table_of_signals_from_end_to_end(filled: Signal) -> None:
    with unit(acting()) as by, connection.cursor() as cursor:
        rows, page = find(by, sought(by, "regenpijp", HANDLED), Narrowed(), 1)
        assert ([row.signal.id for row in rows], page.paginator.count) == ([filled.id], 1)
        cursor.execute(
            "SELECT relname::text FROM pg_stat_xact_user_tables WHERE seq_scan > 0 "
            "AND relname IN ('search_token', 'route_signal')"
        )
        assert cursor.fetchall() == []
