"""What chapters below the plan did is seen by itself: feedback given, the sharing matrix adopted."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from meldroute.domain.plan.document import ProofKind
from meldroute.domain.plan.keeping import Status
from meldroute.people.unit import system, unit
from meldroute.plan.known import see
from meldroute.plan.models import Proof
from meldroute.route.models import Feedback, FeedbackKind, Signal
from meldroute.sharing.actions import adopt
from meldroute.sharing.models import PolicyKind
from people_here import MONDAY, acting, here
from plan.plans_here import followed, time
from route import files, words
from signals_here import reporter

pytestmark = pytest.mark.django_db


def given(at: datetime, *, none_because: str = "") -> Feedback:
    """Feedback of a moment."""
    with unit(acting()) as by:
        signal = Signal.objects.get(id=files.new(by=by).id)
        row = words.owes(by, signal, FeedbackKind.FEEDBACK, reporter(by, signal, mail_safe=True))
        Feedback.objects.filter(id=row.id).update(given_at=at, none_because=none_because)
    return row


def test_feedback_of_the_quarter_is_its_sign_of_life_by_local_midnight() -> None:
    followed()
    given(datetime(2026, 6, 30, 22, 30, tzinfo=UTC))  # half past midnight on 1 July in Amsterdam
    given(datetime(2026, 10, 5, 9, 0, tzinfo=UTC), none_because="anonymous")
    with system(here().id, MONDAY) as by:
        assert see(by=by) == 1
        assert see(by=by) == 0
        row = time("terugkoppeling", "2026-Q3")
        assert (row.status, row.done_on) == (Status.DONE, date(2026, 7, 1))
        assert time("terugkoppeling", "2026-Q2").status == Status.PLANNED
        assert time("terugkoppeling", "2026-Q4").status == Status.PLANNED
        assert row.proofs.get().text == "Terugkoppeling gegeven aan wie meldde."


def test_the_adopted_matrix_is_offered_where_policy_is_asked_for_and_a_person_says_so() -> None:
    followed()
    with system(here().id, datetime(2024, 9, 2, 8, tzinfo=UTC)) as by:
        adopt(by=by, kind=PolicyKind.SHARING, body={"row": []}, status="Collegebesluit (oefening)")
    with system(here().id, MONDAY) as by:
        see(by=by)
        found = Proof.objects.filter(kind=ProofKind.POLICY).select_related("occurrence__action")
        assert {one.occurrence.action.code for one in found} == {"R4.1", "R4.6", "integraal-veiligheidsplan"}
        assert not any(one.accepted for one in found)
        assert time("R4.1", "2024-Q3").status == Status.PLANNED
