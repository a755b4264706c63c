"""A plan comes in from a file, becomes rows, and changes with history: what was due before a change stays."""

from __future__ import annotations

from datetime import date

import pytest

from meldroute.domain.plan import changing
from meldroute.domain.plan.document import parse_plan, periods
from meldroute.domain.plan.keeping import Mark, Status
from meldroute.domain.policy import PolicyError
from meldroute.domain.verdict import Refused
from meldroute.journal.models import Entry
from meldroute.people.unit import system, unit
from meldroute.plan import files
from meldroute.plan.actions import recording, versions
from meldroute.plan.actions.recording import Given, Recorded
from meldroute.plan.actions.versions import Decided
from meldroute.plan.models import Action, Occurrence, Plan
from meldroute.plan.reading import kept, lines, plan_of, said_by
from people_here import MONDAY, acting, here
from plan.plans_here import HEEMSTEDE, body, followed, time

pytestmark = pytest.mark.django_db


def test_every_time_of_every_action_is_a_row() -> None:
    plan = followed()
    told = parse_plan(body())
    with unit(acting()):
        rows = {(row.action.code, row.key): row.due for row in Occurrence.objects.select_related("action")}
        shown = [(row.code, row.title, row.pillar) for row in plan.actions.order_by("place")]
    promised = (*told.actions, *told.promises)
    assert rows == {(one.id, period.key): period.due for one in promised for period in periods(one, told)}
    assert shown == [(one.id, one.title, one.pillar) for one in promised]


def test_the_same_file_again_changes_nothing_and_an_export_is_that_file() -> None:
    plan = followed()
    with unit(acting()) as by:
        again = versions.bring(by=by, body=body())
        assert (again.id, again.version, again.versions.count()) == (plan.id, 1, 1)
        text = files.write(versions.newest(again).body)
    assert body(text) == body()
    assert "adopted_on = 2024-07-09" in text


def test_marks_before_adoption_and_before_it_was_followed_are_never_late() -> None:
    plan = followed(since=date(2026, 1, 1))
    with unit(acting()) as by:
        found = {line.action.code: line.cells for line in lines(plan, by.today)}
        sums = kept(lines(plan, by.today), plan.begins, plan.ends)
    assert [cell.mark for cell in found["R4.9"]] == [Mark.BEFORE_ADOPTION]
    assert [cell.mark for cell in found["R4.2"]] == [Mark.UNRECORDED]
    ongoing = [cell.mark for cell in found["R4.7"]]
    assert ongoing == [Mark.BEFORE_ADOPTION, *[Mark.UNRECORDED] * 6, *[Mark.LATE] * 3, Mark.PLANNED]
    assert set(sums) == {0, 1, 2, 3, 4}
    assert (sums[4].late, sums[4].due, sums[4].ahead, sums[4].unrecorded) == (3, 3, 1, 6)


def test_another_rhythm_counts_from_today_and_leaves_what_was() -> None:
    plan = followed()
    with unit(acting()) as by:
        was = {row.key for row in Occurrence.objects.filter(action__code="R4.7", due__lt=by.today)}
        decided = Decided("R4.7 halfjaarlijks", "Collegebesluit (oefening)", 1)
        versions.edit(
            by=by,
            plan=plan,
            edited=lambda told: changing.amend(told, "R4.7", {"cadence": "halfjaarlijks"}),
            decided=decided,
        )
        now = {row.key for row in Occurrence.objects.filter(action__code="R4.7")}
        row = Action.objects.get(code="R4.7")
        old = plan.versions.get(number=1)
        entries = [entry.act for entry in Entry.objects.filter(act="plan.change")]
    assert now == was | {"2026-H2"}
    assert (row.cadence, plan.version, len(entries)) == ("halfjaarlijks", 2, 0)
    assert changing.promise_of(parse_plan(old.body), "R4.7").cadence == "Doorlopend"  # type: ignore[union-attr]


def test_an_action_ends_or_is_added_with_a_decision() -> None:
    plan = followed()
    new = {
        "id": "R4.20",
        "pillar": 4,
        "title": "Afspraken met de huisartsen",
        "text": "Afspraken maken met de huisartsen.",
        "cadence": "Q4 2026",
        "owner": "beleidsmedewerker sociaal domein",
        "source": "Oefenbesluit",
    }
    with unit(acting("proceseigenaar")) as by:
        versions.edit(
            by=by,
            plan=plan,
            edited=lambda told: changing.add(changing.end(told, "R4.17", date(2026, 9, 30)), new),
            decided=Decided("R4.17 eindigt, R4.20 erbij", "Besluit (oefening)", 1),
        )
        assert not Occurrence.objects.filter(action__code="R4.17", due__gt=date(2026, 9, 30)).exists()
        assert Occurrence.objects.filter(action__code="R4.17").count() == 10
        assert time("R4.20", "2026-Q4").due == date(2026, 12, 31)
        assert [one.id for one in said_by(plan).actions][-1] == "R4.20"
    for wrong in (new, {**new, "id": "R4.21", "cadence": "soms"}, {**new, "id": "R4.22", "pillar": 9}):
        with pytest.raises(PolicyError):
            changing.add(versions_body(plan), wrong)


def versions_body(plan: Plan) -> dict:
    with unit(acting()):
        return dict(versions.newest(plan).body)


def test_a_change_needs_a_decision_the_role_and_the_newest_version() -> None:
    plan = followed()

    def amended(told: dict) -> dict:
        return changing.amend(told, "R4.7", {"title": "Anders"})

    for name, decision, after, code in (
        ("meldpunt", " ", 1, "plan.decision"),
        ("meldpunt", "Besluit", 7, "plan.stale"),
        ("handhaver", "Besluit", 1, "plan.role"),
    ):
        with pytest.raises(Refused) as refused, unit(acting(name)) as by:
            versions.edit(by=by, plan=plan, edited=amended, decided=Decided("", decision, after))  # type: ignore[arg-type]
        assert refused.value.verdict.code == code
    with unit(acting()):
        assert Plan.objects.get().version == 1


def test_what_somebody_recorded_survives_every_change() -> None:
    plan = followed()
    with unit(acting()) as by:
        row = time("R4.7", "2026-Q4")
        recording.record(
            by=by,
            row=row,
            told=Recorded(Status.DONE, 0, done_on=by.today),
            given=Given(text="Campagneweek MMA (oefening)"),
        )
        versions.edit(
            by=by,
            plan=plan,
            edited=lambda told: changing.amend(told, "R4.7", {"cadence": "jaarlijks"}),
            decided=Decided("R4.7 jaarlijks", "Besluit (oefening)", 1),
        )
        keys = set(Occurrence.objects.filter(action__code="R4.7", due__gte=by.today).values_list("key", flat=True))
    assert keys == {"2026-Q4", "2026"}


def test_the_plan_that_runs_is_shown_and_a_next_one_lies_ready() -> None:
    followed()
    with system(here("BD").id, MONDAY) as by:
        assert plan_of(by.place, by.today) is None
    text = HEEMSTEDE.replace("heemstede-2024-2026", "heemstede-2027-2028").replace(
        "begins = 2024-04-01", "begins = 2027-01-01"
    )
    text = text.replace("ends = 2026-12-31", "ends = 2028-12-31")
    with unit(acting()) as by:
        versions.bring(by=by, body=body(text))
        now = plan_of(by.place, by.today)
        later = plan_of(by.place, date(2027, 2, 1))
        assert now
        assert later
        assert (now.code, later.code) == ("heemstede-2024-2026", "heemstede-2027-2028")


def test_a_plan_of_another_municipality_is_not_taken_in() -> None:
    with pytest.raises(Refused) as refused, unit(acting(code="BD", name="waarnemer")) as by:
        versions.bring(by=by, body=body())
    assert refused.value.verdict.code == "plan.municipality"
