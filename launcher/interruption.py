"""Ctrl-C, SIGTERM and a closed terminal: all three ask the launcher to stop."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from launcher.say import say

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def listen() -> None:
    """From here on each of them raises KeyboardInterrupt in the main thread."""
    for each in STOPS:
        signal.signal(each, _interrupt)


@contextmanager
def not_now() -> Iterator[None]:
    """While stopping: a second Ctrl-C does not break off the stopping of the rest."""

    def told(number: int, frame: FrameType | None) -> None:
        say("Ik ben al aan het stoppen")

    before = {each: signal.signal(each, told) for each in STOPS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
