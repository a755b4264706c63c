"""What acts on an activity have in common: the row locked, and a refusal with its reason."""

from __future__ import annotations

from meldroute.domain.awareness.activities import ActivityState
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no

from .models import Activity
from .roles import KEEPERS, SOURCE

ON = "awareness.Activity"


def locked(activity: Activity) -> Activity:
    """The activity as it is now; nobody else changes it until this transaction ends."""
    return Activity.objects.select_for_update().get(id=activity.id)


def planned(activity: Activity) -> Activity:
    """The activity, locked. Raises Refused unless it is still to come."""
    row = locked(activity)
    reason = gettext_noop("Dit is al vastgelegd als gehouden, of gaat niet door. Kijk opnieuw.")
    insist(row.state == ActivityState.PLANNED, reason, "awareness.settled")
    return row


def insist(holds: bool, reason: str, code: str) -> None:
    """Raises Refused with this reason unless it holds."""
    if not holds:
        raise Refused(no(reason, SOURCE, code, KEEPERS))
