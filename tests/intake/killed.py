"""A process that fetches mail and dies by SIGKILL the second time that it comes to a named point."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connections

from meldroute.intake import polling
from meldroute.intake.actions import ledger, understanding
from meldroute.intake.mailboxes import MaildirMailbox

Point = tuple[object, str, bool]
"""What stands there: who holds it, its name, and whether the process is gone before it or after."""
POINTS: dict[str, Point] = {
    "before the bytes are stored": (ledger, "_store", True),
    "after storing, before the commit": (ledger, "_store", False),
    "while it is read": (understanding, "read", True),
    "after reading, before the commit": (polling, "understand", False),
}
OF_MAILDIR: dict[str, Point] = {
    "after the commit, before the mark": (MaildirMailbox, "done", True),
    "after the mark": (MaildirMailbox, "done", False),
}


def dying(function: Callable[..., Any], *, before: bool, on: int = 2) -> Callable[..., Any]:
    """`function`, but the process is gone before or after the `on`th call."""
    calls = 0

    def inner(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if before and calls == on:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*args, **kwargs)
        if calls == on:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return inner


def arm(point: Point, *, on: int = 2) -> None:
    """From now on this process dies at the `on`th call there."""
    holder, name, before = point
    setattr(holder, name, dying(getattr(holder, name), before=before, on=on))


def in_a_child(work: Callable[[], object], *, after: float | None = None) -> int:
    """Do this in a process of its own, killed `after` so many seconds if that is given; how it ended."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed(point: Point) -> int:
    """`fetch_mail --once` in a process of its own that kills itself at `point`; how it ended."""

    def fetches() -> None:
        arm(point)
        call_command("fetch_mail", "--once", "--json", stdout=StringIO())

    return in_a_child(fetches)
