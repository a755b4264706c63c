"""The measurement that `bench/creating.py` tells of."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import _beside as beside
from meldroute.people.unit import unit
from people_here import acting, user
from signals_here import opened

CALL = {
    "urgency": "on",
    "what": "Elke avond andere mensen op Oefenlaan 3",
    "truth": "hearsay",
    "source": "een buurtbewoner",
    "street": "Oefenlaan",
    "house_number": "3",
    "source_kind": "citizen",
    "name": "Jan de Oefenaar",
    "phone": "0612345678",
    "wants_feedback": "on",
}


@override_settings(ROOT_URLCONF="bench._around")
@pytest.mark.parametrize("rows", [1_000, 100_000])
def test_creating(committed: str, rows: int) -> None:
    """Print what a call written down costs: signal, reporter, observation, address, receipt, words and journal."""
    with unit(acting(at=acting().at - timedelta(minutes=1))) as by:
        beside.fill(rows, opened(by).id)
    beside.make_bare(rows)
    beside.as_in_use()
    row = {"at": "2026-01-05T08:00:00Z", "title": CALL["what"]}
    client, plain, desk = Client(), beside.plain(), reverse("intake:desk")
    client.force_login(user("meldpunt"))
    assert client.post(desk, CALL).status_code == 302
    with CaptureQueriesContext(connection) as found:
        client.post(desk, CALL)
    statements = len(found)
    asks = (
        lambda: client.post(desk, CALL),
        lambda: client.post("/meting/niets/", CALL),
        lambda: plain.post("/meting/kaal/1/", row),
    )
    assert [ask().status_code for ask in asks] == [302] * 3
    # who creates sees the next page, which takes the word "done" out of the session; else these would heap up there
    create, nothing, bare = beside.costs(*asks, after=lambda: client.get("/meting/niets/"))
    print(f"\n{rows} create: {create:.1f} ms, {create / bare:.1f}x of {bare:.2f} ms, {statements} statements")
    print(f"{rows} a POST that writes nothing of its own: {nothing:.1f} ms, {nothing / bare:.1f}x")
