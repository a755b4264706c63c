"""Two people act at the same moment, each in a transaction and a connection of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from threading import Barrier

from django.db import connections

from meldroute.domain.verdict import Refused
from meldroute.journal.acting import Acting
from meldroute.people.unit import unit
from meldroute.route.conflict import Conflict
from people_here import acting

CHAIRS = ("meldpunt", "waarnemer")
Act = Callable[[Acting], object]
Both = Callable[[Act, Act, datetime], list[str]]


@contextmanager
def pair() -> Iterator[Both]:
    """The two, for many races: each keeps its thread and its connection until the end.

    Gives a function: what became of each, in their order: "won", "told" of a conflict, or the code of a refusal.
    """
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as other:

        def both(first: Act, second: Act, at: datetime) -> list[str]:
            barrier = Barrier(2)
            sent = [
                chair.submit(_become, who, act, at, barrier)
                for chair, who, act in zip((one, other), CHAIRS, (first, second), strict=True)
            ]
            return [result.result(timeout=120) for result in sent]

        try:
            yield both
        finally:
            for chair in (one, other):
                chair.submit(connections.close_all).result()


def both(first: Act, second: Act, at: datetime) -> list[str]:
    """One race of two; see `pair`."""
    with pair() as race:
        return race(first, second, at)


def _become(who: str, act: Act, at: datetime, barrier: Barrier) -> str:
    try:
        with unit(acting(who, at=at)) as by:
            barrier.wait(timeout=60)
            act(by)
    except Conflict:
        return "told"
    except Refused as refused:
        return refused.verdict.code
    return "won"
