"""Progress of long work. The callback may raise to stop the work; nothing is left half done."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the name of the work, how much is done and how much there is."""


def silent(work: str, done: int, total: int) -> None:
    """A progress callback that says nothing."""
