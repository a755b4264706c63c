"""What the pages of reports have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meldroute.domain.cadence import Unit
from meldroute.domain.reporting.kinds import PERIOD, Kind
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.gate import Request
from meldroute.route.forms import trying

from ..actions.making import ON
from ..models import Report, ReportState
from ..roles import MAKERS


def acting(request: HttpRequest) -> Acting:
    """Who asks."""
    return cast(Request, request).acting


def makes(by: Acting) -> bool:
    """Whether this reader makes reports."""
    return by.is_any(*MAKERS)


def reports_of(by: Acting) -> QuerySet[Report]:
    """The reports that somebody may read: the board those that were adopted."""
    rows = Report.objects.all()
    return rows if makes(by) else rows.filter(state=ReportState.ADOPTED)


def report_or_404(request: HttpRequest, report_id: UUID) -> Report:
    """A report that the reader may read."""
    return get_object_or_404(reports_of(acting(request)), id=report_id)


def name_of(row: Report) -> str:
    """The report on the screen, in the language of the reader: what it is, and about when."""
    kind = Kind(row.kind)
    told = {"kind": _(kind.label), "year": row.ends.year}
    if PERIOD[kind] is Unit.HALF and row.begins.month == 1:
        return _("%(kind)s, eerste half jaar van %(year)s") % told
    if PERIOD[kind] is Unit.HALF:
        return _("%(kind)s, tweede half jaar van %(year)s") % told
    years = {row.begins.year: None, row.ends.year: None}
    return f"{told['kind']}, {'-'.join(map(str, years))}"


def looked_at(request: HttpRequest, *ids: UUID) -> None:
    """Tell the journal what this page shows."""
    journal.record(by=acting(request), act="look", on=ON, ids=ids)


def path_to(*more: tuple[str, str]) -> list[dict[str, str]]:
    """Breadcrumbs from the start of the chapter."""
    return [{"label": label, "url": url} for label, url in ((_("Rapporten"), reverse("reports:list")), *more)]


def path_of(row: Report, *more: str) -> list[dict[str, str]]:
    """Breadcrumbs of a page under a report."""
    return path_to((name_of(row), reverse("reports:report", args=[row.id])), *((one, "") for one in more))


def show(request: HttpRequest, template: str, title: str, path: list[dict[str, str]], **more: Any) -> HttpResponse:
    """A page with its title and way back."""
    return render(request, f"reports/{template}.html", {"title": title, "path": path} | more)


def done(request: HttpRequest, act: Callable[[], object], said: str, *, about: UUID) -> bool:
    """A button of this chapter (`trying.done`)."""
    return trying.done(request, act, said, on=ON, about=about)
