"""Rapporten: what there is, and making a new one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meldroute.domain.reporting.kinds import AUDIENCE, PERIOD, Audience, Kind
from meldroute.people.gate import allowed
from meldroute.route.forms.trying import tried

from ..actions import making
from ..forms import MakeForm
from ..models import Report, ReportState
from ..roles import MAKERS, READERS
from .common import acting, looked_at, makes, name_of, path_to, reports_of, show


@allowed(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every report there is for this reader, the newest period first."""
    by = acting(request)
    rows = list(reports_of(by)[:200])
    looked_at(request, *(row.id for row in rows))
    here = [row for row in rows if row.removed_at is None]
    told = {
        "drafts": [_line(row) for row in here if row.state == ReportState.DRAFT],
        "adopted": [_line(row) for row in here if row.state == ReportState.ADOPTED],
        "removed": [_line(row) for row in rows if row.removed_at is not None],
        "makes": makes(by),
    }
    return show(request, "list", _("Rapporten"), [], **told)


def _line(row: Report) -> dict[str, object]:
    return {
        "row": row,
        "name": name_of(row),
        "audience": _(Audience(row.audience).label),
        "secret": row.audience == Audience.STAFF,
    }


@allowed(*MAKERS)
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """A new report: which, and about which period."""
    by = acting(request)
    likely = making.last_period(by.today, Kind.HALF_YEAR)
    first = {"kind": Kind.HALF_YEAR, "year": likely.year, "half": "1" if likely.month < 7 else "2"}
    form = MakeForm(request.POST or None, today=by.today, initial=first)
    if request.method == "POST" and form.is_valid():
        kind, day = form.wanted()

        def act() -> Report:
            return making.make(by=by, wanted=making.wanted_of(by, kind, day or by.today))

        made = tried(form, act, by=by, on=making.ON)
        if made is not None:
            return redirect("reports:report", made.id)
    title = _("Nieuw rapport")
    readers = [(_(kind.label), _(AUDIENCE[kind].label), PERIOD[kind] is None) for kind in Kind]
    return show(request, "make", title, path_to((title, "")), form=form, readers=readers)
