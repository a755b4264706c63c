"""The worker, as `django worker` starts it, with a job that fails, a thread that dies, and an end nobody caught.

The words it fails with are its arguments.
"""

from __future__ import annotations

import sys
import warnings
from datetime import datetime
from threading import Event, Thread
from uuid import UUID

import django

django.setup()

from meldroute.web import quiet  # noqa: E402
from meldroute.web.ticks import TICKS  # noqa: E402
from meldroute.web.worker import Tick, work  # noqa: E402

STOP = Event()
TURNS = 4


def fail(place: UUID, at: datetime, turns: list[int] = [0]) -> None:  # noqa: B006
    """The same failure a few times; then the worker is told to stop."""
    turns[0] += 1
    if turns[0] >= TURNS:
        STOP.set()
    held = sys.argv[1]
    raise ValueError(held)


def die() -> None:
    """A thread with content in its hands."""
    raise LookupError(sys.argv[1])


quiet.install()
warnings.simplefilter("ignore")
own = tuple(Tick(one.name, 0.0, one.run) for one in TICKS if one.name in ("postbus", "post", "lezen"))
work((*own, Tick("stuk", 0.0, fail)), STOP, pause=0.05)
thread = Thread(target=die)
thread.start()
thread.join()
raise RuntimeError(sys.argv[1])
