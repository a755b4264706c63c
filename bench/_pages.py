"""The measurement that `bench/pages.py` tells of."""

from __future__ import annotations

import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import _beside as beside
from meldroute.people.unit import unit
from people_here import acting, user
from signals_here import noted, opened

QUEUE = reverse("route:queue")
FOUND = 20
"""Files of a full page of search."""


def wanted() -> list[int]:
    """The numbers of signals on the command line, or those that take minutes only."""
    return [int(word) for word in sys.argv[1:] if word.isdigit()] or [1_000, 100_000]


def measured(client: Client, address: str) -> tuple[float, int]:
    """CPU milliseconds and SQL statements of one address."""
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    statements = len(found)  # the next request empties the list
    return beside.spent(lambda: client.get(address)), statements


@pytest.mark.parametrize("rows", wanted())
def test_pages(committed: str, rows: int) -> None:
    """Print one line per page."""
    with unit(acting(at=acting().at - timedelta(minutes=1))) as by:
        signals = [opened(by) for _ in range(FOUND)]
        for signal in signals:
            noted(by, signal, text="Een regenpijp en vier matrassen")
        noted(by, signals[0], text="Een kroonluchter")
        beside.fill(rows, signals[0].id)
    beside.make_bare(rows)
    beside.as_in_use()
    with override_settings(ROOT_URLCONF="bench._beside", MIDDLEWARE=[]):
        plain = {shown: beside.spent(lambda shown=shown: Client().get(f"/{shown}/")) for shown in (50, FOUND, 1)}  # type: ignore[misc]
    client = Client()
    client.force_login(user("meldpunt"))
    client.get(QUEUE)
    pages = [("queue", QUEUE, 50), ("second page", f"{QUEUE}?page=2", 50)]
    pages += [("by state", f"{QUEUE}?state=enriching", 50), ("by form", f"{QUEUE}?form=labour", 50)]
    for word, shown in (("regenpijp", FOUND), ("kroonluchter", 1)):
        reply = client.post(reverse("route:search"), {"text": word})
        pages.append((f"search, {shown} found", reply.headers["Location"], shown))
    for name, address, shown in pages:
        cost, statements = measured(client, address)
        bare = plain[shown]
        print(f"{rows} {name}: {cost:.1f} ms, {cost / bare:.1f}x of {bare:.2f} ms, {statements} statements")
