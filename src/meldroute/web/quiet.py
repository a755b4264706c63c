"""What goes to standard error: what went wrong and where in the code, never what it was about.

An exception says what it choked on ("invalid literal: 'Jansen'"), Django logs addresses (links of partners are
secrets), a database quotes the row. So: of an exception its kind, codes and places; of a line by somebody else's
library the fixed words alone; every entry one line, whatever was typed (no CR/LF, ASVS 16.4.1). Our own lines hold
fixed words and kinds.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ImproperlyConfigured

OWN = "meldroute"
LARGEST = 9_999_999
"""Numbers in a library's line that may be shown: of processes, answers, seconds."""
TOLD = (ImproperlyConfigured, ImportError)
"""Exceptions of starting up, about settings and modules: their words are shown, an operator needs them."""
MOST_FRAMES = 30


class Lines(logging.Formatter):
    """One line per entry: moment, level, who says it, what, and of an exception where it happened."""

    def format(self, record: logging.LogRecord) -> str:
        """Anything that is no letter, digit or sign on this one line is escaped."""
        parts = [self.formatTime(record), record.levelname, record.name, _said(record)]
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            parts.append(told(error))
        return one_line(" ".join(part for part in parts if part))


def _said(record: logging.LogRecord) -> str:
    """Our own words; of a library the fixed words with numbers, or where they come from when they were filled in."""
    if record.name.partition(".")[0] == OWN:
        return record.getMessage()
    said = f"{record.module}:{record.lineno}"
    if isinstance(record.args, tuple) and record.args:
        said = _filled(str(record.msg), record.args)
    status, request = getattr(record, "status_code", ""), getattr(record, "request", None)
    match = getattr(request, "resolver_match", None)
    return " ".join(str(part) for part in (said, status, getattr(match, "view_name", "")) if part)


def _filled(words: str, values: tuple[object, ...]) -> str:
    try:
        return words % tuple(one if isinstance(one, int) and abs(one) <= LARGEST else "…" for one in values)
    except (TypeError, ValueError):
        return words


def told(error: BaseException) -> str:
    """The kinds of an exception and of what led to it, with their codes, and the places from the outside in."""
    return " <- ".join(_one(each) for each in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen and len(seen) < 10:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _one(error: BaseException) -> str:
    kind = type(error)
    code = getattr(error, "sqlstate", None) or getattr(error, "errno", None)
    words = f": {error}" if isinstance(error, TOLD) else ""
    frames = list(traceback.walk_tb(error.__traceback__))[-MOST_FRAMES:]
    places = ", ".join(f"{_short(frame.f_code.co_filename)}:{line}" for frame, line in frames)
    return f"{kind.__module__}.{kind.__qualname__}{f' [{code}]' if code else ''}{words} ({places})"


def _short(path: str) -> str:
    return "/".join(path.rsplit("/", 3)[-3:])


def one_line(text: str) -> str:
    """What cannot be printed, as its number: an entry cannot pretend to be two."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)


def install() -> None:
    """Also what nobody caught says only where: in the process, its threads, and logging itself. Once per process."""
    logging.raiseExceptions = False
    sys.excepthook = lambda kind, error, where: _uncaught(error)
    threading.excepthook = lambda args: _uncaught(args.exc_value)
    sys.unraisablehook = lambda args: _uncaught(args.exc_value)


def _uncaught(error: BaseException | None) -> None:
    if error is None or isinstance(error, KeyboardInterrupt):
        return
    info: Any = (type(error), error, error.__traceback__)
    logging.getLogger(f"{OWN}.uncaught").critical("niet opgevangen", exc_info=info)
