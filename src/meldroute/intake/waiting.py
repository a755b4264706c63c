"""What waits in the mailbox, for the start page and the menu."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from meldroute.domain.vocabulary import Role, Triage
from meldroute.journal.acting import Acting

from .models import Mail

READERS = (Role.MELDPUNT, Role.INTEGRITY)


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
    told = Mail.objects.aggregate(
        new=Count("id", filter=Q(state=Triage.NEW)), needs_hand=Count("id", filter=Q(state=Triage.NEEDS_HAND))
    )
    return Waiting(**told)
