"""In a real installation a practice signal is in no count."""

from __future__ import annotations

from django.db import connections

from awareness.test_awareness_walls import COUNTED, rows, signals
from meldroute.people.unit import unit
from people_here import acting


def test_practice_signals_are_in_no_count_of_a_real_installation(committed: str) -> None:
    with connections["owner"].cursor() as owner:  # whose the table is; the application cannot
        owner.execute("ALTER TABLE vault_practice DISABLE TRIGGER ALL")
        owner.execute("UPDATE vault_practice SET practice = false")
    signals(2)
    signals(3, practice=True)
    with unit(acting("burgemeester")):
        assert rows(COUNTED) == [("2026-10-01", 2)]
