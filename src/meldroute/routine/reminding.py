"""What the routine asks in the digest of the plan (`plan/actions/reminding.py`): once a month, while a step is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from meldroute.domain.routine import REMINDS
from meldroute.domain.term import gettext_noop
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.plan.actions.reminding import Line

from .actions.months import period
from .models import Month, Standing
from .policies import routine_here
from .roles import DOERS

TITLE = gettext_noop("Maandelijkse routine van tien minuten")
WHY = gettext_noop("Er staat deze maand nog een stap open.")


def lines_of(by: Acting) -> Iterator[Line]:
    """One line for everybody who does the routine, in the last days of a month with an open step."""
    now = period(by.today)
    policy, _version = routine_here(by)
    since = now.due - timedelta(days=policy.days[REMINDS])
    month = Month.objects.filter(municipality_id=by.place, key=now.key).first()
    if month is None or by.today < since or not month.steps.filter(standing=Standing.OPEN).exists():
        return
    for user in places.members(by.place, *DOERS, today=by.today):
        yield Line(user.id, month.id, since, now.due, TITLE, WHY, reverse("routine:now"))
