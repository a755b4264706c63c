"""What goes on by itself: reading the mailbox, sending the outbox, making the dates of series.

There is no queue of jobs. Everything that must happen is a row with a state (a mail to read, a mail to send) or
follows from the clock, so that a worker killed at any moment loses nothing and the next one goes on.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event
from uuid import UUID

from django.db import connection, connections
from django.db.utils import DatabaseError

from meldroute.people.models import Municipality

from .pulse import beat
from .quiet import told

log = logging.getLogger("meldroute.worker")
MOST = 50


@dataclass(frozen=True)
class Tick:
    """Something to look after in every municipality, at least every `seconds`."""

    name: str
    seconds: float
    run: Callable[[UUID, datetime], None]


def alone(name: str, place: UUID) -> bool:
    """Whether this worker may do `name` there now (session advisory lock; two workers do not both)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 7))", [f"{name}:{place}"])
        row = cursor.fetchone()
    return bool(row and row[0])


def done(name: str, place: UUID) -> None:
    """Give the lock back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 7))", [f"{name}:{place}"])


def turn(tick: Tick, at: datetime) -> str:
    """Run one tick in every municipality; a failure in one is logged by kind and place and stops nothing else.

    Gives the kind of the last failure, and writes down that it was turned.
    """
    trouble = ""
    for place in Municipality.objects.values_list("id", flat=True):
        if not alone(tick.name, place):
            continue
        try:
            tick.run(place, at)
        except DatabaseError:
            raise
        except Exception as error:  # the worker outlives any fault
            trouble = type(error).__name__
            log.error("%s: %s", tick.name, told(error))
        finally:
            done(tick.name, place)
    beat(tick.name, at, trouble)
    return trouble


def work(ticks: tuple[Tick, ...], stop: Event, *, pause: float = 0.5) -> None:
    """Turn the ticks until `stop` is set; a lost database is waited for."""
    due = dict.fromkeys(ticks, 0.0)
    while not stop.is_set():
        for tick in ticks:
            if time.monotonic() < due[tick] or stop.is_set():
                continue
            try:
                turn(tick, datetime.now(UTC))
            except DatabaseError:
                log.error("%s: de database is niet bereikbaar, nieuwe poging volgt", tick.name)
                connections.close_all()
                stop.wait(2)
            due[tick] = time.monotonic() + tick.seconds
        stop.wait(pause)
