"""Two people at once: the second is told, and nothing of theirs is thrown away."""

from __future__ import annotations

from uuid import UUID


class Conflict(Exception):
    """Somebody else changed this signal since the page was opened; `signal_id` says which."""

    def __init__(self, signal_id: UUID) -> None:
        super().__init__(str(signal_id))
        self.signal_id = signal_id
