"""What the launcher tells the user: progress on stderr, so that stdout stays clean for --json."""

import contextlib
import sys
from typing import NoReturn


class Refused(Exception):
    """Something the user must know or mend; the text is one clear Dutch message and ends the command."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def say(text: str) -> None:
    """One line of progress. Never fails: a closed terminal must not stop the work."""
    with contextlib.suppress(OSError):
        print(f"· {text}", file=sys.stderr, flush=True)


def refuse(message: str, code: int = 1) -> NoReturn:
    raise Refused(message, code)
