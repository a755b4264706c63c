"""What waits in the mailbox, for the start page and the menu."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from meldroute.domain.vocabulary import Role, Triage
from meldroute.journal.acting import Acting

READERS = (Role.MELDPUNT, Role.INTEGRITY)
COUNTED = "SELECT count(*) FILTER (WHERE state = %s), count(*) FILTER (WHERE state = %s) FROM intake_mail"
"""Written out, as on every page of the meldpunt."""


@dataclass(frozen=True)
class Waiting:
    """Mails that somebody still has to look at."""

    new: int = 0
    needs_hand: int = 0

    @property
    def all(self) -> int:
        """Both together."""
        return self.new + self.needs_hand


def waiting(by: Acting) -> Waiting:
    """What `by` may see of it. One statement, or none for who does not read the mailbox."""
    if not by.is_any(*READERS):
        return Waiting()
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [Triage.NEW.value, Triage.NEEDS_HAND.value])
        new, needs_hand = cursor.fetchone() or (0, 0)
    return Waiting(new, needs_hand)
