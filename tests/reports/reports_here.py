"""Signals to count and reports to make."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from meldroute.domain.reporting.kinds import Kind, Section
from meldroute.domain.vocabulary import Channel, Form, SourceKind, State
from meldroute.people.models import Municipality
from meldroute.people.unit import system, unit
from meldroute.reports.actions import adopting, making
from meldroute.reports.content import Wanted
from meldroute.reports.models import Report
from meldroute.route.actions.opening import open_signal
from meldroute.route.models import Signal
from people_here import acting

IN_2026 = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
LATER = datetime(2027, 1, 20, 9, 0, tzinfo=UTC)
YEAR = Wanted(Kind.YEAR, date(2026, 1, 1), date(2026, 12, 31))
SECOND_HALF = Wanted(Kind.HALF_YEAR, date(2026, 7, 1), date(2026, 12, 31))
DECISION = "Collegebesluit van 2 februari 2027 (oefening)"


def signals(number: int, at: datetime = IN_2026, *, form: Form = Form.LABOUR, outcome: str = "", sealed: bool = False,
            source: SourceKind = SourceKind.CARE) -> list[Signal]:  # fmt: skip
    """So many signals that came in at a moment."""
    made = []
    with unit(acting(at=at + timedelta(days=2))) as by:
        for _ in range(number):
            row = open_signal(
                by=by, source_kind=source, channel=Channel.PARTNER_FORM, received_at=at, state=State.REGISTERED,
                forms=[form], sealed=sealed,
            )  # fmt: skip
            if outcome:
                Signal.objects.filter(id=row.id).update(outcome=outcome, outcome_at=at + timedelta(days=20))
            made.append(row)
    return made


def made(wanted: Wanted = YEAR, at: datetime = LATER, name: str = "meldpunt") -> Report:
    """A draft."""
    with unit(acting(name, at=at)) as by:
        return making.make(by=by, wanted=wanted)


def adopted(wanted: Wanted = YEAR, at: datetime = LATER) -> Report:
    """A report, made and adopted."""
    row = made(wanted, at)
    with unit(acting("proceseigenaar", at=at + timedelta(minutes=5))) as by:
        return adopting.adopt(by=by, report=row, edition=row.edition, decision=DECISION)


def cells(report: Report, section: str, caption: str) -> dict[str, str]:
    """First and last cell of each row of a table."""
    grids = report.numbers["tables"][section]
    return {row[0]: row[-1] for grid in grids if grid["caption"] == caption for row in grid["rows"]}


def words(report: Report) -> str:
    """Everything that a report says."""
    rows: Sequence[str] = [
        cell for grids in report.numbers["tables"].values() for grid in grids for row in grid["rows"] for cell in row
    ]
    notes = [line for told in report.numbers["notes"].values() for line in told]
    return "\n".join([report.title, *rows, *notes, *report.texts.values()])


def one_of_each(place: Municipality, word: str, at: datetime) -> dict[str, Any]:
    """A report that was adopted and a draft of the next version, whose texts are all `word`."""
    with system(place.id, at) as by:
        wanted = making.wanted_of(by, Kind.YEAR, by.today)
        row = making.make(by=by, wanted=wanted)
        row = making.write(by=by, report=row, edition=row.edition, texts={Section.SUMMARY: word})
        adopting.adopt(by=by, report=row, edition=row.edition, decision=word)
        making.make(by=by, wanted=wanted)
    return {"report_id": row.id}
