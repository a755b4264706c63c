"""What the giver of a shared training changes reaches the offer; what the receiver ends is said there too."""

from __future__ import annotations

from django.db.models import F, QuerySet

from meldroute.journal.acting import Acting

from ..models import Activity, Offer, Share

TOLD = ("title", "on", "begins", "minutes", "place", "given_by")
"""What crosses to another municipality, and all that does."""


def spread(activity: Activity) -> None:
    """The offers of this activity say what it is now."""
    now = {name: getattr(activity, name) for name in TOLD}
    _given(activity).update(version=F("version") + 1, **now)


def take_back(*, by: Acting, activity: Activity) -> None:
    """It does not go on: its offers are withdrawn; of somebody else's training only the own part ends."""
    _given(activity).update(state=Offer.WITHDRAWN, version=F("version") + 1)
    if activity.share_id is None:
        return
    taken = Share.objects.filter(id=activity.share_id, receiver_id=activity.municipality_id, state=Offer.ACCEPTED)
    taken.update(state=Offer.DECLINED, answered_at=by.at)


def _given(activity: Activity) -> QuerySet[Share]:
    rows = Share.objects.filter(municipality_id=activity.municipality_id, activity_id=activity.id)
    return rows.exclude(state=Offer.WITHDRAWN)
