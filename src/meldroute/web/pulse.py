"""Whether the worker lives: it writes down each turn, and whoever can do something about it sees when it stops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from .models import Pulse

SILENT = timedelta(minutes=2)
"""Longer than the longest turn that is well: reading a mailbox gives up after a minute."""


@dataclass(frozen=True)
class Failing:
    """A tick that keeps going wrong; `since` is None when it never went well."""

    name: str
    since: datetime | None


@dataclass(frozen=True)
class Worker:
    """`last` is its last sign of life; None: never."""

    last: datetime | None
    silent: bool
    failing: tuple[Failing, ...] = ()

    @property
    def well(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.silent and not self.failing


def beat(name: str, at: datetime, trouble: str = "") -> None:
    """The tick was turned now; `trouble` is the kind of failure. One statement."""
    row = Pulse(name=name, at=at, good_at=None if trouble else at, trouble=trouble[:100])
    changed = ["at", "trouble"] if trouble else ["at", "trouble", "good_at"]
    Pulse.objects.bulk_create([row], update_conflicts=True, unique_fields=["name"], update_fields=changed)


def look(at: datetime) -> Worker:
    """How the worker is, seen at this moment. One statement."""
    rows = list(Pulse.objects.order_by("name"))
    last = max((row.at for row in rows), default=None)
    failing = (Failing(row.name, row.good_at) for row in rows if row.trouble and _long(row, at))
    return Worker(last, last is None or at - last > SILENT, tuple(failing))


def _long(row: Pulse, at: datetime) -> bool:
    return row.good_at is None or at - row.good_at > SILENT
