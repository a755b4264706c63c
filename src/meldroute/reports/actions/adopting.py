"""Adopting a report: from then on it stays as it is, and counts in what later reports may print."""

from __future__ import annotations

from meldroute.domain.plan.document import ProofKind
from meldroute.domain.reporting.kinds import Audience, Kind
from meldroute.domain.term import gettext_noop
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.plan.models import Action
from meldroute.plan.proving import Offered, offer

from ..models import Report, ReportState
from .making import ON, draft, insist, may_say

PROMISE = {Kind.HALF_YEAR: "staf-veiligheid"}
"""The promise of the plan that a report keeps, where it has this name; else the plan asks."""


def adopt(*, by: Acting, report: Report, edition: int, decision: str) -> Report:
    """Adopt a draft with who decided so and when. Raises Refused.

    What went out since it was counted may change what it may print; then it has to be counted again.
    """
    # Two who adopt at once wait for each other: what the first let out counts for the second.
    list(Report.objects.select_for_update().order_by("id").values_list("id", flat=True))
    row = draft(by, report, edition)
    insist(bool(decision.strip()), gettext_noop("Zeg wie dit wanneer heeft vastgesteld."), "report.decision")
    insist(not _went_out_since(row), gettext_noop(
        "Sinds dit concept is geteld, is een ander rapport vastgesteld. Tel eerst opnieuw."
    ), "report.count_again")  # fmt: skip
    for section, text in row.texts.items():
        may_say(row, section, text)
    row.state, row.adopted_by, row.adopted_at = ReportState.ADOPTED, by.user_id, by.at
    row.decision = decision.strip()[:400]
    row.save(update_fields=["state", "adopted_by", "adopted_at", "decision"])
    journal.record(by=by, act="report.adopt", on=ON, ids=[row.id])
    _tell_plan(row, by)
    return row


def _went_out_since(row: Report) -> bool:
    if row.audience == Audience.STAFF or not row.printed:
        return False
    others = Report.objects.filter(state=ReportState.ADOPTED, adopted_at__gte=row.counted_at)
    return others.exclude(audience=Audience.STAFF).exclude(printed=[]).exists()


def _tell_plan(row: Report, by: Acting) -> None:
    promise = PROMISE.get(Kind(row.kind), "")
    named = bool(promise) and Action.objects.filter(municipality_id=by.place, code=promise).exists()
    actions = (promise,) if named else ()
    offer(by=by, proof=Offered(ProofKind.REPORT, ON, row.id, by.today, row.title, actions))
