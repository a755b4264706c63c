"""The measurement that `bench/pages.py` tells of."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections, models
from django.http import HttpRequest, HttpResponse
from django.template import Context
from django.template.base import Template
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext, _TestState
from django.urls import path, reverse

from meldroute.people.unit import unit
from people_here import acting, user
from signals_here import noted, opened

ROUNDS = 20
WORDS = 5
FILL = """
INSERT INTO route_signal (id, municipality_id, key_id, year, number, reference, round, version, state, held_from,
 outcome, forms, sector, source_kind, channel, urgency_asked, minor_possible, sealed, practice, received_at,
 state_since)
SELECT gen_random_uuid(), municipality_id, key_id, year, n, 'HS-2026-' || n, 1, 1,
 CASE WHEN n %% 5 > 0 THEN 'closed' ELSE 'enriching' END, '', '', forms, '', source_kind, channel, true, false,
 n %% 50 = 0, false, received_at - n * interval '1 minute', state_since
FROM route_signal, generate_series(100000, 99999 + %s) AS n WHERE id = %s
"""
FILL_WORDS = """
INSERT INTO search_token (municipality_id, mac, signal_id, source_id, field)
SELECT municipality_id, hashtextextended(id::text, n), id, id, 1 FROM route_signal, generate_series(1, %s) AS n
"""
BARE = """
CREATE TABLE bench_bare (id bigint PRIMARY KEY, at timestamptz NOT NULL, title text NOT NULL);
INSERT INTO bench_bare SELECT n, now() - n * interval '1 minute', 'signaal ' || n FROM generate_series(1, {rows}) n;
CREATE INDEX ON bench_bare (at);
GRANT SELECT ON bench_bare TO app;
ANALYZE bench_bare, route_signal, search_token;
"""
ROWS = Template("<table>{% for row in rows %}<tr><td>{{ row.title }}<td>{{ row.at }}</tr>{% endfor %}</table>")


class Bare(models.Model):
    """One table with one index, read by the view to compare with."""

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    title = models.TextField()

    class Meta:
        app_label = "bench"
        db_table = "bench_bare"
        managed = False


def bare(request: HttpRequest) -> HttpResponse:
    """Fifty rows, the oldest first."""
    return HttpResponse(ROWS.render(Context({"rows": Bare.objects.order_by("at")[:50]})))


urlpatterns = [path("", bare)]


def wanted() -> list[int]:
    """The numbers of signals on the command line, or those that take minutes only."""
    return [int(word) for word in sys.argv[1:] if word.isdigit()] or [1_000, 100_000]


@pytest.fixture(autouse=True)
def _as_in_use() -> None:
    """Templates without what the tests add: a copy of everything for each one that is shown."""
    Template._render = _TestState.saved_data.template_render  # type: ignore[attr-defined]


def spent(ask: Callable[[], HttpResponse]) -> float:
    """CPU milliseconds of application and database for one answer, on average."""
    assert ask().status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        schedule = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def now() -> int:
        return time.process_time_ns() + int(schedule.read_text().split()[0])

    began = now()
    for _ in range(ROUNDS):
        ask()
    return (now() - began) / ROUNDS / 1e6


def measured(client: Client, address: str) -> tuple[float, int]:
    """CPU milliseconds and SQL statements of one address."""
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    statements = len(found)  # the next request empties the list
    return spent(lambda: client.get(address)), statements


@pytest.mark.parametrize("rows", wanted())
def test_pages(committed: str, rows: int) -> None:
    """Print one line per page."""
    with unit(acting(at=acting().at - timedelta(minutes=1))) as by:
        signal = opened(by)
        noted(by, signal, text="Een regenpijp en vier matrassen")
        with connection.cursor() as cursor:
            cursor.execute(FILL, [rows, signal.id])
            cursor.execute(FILL_WORDS, [WORDS])
    with connections["owner"].cursor() as cursor:
        cursor.execute(BARE.format(rows=rows))
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[]):
        plain = spent(lambda: Client().get("/"))
    client = Client()
    client.force_login(user("meldpunt"))
    client.get(reverse("route:queue"))
    from_now = {"queue": reverse("route:queue"), "filtered": reverse("route:queue") + "?state=enriching"}
    from_now["second page"] = reverse("route:queue") + "?page=2"
    reply = client.post(reverse("route:search"), {"text": "regenpijp"})
    from_now["search"] = reply.headers["Location"]
    print(f"\n{rows} signals: bare view {plain:.2f} ms")
    for name, address in from_now.items():
        cost, statements = measured(client, address)
        print(f"{rows} {name}: {cost:.2f} ms, {cost / plain:.1f}x, {statements} statements")
