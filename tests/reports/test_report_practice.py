"""The reports of a practice installation: they are there, say that they are invented, and the mayor reads one."""

from __future__ import annotations

import pytest

from meldroute.domain.reporting.kinds import Kind
from meldroute.people.unit import unit
from meldroute.reports.document import document
from meldroute.reports.models import Report, ReportState
from meldroute.web.practice.reports import make_reports
from people_here import MONDAY, acting
from plan.plans_here import followed

pytestmark = pytest.mark.django_db


def test_a_draft_for_the_staff_and_a_year_report_that_was_adopted() -> None:
    followed()
    make_reports(MONDAY)
    with unit(acting("burgemeester")):
        (row,) = Report.objects.all()
        told = document(row)
    assert (row.kind, row.state, row.begins.year) == (Kind.YEAR, ReportState.ADOPTED, 2025)
    assert "Oefenomgeving: alle gegevens zijn verzonnen." in told.lines
    with unit(acting()):
        assert Report.objects.get(state=ReportState.DRAFT).kind == Kind.HALF_YEAR
