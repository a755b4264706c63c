"""A report is made, counted again while it is a draft, written, put away and brought back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Max, QuerySet

from meldroute.domain.cadence import period_of
from meldroute.domain.reporting.kinds import PERIOD, SECTIONS, Audience, Kind, Section
from meldroute.domain.reporting.telling import told_numbers
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no, require
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.plan.reading import plan_of

from ..content import Content, Wanted, made
from ..counting import is_practice
from ..keeping import kept
from ..models import Report, ReportState
from ..roles import MAKERS, SOURCE, may_make

ON = "reports.Report"
MOST = 20_000
"""Characters of one text."""


def insist(condition: bool, reason: str, code: str) -> None:
    """Raises Refused when the condition does not hold."""
    if not condition:
        raise Refused(no(reason, SOURCE, code, MAKERS))


def wanted_of(by: Acting, kind: Kind, day: date) -> Wanted:
    """The report of this kind about the period that holds a day, or about the whole plan. Raises Refused."""
    unit = PERIOD[kind]
    if unit is not None:
        period = period_of(day, unit)
        return Wanted(kind, period.begins, period.due)
    plan = plan_of(by.place, day)
    insist(plan is not None, gettext_noop("Er is nog geen plan ingelezen."), "report.no_plan")
    assert plan is not None
    return Wanted(kind, plan.begins, plan.ends)


def make(*, by: Acting, wanted: Wanted) -> Report:
    """A draft with the numbers of now; texts are those of the version before it, if there is one. Raises Refused."""
    require(may_make(by))
    insist(wanted.begins <= by.today, gettext_noop("Deze periode moet nog beginnen."), "report.future")
    content = made(by, wanted)
    same = _versions(wanted)
    before = same.filter(removed_at=None).order_by("-version").first()
    row = Report(
        municipality_id=by.place,
        kind=wanted.kind,
        audience=wanted.audience,
        begins=wanted.begins,
        ends=wanted.ends,
        version=(same.aggregate(last=Max("version"))["last"] or 0) + 1,
        texts=content.texts | ({} if before is None else before.texts),
        practice=is_practice(),
        made_by=by.user_id,
        made_at=by.at,
    )
    _count(row, content, by)
    row.save(force_insert=True)
    journal.record(by=by, act="report.make", on=ON, ids=[row.id])
    return row


def _versions(wanted: Wanted) -> QuerySet[Report]:
    return Report.objects.filter(kind=wanted.kind, begins=wanted.begins, ends=wanted.ends)


def _count(row: Report, content: Content, by: Acting) -> None:
    row.title, row.numbers, row.plan = content.title, content.numbers(), content.plan
    row.printed, row.counted_at = kept(content.printed), by.at


def count_again(*, by: Acting, report: Report) -> Report:
    """The numbers of now in a draft; its texts stay. Raises Refused."""
    row = draft(by, report, None)
    _count(row, made(by, Wanted(Kind(row.kind), row.begins, row.ends)), by)
    row.edition += 1
    row.save()
    journal.record(by=by, act="report.count", on=ON, ids=[row.id], fields=["numbers"])
    return row


def write(*, by: Acting, report: Report, edition: int, texts: Mapping[str, str]) -> Report:
    """Other texts in a draft. Raises Refused: somebody else wrote meanwhile, or a text tells a number it may not."""
    row = draft(by, report, edition)
    for section, text in texts.items():
        insist(
            section in SECTIONS[Kind(row.kind)], gettext_noop("Dit deel hoort niet in dit rapport."), "report.section"
        )
        insist(len(text) <= MOST, gettext_noop("Deze tekst is te lang."), "report.long")
        may_say(row, section, text)
    row.texts = row.texts | dict(texts)
    row.edition += 1
    row.save()
    journal.record(by=by, act="report.write", on=ON, ids=[row.id], fields=["texts"])
    return row


def may_say(row: Report, section: str, text: str) -> None:
    """Raises Refused when a text that goes outside tells a number of signals or people that the tables do not show."""
    if row.audience == Audience.STAFF:
        return
    told = told_numbers(text, shown_numbers(row, section))
    if told:
        reason = gettext_noop(
            "De tekst noemt een aantal signalen of mensen dat het rapport zelf niet toont. Schrijf het om."
        )
        raise Refused(no(reason, "domain rules §10", "report.number", MAKERS))


COUNTS = (Section.SIGNALS, Section.ANSWERS)


def shown_numbers(row: Report, section: str) -> set[int]:
    """The numbers of signals and people that a text may name: those of the tables, and below the plan's own its own."""
    mine = (section,) if section == Section.PUBLISHED else ()
    grids = [grid for name in (*COUNTS, *mine) for grid in row.numbers["tables"].get(name, ())]
    return {int(cell) for grid in grids for cells in grid["rows"] for cell in cells[1:] if cell.isdecimal()}


def draft(by: Acting, report: Report, edition: int | None) -> Report:
    """The draft, locked. Raises Refused when it was adopted or put away, or is not the one that was on the screen."""
    require(may_make(by))
    row = Report.objects.select_for_update().get(id=report.id)
    insist(
        row.state == ReportState.DRAFT,
        gettext_noop("Dit rapport is vastgesteld. Maak een nieuwe versie."),
        "report.adopted",
    )
    insist(row.removed_at is None, gettext_noop("Dit concept is weggelegd. Zet het eerst terug."), "report.removed")
    same = edition is None or row.edition == edition
    insist(
        same, gettext_noop("Iemand anders heeft dit rapport net gewijzigd. Kijk eerst wat er nu staat."), "report.stale"
    )
    return row


def remove(*, by: Acting, report: Report) -> None:
    """Put a draft away; it can be brought back. Raises Refused."""
    row = draft(by, report, None)
    row.removed_at = by.at
    row.save(update_fields=["removed_at"])
    journal.record(by=by, act="report.remove", on=ON, ids=[row.id])


def bring_back(*, by: Acting, report: Report) -> None:
    """Undo putting away. Raises Refused."""
    require(may_make(by))
    Report.objects.filter(id=report.id, state=ReportState.DRAFT).update(removed_at=None)
    journal.record(by=by, act="report.bring_back", on=ON, ids=[report.id])


def last_period(today: date, kind: Kind) -> date:
    """A day in the period that a new report is most likely about: the one that ended last, in its first two months."""
    unit = PERIOD[kind]
    if unit is None:
        return today
    begins = period_of(today, unit).begins
    return begins - timedelta(days=1) if today < begins + timedelta(days=60) else today
