"""The standing people of the tests, by the part before the @ of their practice address."""

from __future__ import annotations

from datetime import UTC, datetime

from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality, User

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def here(code: str = "HS") -> Municipality:
    """The municipality with this code."""
    return Municipality.objects.get(code=code)


def user(name: str) -> User:
    """The practice user `name`@oefen.example."""
    return User.objects.get(email=f"{name}@oefen.example")


def acting(name: str | None = "meldpunt", *, code: str = "HS", at: datetime = MONDAY) -> Acting:
    """Somebody who is about to act (None: the system); enter with `unit` to get the roles."""
    return Acting(user(name).id if name else None, here(code).id, at=at, origin="test")
