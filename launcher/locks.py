"""File locks, so that two commands in one clone do not get in each other's way.

The kernel drops a lock when its holder dies, kill -9 included: there are no stale locks.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher.say import refuse, say


class Lock:
    """One lock file. `shared` holders live together; an `alone` holder has it to itself."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def _open(self) -> int:
        if self._handle is None:
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return self._handle

    def _take(self, kind: int) -> bool:
        try:
            fcntl.flock(self._open(), kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def alone(self) -> bool:
        """Try to become the only holder (also from shared); False when somebody else holds it."""
        return self._take(fcntl.LOCK_EX)

    def shared(self) -> bool:
        """Try to hold it together with others; False when somebody holds it alone."""
        return self._take(fcntl.LOCK_SH)

    def release(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def wait_for(take: Callable[[], bool], reason: str, seconds: float) -> None:
    """Call `take` until it says True; after two seconds the user hears what is being waited for."""
    start, told = time.monotonic(), False
    while not take():
        waited = time.monotonic() - start
        if waited > seconds:
            refuse(f"{reason} Dat duurt al {int(waited)} seconden; probeer het later opnieuw.")
        if waited > 2 and not told:
            say(f"{reason} Ik wacht.")
            told = True
        time.sleep(0.05)


@contextmanager
def only_one(path: Path, reason: str, seconds: float = 900) -> Iterator[None]:
    """Do something that no other command in this clone does at the same time."""
    lock = Lock(path)
    try:
        wait_for(lock.alone, reason, seconds)
        yield
    finally:
        lock.release()
