"""Two people act at the same moment, each in a transaction and a connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Barrier, Thread

from django.db import connections

from meldroute.domain.verdict import Refused
from meldroute.journal.acting import Acting
from meldroute.people.unit import unit
from meldroute.route.conflict import Conflict
from people_here import acting

CHAIRS = ("meldpunt", "waarnemer")


def both(first: Callable[[Acting], object], second: Callable[[Acting], object], at: datetime) -> list[str]:
    """What became of each, in their order: "won", "told" of a conflict, or the code of a refusal."""
    barrier, results = Barrier(2), ["", ""]

    def run(place: int, act: Callable[[Acting], object]) -> None:
        try:
            with unit(acting(CHAIRS[place], at=at)) as by:
                barrier.wait(timeout=60)
                act(by)
            results[place] = "won"
        except Conflict:
            results[place] = "told"
        except Refused as refused:
            results[place] = refused.verdict.code
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=told) for told in enumerate((first, second))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=120)
    return results
