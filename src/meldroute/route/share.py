"""The share of reporters who heard in time: the first figure of the start page (feature 42)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from meldroute.domain.vocabulary import State
from meldroute.post.actions import leaves
from meldroute.post.models import Delivery, Outgoing

from .models import Feedback, FeedbackKind

YEAR = timedelta(days=365)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LOST = (Delivery.FAILED, Delivery.GIVEN_UP)


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
    """One statement. Not counted: a reason for none; what is not due yet; what waits because OM or police
    asked; a practice signal of a real installation.

    A mail that did not arrive is no answer. In time is through 23:59 in Amsterdam on the day it was due.
    """
    rows = Feedback.objects.filter(
        municipality_id=municipality_id, kind=FeedbackKind.FEEDBACK, none_because="", due_on__gt=today - YEAR
    )
    rows = rows if leaves(practice=True) else rows.filter(signal__practice=False)
    lost = Q(outgoing_id__in=Outgoing.objects.filter(state__in=LOST).values("id"))
    late = Q(due_on__lt=today) & (Q(given_at__isnull=True, signal__state=State.FEEDBACK_DUE) | lost)
    heard = Q(given_at__isnull=False) & ~lost
    told = rows.annotate(day=TruncDate("given_at", tzinfo=AMSTERDAM)).aggregate(
        owed=Count("id", filter=heard | late), in_time=Count("id", filter=heard & Q(day__lte=F("due_on")))
    )
    return Share(told["in_time"], told["owed"])
