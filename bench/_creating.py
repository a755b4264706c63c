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


@pytest.mark.parametrize("rows", [1_000, 100_000])
def test_creating(committed: str, rows: int) -> None:
    """Print what a call written down costs: signal, reporter, observation, address, receipt, words and journal."""
    with unit(acting(at=acting().at - timedelta(minutes=1))) as by:
        beside.fill(rows, opened(by).id)
    beside.make_bare(rows)
    beside.as_in_use()
    row = {"at": "2026-01-05T08:00:00Z", "title": CALL["what"]}
    with override_settings(ROOT_URLCONF="bench._beside", MIDDLEWARE=[]):
        plain = beside.spent(lambda: Client().post("/1/", row), 302)
    client = Client()
    client.force_login(user("meldpunt"))
    client.post(reverse("intake:desk"), CALL)
    with CaptureQueriesContext(connection) as found:
        client.post(reverse("intake:desk"), CALL)
    statements = len(found)
    cost = beside.spent(lambda: client.post(reverse("intake:desk"), CALL), 302)
    print(f"\n{rows} create: {cost:.1f} ms, {cost / plain:.1f}x of {plain:.2f} ms, {statements} statements")
