"""What became of an occurrence: by people with proof, by other chapters, undone, never overwritten."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from meldroute.domain.plan.document import ProofKind
from meldroute.domain.plan.keeping import Status
from meldroute.domain.verdict import Refused
from meldroute.journal.acting import Acting
from meldroute.people.unit import unit
from meldroute.plan import proving
from meldroute.plan.actions import recording
from meldroute.plan.actions.recording import Given, Recorded
from meldroute.plan.models import Action, Event, Occurrence, Proof
from meldroute.plan.proving import Offered
from people_here import MONDAY, acting, user
from plan.plans_here import followed, time

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NOTE = Given(text="Campagneweek MMA (oefening)")


def done(by: Acting, row: Occurrence, *, version: int = 0, on: date = TODAY, given: Given | None = NOTE) -> None:
    recording.record(by=by, row=row, told=Recorded(Status.DONE, version, done_on=on), given=given)


def test_done_needs_a_day_that_came_and_something_that_shows_it() -> None:
    followed()
    for told, given, code in (
        (Recorded(Status.DONE, 0), NOTE, "plan.done_on"),
        (Recorded(Status.DONE, 0, done_on=TODAY + timedelta(days=1)), NOTE, "plan.done_on"),
        (Recorded(Status.DONE, 0, done_on=TODAY), None, "plan.proof"),
        (Recorded(Status.SKIPPED, 0, reason="  "), None, "plan.reason"),
        (Recorded(Status.UNDER_WAY, 3), None, "plan.stale"),
    ):
        with pytest.raises(Refused) as refused, unit(acting()) as by:
            recording.record(by=by, row=time("R4.7", "2026-Q4"), told=told, given=given)
        assert refused.value.verdict.code == code
    with unit(acting()) as by:
        row = time("R4.7", "2026-Q4")
        assert (row.status, row.version, row.events.count(), row.proofs.count()) == (Status.PLANNED, 0, 0, 0)
        done(by, row)
    with unit(acting()):
        row = time("R4.7", "2026-Q4")
        assert (row.status, row.done_on, row.version) == (Status.DONE, TODAY, 1)
        assert row.proofs.get().kind == ProofKind.NOTE


def test_a_stale_page_never_overwrites_and_undo_goes_one_step_back() -> None:
    followed()
    with unit(acting()) as by:
        done(by, time("R4.7", "2026-Q4"))
    with pytest.raises(Refused), unit(acting("proceseigenaar")) as by:
        recording.record(by=by, row=time("R4.7", "2026-Q4"), told=Recorded(Status.SKIPPED, 0, reason="geen tijd"))
    with unit(acting(at=MONDAY + timedelta(minutes=5))) as by:
        recording.record(by=by, row=time("R4.7", "2026-Q4"), told=Recorded(Status.SKIPPED, 1, reason="ging niet door"))
    with unit(acting(at=MONDAY + timedelta(minutes=6))) as by:
        recording.undo(by=by, row=time("R4.7", "2026-Q4"), version=2)
        row = time("R4.7", "2026-Q4")
        assert (row.status, row.done_on, row.reason) == (Status.DONE, TODAY, "")
        assert [one.status for one in row.events.order_by("at")] == [Status.DONE, Status.SKIPPED, Status.DONE]
    with unit(acting(at=MONDAY + timedelta(minutes=7))) as by:
        row = time("R4.8", "2026-Q4")
        recording.record(by=by, row=row, told=Recorded(Status.UNDER_WAY, 0))
        recording.undo(by=by, row=time("R4.8", "2026-Q4"), version=1)
        assert time("R4.8", "2026-Q4").status == Status.PLANNED


def test_the_owner_and_the_stand_in_record_their_own_and_nobody_elses() -> None:
    followed()
    with unit(acting()) as by:
        action = Action.objects.get(code="R4.16")
        recording.own(by=by, action=action, owner=user("handhaver").id, stand_in=user("bwt").id)
    for name, code, allowed in (
        ("handhaver", "R4.16", True),
        ("bwt", "R4.16", True),
        ("melder", "R4.16", False),
        ("handhaver", "R4.15", False),
        ("burgemeester", "R4.16", False),
        ("proceseigenaar", "R4.15", True),
    ):
        with unit(acting(name)) as by:
            row = time(code, {"R4.16": "2026-Q2", "R4.15": "2026-Q4"}[code])
            act = lambda row=row, by=by: recording.record(  # noqa: E731
                by=by, row=row, told=Recorded(Status.UNDER_WAY, row.version)
            )
            if allowed:
                act()
                continue
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.verdict.code == "plan.owner"
    with pytest.raises(Refused), unit(acting("handhaver")) as by:
        recording.own(by=by, action=action, owner=by.person, stand_in=None)


def offered(**more: object) -> Offered:
    told: dict = {
        "kind": ProofKind.LEAFLET,
        "about": "test.Thing",
        "about_id": uuid4(),
        "on": TODAY,
        "text": "200 folders",
    }
    return Offered(**(told | more))


def test_what_one_action_alone_asks_for_counts_at_once_and_once() -> None:
    followed()
    with unit(acting()) as by:
        proof = offered()
        assert len(proving.offer(by=by, proof=proof)) == 1
        assert proving.offer(by=by, proof=proof) == []
        row = time("R4.10", "2026-Q4")
        assert (row.status, row.done_on, row.events.count()) == (Status.DONE, TODAY, 1)
        proving.withdraw(by=by, about=proof.about, about_id=proof.about_id)
        assert time("R4.10", "2026-Q4").status == Status.PLANNED


def test_what_several_ask_for_waits_until_somebody_says_that_it_counts() -> None:
    followed()
    with unit(acting()) as by:
        made = proving.offer(by=by, proof=offered(kind=ProofKind.CAMPAIGN))
        codes = {one.occurrence.action.code for one in made}
        assert codes == {"R4.3", "R4.7", "R4.8"}
        assert not any(one.accepted for one in made)
        assert not Event.objects.exists()
        mine = next(one for one in made if one.occurrence.action.code == "R4.8")
        recording.accept(by=by, proof=mine)
        assert time("R4.8", "2026-Q4").status == Status.DONE
        assert time("R4.7", "2026-Q4").status == Status.PLANNED


def test_the_chapter_that_names_the_action_decides_and_who_may_not_record_only_offers() -> None:
    followed()
    with unit(acting()) as by:
        proving.offer(by=by, proof=offered(kind=ProofKind.TRAINING, actions=("R4.4", "R4.5")))
        assert {row.action.code for row in Occurrence.objects.filter(status=Status.DONE)} == {"R4.4", "R4.5"}
    with unit(acting("handhaver")) as by:
        (made,) = proving.offer(by=by, proof=offered())
        assert not made.accepted
        assert time("R4.10", "2026-Q4").status == Status.PLANNED
    with unit(acting("handhaver")) as by, pytest.raises(Refused):
        recording.accept(by=by, proof=Proof.objects.get(id=made.id))


def test_a_day_outside_the_plan_shows_nothing() -> None:
    followed()
    with unit(acting()) as by:
        assert proving.offer(by=by, proof=offered(on=date(2027, 1, 1))) == []


def test_proof_that_was_removed_does_not_count_and_comes_back() -> None:
    followed()
    with unit(acting()) as by:
        row = time("R4.7", "2026-Q4")
        made = recording.prove(by=by, row=row, given=Given(link="https://example.org/campagne"), on=TODAY)
        recording.remove(by=by, proof=made)
        with pytest.raises(Refused):
            done(by, time("R4.7", "2026-Q4"), given=None)
        recording.bring_back(by=by, proof=made)
        done(by, time("R4.7", "2026-Q4"), given=None)
        with pytest.raises(Refused):
            recording.prove(by=by, row=row, given=Given(), on=TODAY)
