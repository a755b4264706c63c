"""The measurement that `bench/pages.py` tells of."""

from __future__ import annotations

import sys
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import _beside as beside
from meldroute.people.unit import unit
from meldroute.route.finding import Narrowed, find, sought
from meldroute.search.keyring import living
from people_here import acting, user
from signals_here import noted, opened

QUEUE = reverse("route:queue")
FOUND = 20
"""Files of a full page of search."""
WORDS = (("regenpijp", FOUND), ("kroonluchter", 1))
"""What is searched for, and how many files are found."""


def wanted() -> list[int]:
    """The numbers of signals on the command line, or those that take minutes only."""
    return [int(word) for word in sys.argv[1:] if word.isdigit()] or [1_000, 100_000]


def statements_of(client: Client, address: str) -> int:
    """SQL statements of one address, begin and commit counted."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@override_settings(ROOT_URLCONF="bench._around")
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
    client, plain = Client(), beside.plain()
    client.force_login(user("meldpunt"))
    client.get(QUEUE)
    pages = [("nothing", "/meting/niets/", 1), ("queue", QUEUE, 50), ("second page", f"{QUEUE}?page=2", 50)]
    pages += [("by state", f"{QUEUE}?state=enriching", 50), ("by form", f"{QUEUE}?form=labour", 50)]
    for word, shown in WORDS:
        reply = client.post(reverse("route:search"), {"text": word})
        pages.append((f"search, {shown} found", reply.headers["Location"], shown))
    print()
    for name, address, shown in pages:
        statements = statements_of(client, address)
        cost, bare = beside.costs(partial(client.get, address), partial(plain.get, f"/meting/kaal/{shown}/"))
        print(f"{rows} {name}: {cost:.1f} ms, {cost / bare:.1f}x of {bare:.2f} ms, {statements} statements")
    for word, shown in WORDS:
        cost, bare = searched(word, shown)
        print(f"{rows} the search alone, {shown} found: {cost:.1f} ms, {cost / bare:.1f}x of {bare:.2f} ms")


def searched(word: str, shown: int) -> tuple[float, float]:
    """CPU of looking words up, without a page around it, and of a bare query of as many rows."""
    with unit(acting()) as by:
        asked = sought(by, word, person=False, keys=living(by.place))
        assert len(find(by, asked, Narrowed(), 1)[0]) == shown
        cost, bare = beside.costs(
            lambda: find(by, asked, Narrowed(), 1), lambda: list(beside.Bare.objects.order_by("at")[:shown])
        )
    return cost, bare
