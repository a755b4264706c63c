"""The share of reporters who heard in time: the first figure of the start page (feature 42)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from .models import Feedback, FeedbackKind

YEAR = timedelta(days=365)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Share:
    """Of the words that were owed and due (or given) in the last twelve months, how many came in time."""

    in_time: int
    owed: int

    @property
    def percentage(self) -> int | None:
        """Rounded down, None when nothing was owed."""
        return self.in_time * 100 // self.owed if self.owed else None


def answered_in_time(municipality_id: UUID, today: date) -> Share:
    """A reason for none does not count; what is not due yet and not given does not either. One statement."""
    rows = Feedback.objects.filter(
        municipality_id=municipality_id, kind=FeedbackKind.FEEDBACK, none_because="", due_on__gt=today - YEAR
    )
    given = rows.annotate(day=TruncDate("given_at", tzinfo=AMSTERDAM))
    told = given.aggregate(
        owed=Count("id", filter=Q(given_at__isnull=False) | Q(due_on__lt=today)),
        in_time=Count("id", filter=Q(day__lte=F("due_on"))),
    )
    return Share(told["in_time"], told["owed"])
