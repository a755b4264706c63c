"""A process that fetches mail and dies by SIGKILL the second time that it comes to a named point."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django


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


def main(point: str) -> None:
    """Put the death at its place, then fetch."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 (after the set-up)

    from meldroute.intake import polling  # noqa: PLC0415
    from meldroute.intake.actions import fetching, ledger, understanding  # noqa: PLC0415
    from meldroute.intake.mailboxes import MaildirMailbox  # noqa: PLC0415

    places: dict[str, tuple[object, str, bool]] = {
        "before the bytes are stored": (ledger, "_store", True),
        "after storing, before the commit": (ledger, "_store", False),
        "after the commit, before the mark in the box": (MaildirMailbox, "done", True),
        "after the mark in the box": (MaildirMailbox, "done", False),
        "while it is read": (understanding, "read", True),
        "after reading, before the commit": (polling, "understand", False),
    }
    holder, name, before = places[point]
    setattr(holder, name, dying(getattr(holder, name), before=before))
    assert fetching
    call_command("fetch_mail", "--once", "--json")


if __name__ == "__main__":
    main(sys.argv[1])
