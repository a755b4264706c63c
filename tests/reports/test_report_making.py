"""Reports: what is counted, for whom, frozen, written, adopted; and no small number in what goes outside."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from meldroute.domain.plan.document import parse_plan
from meldroute.domain.plan.keeping import Status
from meldroute.domain.reporting.kinds import Kind, Section
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Form, Outcome, Role, SourceKind
from meldroute.people.models import Membership
from meldroute.people.unit import unit
from meldroute.plan import files as plan_files
from meldroute.plan.models import Occurrence, Proof
from meldroute.reports.actions import adopting, making
from meldroute.reports.content import Wanted
from meldroute.reports.models import Report, ReportState
from meldroute.reports.roles import MAKERS, READERS
from meldroute.reports.tables import HIDDEN
from meldroute.route.models import Signal
from people_here import acting, user
from plan.plans_here import followed
from reports.reports_here import (
    DECISION,
    IN_2026,
    LATER,
    SECOND_HALF,
    YEAR,
    adopted,
    cells,
    made,
    signals,
    words,
)

pytestmark = pytest.mark.django_db
TOTAL, MEDIAN = "Ontvangen signalen", "Dagen tot een uitkomst, mediaan"
COUNTS = "Signalen in deze periode"


def test_the_staff_gets_exact_numbers_and_nothing_that_names_a_source() -> None:
    july = IN_2026 + timedelta(days=130)
    signals(1, july, form=Form.SEXUAL, outcome=Outcome.RIEC_CASE, source=SourceKind.CARE)
    signals(2, july)
    row = made(SECOND_HALF)
    assert cells(row, Section.SIGNALS, COUNTS) == {TOTAL: "3", "Dagen tot registratie, mediaan": "2", MEDIAN: "20"}
    assert cells(row, Section.SIGNALS, "Naar vorm") == {"Seksuele uitbuiting": "1", "Arbeidsuitbuiting": "2"}
    assert cells(row, Section.SIGNALS, "Naar uitkomst") == {"RIEC-casus": "1", "Loopt nog": "2"}
    assert "zorgpartij" not in words(row).lower()
    assert "Naar bron" not in str(row.numbers)


def test_the_council_gets_no_number_under_five() -> None:
    signals(3)
    row = made()
    assert set(cells(row, Section.SIGNALS, COUNTS).values()) == {HIDDEN}
    assert list(cells(row, Section.SIGNALS, "Naar vorm")) == []
    assert "de aantallen naar vorm, bron, uitkomst" in words(row)
    signals(7, form=Form.SEXUAL)
    row = made()
    assert cells(row, Section.SIGNALS, COUNTS)[TOTAL] == "10"
    assert not cells(row, Section.SIGNALS, "Naar vorm"), "3 of 10 would follow from 7"


def test_a_later_report_gives_no_year_away() -> None:
    """The year has 12; the whole plan 15: the other years would be 3."""
    followed()
    signals(12)
    signals(3, IN_2026.replace(year=2025, month=12))
    assert cells(adopted(), Section.SIGNALS, COUNTS)[TOTAL] == "12"
    whole = Wanted(Kind.EVALUATION, date(2024, 4, 1), date(2026, 12, 31))
    assert cells(made(whole, LATER + timedelta(days=1)), Section.SIGNALS, COUNTS)[TOTAL] == HIDDEN
    signals(2, IN_2026.replace(year=2025, month=12))
    assert cells(made(whole, LATER + timedelta(days=1)), Section.SIGNALS, COUNTS)[TOTAL] == "17"


def test_a_new_version_keeps_the_number_when_one_signal_came_later() -> None:
    signals(12)
    adopted()
    signals(1)
    again = made(YEAR, LATER + timedelta(days=1))
    assert (again.version, cells(again, Section.SIGNALS, COUNTS)[TOTAL]) == (2, "12")
    assert "zoals eerder gepubliceerd" in str(again.numbers)


def test_sealed_signals_and_what_was_no_trafficking_are_not_counted() -> None:
    july = IN_2026 + timedelta(days=130)
    signals(2, july)
    signals(1, july, sealed=True)
    signals(1, july, outcome=Outcome.NO_SIGNAL)
    assert cells(made(SECOND_HALF), Section.SIGNALS, COUNTS)[TOTAL] == "2"


def test_the_process_owner_who_may_open_no_file_counts_the_same() -> None:
    july = IN_2026 + timedelta(days=130)
    signals(4, july)
    row = made(SECOND_HALF, name="proceseigenaar")
    assert cells(row, Section.SIGNALS, COUNTS)[TOTAL] == "4"
    with unit(acting("proceseigenaar")):
        assert not Signal.objects.exists(), "and opens none by it"


def test_numbers_are_those_of_the_moment_until_counted_again() -> None:
    july = IN_2026 + timedelta(days=130)
    signals(1, july)
    row = made(SECOND_HALF)
    signals(1, july)
    with unit(acting(at=LATER)) as by:
        same = Report.objects.get(id=row.id)
        assert cells(same, Section.SIGNALS, COUNTS)[TOTAL] == "1"
        again = making.count_again(by=by, report=same)
    assert cells(again, Section.SIGNALS, COUNTS)[TOTAL] == "2"


def test_a_text_may_not_tell_what_the_tables_hide() -> None:
    signals(12)
    row = made()
    with unit(acting(at=LATER)) as by, pytest.raises(Refused, match="noemt een aantal"):
        making.write(by=by, report=row, edition=1, texts={Section.SUMMARY: "Er kwamen 3 signalen uit de zorg."})
    with unit(acting(at=LATER)) as by:
        kept = making.write(by=by, report=row, edition=1, texts={Section.SUMMARY: "Er kwamen 12 signalen binnen."})
    assert kept.texts[Section.SUMMARY] == "Er kwamen 12 signalen binnen."


def test_what_the_plan_printed_itself_is_exempt_and_says_so_and_lends_its_numbers_to_no_other_text() -> None:
    followed()
    signals(12)
    row = made(Wanted(Kind.EVALUATION, date(2024, 4, 1), date(2026, 12, 31)))
    (police, care, inspectorate) = row.numbers["tables"][Section.PUBLISHED]
    assert police["rows"][0] == ["Heemstede", "1", "0", "0"]
    assert care["rows"][4] == ["Haarlem", "18", "1", "1"]
    assert inspectorate["head"] == ["Gebied", "Arbeidsuitbuiting"]
    assert all("Eerder gepubliceerd in het plan" in grid["note"] for grid in (police, care, inspectorate))
    with unit(acting(at=LATER)) as by:
        making.write(by=by, report=row, edition=1, texts={Section.PUBLISHED: "De zorg telde er 4 signalen."})
        for section in (Section.SUMMARY, Section.SIGNALS, Section.PLAN):
            with pytest.raises(Refused, match="noemt een aantal"):
                making.write(by=by, report=row, edition=2, texts={section: "Er kwamen 4 signalen binnen."})


def test_a_stale_page_writes_nothing() -> None:
    row = made()
    with unit(acting(at=LATER)) as by:
        making.write(by=by, report=row, edition=1, texts={Section.AHEAD: "eerst"})
        with pytest.raises(Refused, match="net gewijzigd"):
            making.write(by=by, report=row, edition=1, texts={Section.AHEAD: "daarna"})


def test_adopted_nothing_changes_any_more_not_even_by_sql() -> None:
    row = adopted()
    assert (row.state, row.decision, row.adopted_by) == (ReportState.ADOPTED, DECISION, user("proceseigenaar").id)
    with unit(acting(at=LATER)) as by:
        for act in (
            lambda: making.write(by=by, report=row, edition=1, texts={}),
            lambda: making.count_again(by=by, report=row),
            lambda: making.remove(by=by, report=row),
        ):
            with pytest.raises(Refused, match="vastgesteld"):
                act()
        for sql in ("UPDATE reports_report SET title = 'x'", "DELETE FROM reports_report"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)


def test_adopting_needs_a_decision_and_the_numbers_of_after_the_last_report() -> None:
    signals(12)
    one, two = made(), made(Wanted(Kind.DRIEHOEK, date(2026, 1, 1), date(2026, 6, 30)))
    with unit(acting(at=LATER)) as by:
        with pytest.raises(Refused, match="wie dit wanneer"):
            adopting.adopt(by=by, report=one, edition=1, decision=" ")
        adopting.adopt(by=by, report=one, edition=1, decision=DECISION)
        with pytest.raises(Refused, match="Tel eerst opnieuw"):
            adopting.adopt(by=by, report=two, edition=1, decision=DECISION)
    with unit(acting(at=LATER + timedelta(minutes=9))) as by:
        again = making.count_again(by=by, report=two)
        adopting.adopt(by=by, report=again, edition=again.edition, decision=DECISION)


def test_a_draft_is_put_away_and_brought_back() -> None:
    row = made()
    with unit(acting(at=LATER)) as by:
        making.remove(by=by, report=row)
        with pytest.raises(Refused, match="weggelegd"):
            making.write(by=by, report=row, edition=1, texts={})
        making.bring_back(by=by, report=row)
        making.write(by=by, report=row, edition=1, texts={})


def test_a_report_about_days_that_must_still_come_is_refused() -> None:
    with unit(acting(at=IN_2026)) as by, pytest.raises(Refused, match="nog beginnen"):
        making.make(by=by, wanted=SECOND_HALF)


def test_an_adopted_half_year_report_shows_that_a_promise_was_kept() -> None:
    followed()
    at = IN_2026 + timedelta(days=140)
    adopted(Wanted(Kind.HALF_YEAR, date(2026, 1, 1), date(2026, 6, 30)), at)
    with unit(acting(at=at)):
        row = Occurrence.objects.get(action__code="staf-veiligheid", key="2026-H2")
        assert row.status == Status.DONE
        assert Proof.objects.get(occurrence=row).about == "reports.Report"


def test_the_evaluation_says_per_action_what_was_done() -> None:
    followed()
    row = made(Wanted(Kind.EVALUATION, date(2024, 4, 1), date(2026, 12, 31)))
    told = cells(row, Section.PLAN, "Afspraken over de hele periode")
    assert len(told) == 24
    assert set(told.values()) == {"0"}
    (missed,) = [grid["rows"] for grid in row.numbers["tables"]["plan"] if grid["caption"].startswith("Wat niet")]
    assert ["DPIA opstellen", "1", "0", "0"] in missed
    assert ["Meld Misdaad Anoniem-campagnes", "10", "0", "0"] in missed, "eleven quarters, of which one before adoption"


def test_the_draft_of_the_next_plan_is_a_plan_file_that_is_accepted() -> None:
    followed()
    with unit(acting()):
        Occurrence.objects.filter(action__code="R4.13").update(status=Status.DONE, done_on="2024-11-01")
    row = made(Wanted(Kind.NEXT_PLAN, date(2024, 4, 1), date(2026, 12, 31)))
    body = plan_files.read(plan_files.write(row.plan or {}))
    plan = parse_plan(body)
    assert (plan.id, plan.begins, plan.ends) == ("heemstede-2027-2029", date(2027, 1, 1), date(2029, 12, 31))
    codes = {one.id: one.cadence for one in plan.actions}
    assert "R4.13" not in codes, "done, so it is finished"
    assert codes["R4.2"] == "Q2 2027", "not done, so it is asked again"
    assert codes["R4.8"] == "Jaarlijks, Q2 en Q4"
    assert plan.decision.startswith("Concept")
    assert "Het aanscherpen" not in str(row.plan)
    assert "nog niet gedaan" in words(row)


@pytest.mark.parametrize("role", list(Role))
def test_the_database_lets_in_whom_the_program_lets_in(role: Role) -> None:
    adopted()
    made(SECOND_HALF)
    Membership.objects.filter(user=user("melder")).update(role=role)
    with unit(acting("melder", at=LATER)), connection.cursor() as cursor:
        assert Report.objects.count() == (2 if role in MAKERS else int(role in READERS))
        cursor.execute("UPDATE reports_report SET title = 'x' WHERE state = 'draft'")
        assert cursor.rowcount == int(role in MAKERS)
    if role not in MAKERS:
        with unit(acting("melder", at=LATER)) as by, pytest.raises(Refused):
            making.make(by=by, wanted=YEAR)
