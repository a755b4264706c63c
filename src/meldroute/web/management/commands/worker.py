"""`worker`: what goes on by itself, until SIGTERM or SIGINT."""

from __future__ import annotations

import signal
from threading import Event
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from meldroute.web.quiet import install
from meldroute.web.ticks import TICKS
from meldroute.web.worker import work


class Command(BaseCommand):
    help = "Leest de postbus, verstuurt de uitgaande post en maakt de data van overleggen."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop."""
        install()
        stop = Event()

        def end(number: int, frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, end)
        work(TICKS, stop)
