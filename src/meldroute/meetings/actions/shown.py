"""What a closed meeting shows of the plan: that it was held, and which points that come back were discussed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from meldroute.domain import days
from meldroute.domain.plan.document import ProofKind
from meldroute.domain.vocabulary import MeetingKind
from meldroute.journal.acting import Acting
from meldroute.plan.models import Action
from meldroute.plan.proving import Offered, offer

from ..models import Meeting


def tell_plan(*, by: Acting, meeting: Meeting) -> None:
    """Offer the plan what this meeting shows; names of series and standing points only, no case."""
    on, name = days.local_date(meeting.starts_at), meeting.series.name
    if meeting.kind == MeetingKind.SIGNALENOVERLEG:
        _weekly(meeting, on, by)
    for topic in meeting.topics.filter(recurring__isnull=False, carried=False).select_related("recurring"):
        point = topic.recurring
        assert point is not None
        actions = (point.action,) if point.action else ()
        text = f"{name}: {point.title}"
        offer(by=by, proof=Offered(ProofKind.ON_AGENDA, "meetings.Topic", topic.id, on, text, actions))


def _weekly(meeting: Meeting, on: date, by: Acting) -> None:
    """The promise that has the name of this kind of meeting; in a plan without one every action that asks for it."""
    proof = Offered(ProofKind.MEETING, "meetings.Meeting", meeting.id, on, meeting.series.name)
    named = Action.objects.filter(municipality_id=by.place, code=meeting.kind).exists()
    offer(by=by, proof=replace(proof, actions=(meeting.kind,) if named else ()))
