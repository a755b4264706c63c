"""The measurement that `bench/reports.py` tells of."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from meldroute.domain.reporting.kinds import Kind
from meldroute.people.unit import unit
from meldroute.reports.actions import making
from meldroute.reports.content import Wanted
from meldroute.reports.files import file_of
from people_here import acting
from plan.plans_here import followed
from reports.reports_here import adopted, signals

T = TypeVar("T")
SIGNALS = 200
LIMIT = 1.0


def cpu(act: Callable[[], T]) -> tuple[float, T]:
    """Seconds of CPU of this process, and what it gave."""
    begun = time.process_time()
    made = act()
    return time.process_time() - begun, made


def test_reports(committed: str) -> None:
    """Print what each kind costs: counting beside reports that went out before, PDF, ODT."""
    now = datetime.now(UTC) - timedelta(hours=3)
    followed(now)
    signals(SIGNALS, now - timedelta(days=3))
    with unit(acting(at=now)) as by:
        years = [making.wanted_of(by, Kind.YEAR, by.today.replace(year=by.today.year - back)) for back in (0, 1)]
    for number, wanted in enumerate(years):
        adopted(Wanted(wanted.kind, wanted.begins, wanted.ends), now + timedelta(minutes=10 * number))
    slow = []
    for kind in Kind:
        with unit(acting(at=now + timedelta(hours=1))) as by:
            wanted = making.wanted_of(by, kind, by.today)
            counting, row = cpu(lambda wanted=wanted, by=by: making.make(by=by, wanted=wanted))
            pdf, _ = cpu(lambda row=row: file_of(row, "pdf"))
            odt, _ = cpu(lambda row=row: file_of(row, "odt"))
        print(f"\n{kind.value}: made {counting:.2f} s, PDF {pdf:.2f} s, ODT {odt:.2f} s of CPU")
        slow += [one for one in (counting, pdf, odt) if one > LIMIT]
    assert not slow
