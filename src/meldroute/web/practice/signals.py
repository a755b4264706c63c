"""Invented signals in every step of the route, made through the same actions as real ones."""

from __future__ import annotations

from datetime import datetime


def make_all(at: datetime) -> None:
    """Fill Heemstede with practice signals as they would stand at `at`."""
