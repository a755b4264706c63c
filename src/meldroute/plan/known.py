"""What chapters below the plan know of it: feedback that was given, the sharing matrix that was adopted.

They cannot call `proving.offer` themselves (they lie lower), so that the worker looks. Finding the same again changes
nothing. A text says that it happened, never to whom or about what.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime, time
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from meldroute.domain.plan.document import ProofKind
from meldroute.domain.term import gettext_noop
from meldroute.journal.acting import AMSTERDAM, Acting
from meldroute.route.models import Feedback, FeedbackKind
from meldroute.sharing.actions import PROPOSAL
from meldroute.sharing.models import Policy, PolicyKind

from .models import Occurrence
from .proving import Offered, offer

GIVEN = gettext_noop("Terugkoppeling gegeven aan wie meldde.")
ADOPTED = gettext_noop("De deelmatrix is vastgesteld: wanneer, met wie en welke gegevens mogen worden gedeeld.")


def see(*, by: Acting) -> int:
    """Offer what is known and was not offered yet; how many proofs are new."""
    with override("nl"):  # a proof is a Dutch text, whoever reads it
        return sum(len(offer(by=by, proof=one)) for one in (*_feedback(by), *_policy(by)))


def _feedback(by: Acting) -> Iterator[Offered]:
    """Per time that asks for it, the first feedback that was given in it. Two statements, however many times wait."""
    waiting = list(
        Occurrence.objects.filter(
            action__proof__contains=[ProofKind.FEEDBACK], begins__lte=by.today, proofs__isnull=True
        )
    )
    if not waiting:
        return
    given = _given_since(min(row.begins for row in waiting))
    days = [on for on, _id in given]
    for row in waiting:
        first = bisect_left(days, row.begins)
        if first < len(days) and days[first] <= row.due:
            on, feedback_id = given[first]
            yield Offered(ProofKind.FEEDBACK, "route.Feedback", feedback_id, on, _(GIVEN))


def _given_since(day: date) -> list[tuple[date, UUID]]:
    """Feedback that was given from that day on, the oldest first: its local day and its id."""
    start = datetime.combine(day, time.min, AMSTERDAM)
    rows = Feedback.objects.filter(kind=FeedbackKind.FEEDBACK, none_because="", given_at__gte=start)
    told = rows.order_by("given_at").values_list("given_at", "id")
    return [(at.astimezone(AMSTERDAM).date(), row_id) for at, row_id in told if at is not None]


def _policy(by: Acting) -> Iterator[Offered]:
    """Each adopted version of the sharing matrix."""
    for row in Policy.objects.filter(municipality_id=by.place, kind=PolicyKind.SHARING).exclude(status=PROPOSAL):
        on = row.at.astimezone(AMSTERDAM).date()
        yield Offered(ProofKind.POLICY, "sharing.Policy", row.id, on, _(ADOPTED))
