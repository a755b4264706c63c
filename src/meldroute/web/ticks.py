"""The ticks of the worker: each chapter's own work, put together here."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from meldroute.people.unit import system
from meldroute.post.sending import Smtp, send_one, sweep

from .worker import MOST, Tick


def send_mail(place: UUID, at: datetime) -> None:
    """Empty the outbox."""
    with system(place, at) as by:
        sweep(by=by)
    for _ in range(MOST):
        if send_one(system, place, at, Smtp()) is None:
            return


TICKS: tuple[Tick, ...] = (Tick("post", 2.0, send_mail),)
