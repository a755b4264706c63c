"""What chapters below the plan know of it: feedback that was given, the sharing matrix that was adopted.

They cannot call `proving.offer` themselves (they lie lower), so that the worker looks. Finding the same again changes
nothing. A text says that it happened, never to whom or about what.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

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
    """Per time that asks for it, the first feedback that was given in it."""
    waiting = Occurrence.objects.filter(
        action__proof__contains=[ProofKind.FEEDBACK], begins__lte=by.today, proofs__isnull=True
    )
    for row in waiting:
        begins, ends = (_midnight(day) for day in (row.begins, row.due + timedelta(days=1)))
        given = Feedback.objects.filter(
            kind=FeedbackKind.FEEDBACK, none_because="", given_at__gte=begins, given_at__lt=ends
        )
        first = given.order_by("given_at").first()
        if first is not None and first.given_at is not None:
            on = first.given_at.astimezone(AMSTERDAM).date()
            yield Offered(ProofKind.FEEDBACK, "route.Feedback", first.id, on, _(GIVEN))


def _policy(by: Acting) -> Iterator[Offered]:
    """Each adopted version of the sharing matrix."""
    for row in Policy.objects.filter(municipality_id=by.place, kind=PolicyKind.SHARING).exclude(status=PROPOSAL):
        on = row.at.astimezone(AMSTERDAM).date()
        yield Offered(ProofKind.POLICY, "sharing.Policy", row.id, on, _(ADOPTED))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, AMSTERDAM)
