"""The log of the web server: gunicorn's own lines in our form, and no line per request (`--logger-class`)."""

from __future__ import annotations

import logging
from typing import Any

from gunicorn.glogging import Logger

from .quiet import Lines


class WebLog(Logger):  # type: ignore[misc]  # gunicorn says nothing of its types
    """As gunicorn's, without what was asked: addresses name reports, and links of partners are secrets."""

    def _set_handler(self, log: logging.Logger, output: Any, fmt: logging.Formatter, stream: Any = None) -> None:
        super()._set_handler(log, output, Lines(), stream)

    def critical(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """As gunicorn's, said to come from where it was called."""
        self.error_log.critical(msg, *args, stacklevel=2, **kwargs)

    def error(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """The same."""
        self.error_log.error(msg, *args, stacklevel=2, **kwargs)

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """The same."""
        self.error_log.warning(msg, *args, stacklevel=2, **kwargs)

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """Nothing, also when the access log is asked for."""
