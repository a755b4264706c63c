"""A process that fetches mail and dies by SIGKILL the second time that it comes to a named point."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connections

from meldroute.intake import polling
from meldroute.intake.actions import ledger, understanding
from meldroute.intake.mailboxes import MaildirMailbox

POINTS: dict[str, tuple[object, str, bool]] = {
    "before the bytes are stored": (ledger, "_store", True),
    "after storing, before the commit": (ledger, "_store", False),
    "after the commit, before the mark in the box": (MaildirMailbox, "done", True),
    "after the mark in the box": (MaildirMailbox, "done", False),
    "while it is read": (understanding, "read", True),
    "after reading, before the commit": (polling, "understand", False),
}
"""What stands there: who holds it, its name, and whether the process is gone before it or after."""


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


def killed(point: str) -> int:
    """`fetch_mail --once` in a process of its own that kills itself at `point`; how it ended."""
    holder, name, before = POINTS[point]
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            setattr(holder, name, dying(getattr(holder, name), before=before))
            call_command("fetch_mail", "--once", "--json", stdout=StringIO())
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
