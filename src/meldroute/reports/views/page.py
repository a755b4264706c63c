"""One report: read, written, compared, adopted and taken along."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.domain.reporting.comparing import differs, lines
from meldroute.domain.reporting.kinds import Audience, Kind
from meldroute.journal import actions as journal
from meldroute.people.gate import allowed
from meldroute.people.proving import fresh
from meldroute.route.forms.trying import tried

from ..actions import adopting, making
from ..content import Wanted
from ..document import Part, document, standing
from ..files import FORMS, file_of
from ..forms import AdoptForm, WriteForm
from ..models import Report, ReportState
from ..roles import MAKERS, READERS
from .common import acting, done, looked_at, makes, name_of, path_of, path_to, report_or_404, show

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


@allowed(*READERS)
@require_safe
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The report as it stands, and what can be done with it."""
    by, row = acting(request), report_or_404(request, report_id)
    looked_at(request, row.id)
    told = {
        "row": row,
        "document": document(row),
        "standing": standing(row),
        "draft": row.state == ReportState.DRAFT,
        "makes": makes(by),
        "earlier": _earlier(row),
        "newer": _newer(request, row),
        "secret": row.audience == Audience.STAFF,
        "forms": [form for form in FORMS if form != "toml" or row.plan is not None],
    }
    return show(request, "report", name_of(row), path_to((name_of(row), "")), **told)


def _same(row: Report) -> Any:
    return Report.objects.filter(kind=row.kind, begins=row.begins, ends=row.ends, removed_at=None)


def _earlier(row: Report) -> Report | None:
    found: Report | None = _same(row).filter(version__lt=row.version).order_by("-version").first()
    return found


def _newer(request: HttpRequest, row: Report) -> Report | None:
    found = _same(row).filter(version__gt=row.version)
    found = found if makes(acting(request)) else found.filter(state=ReportState.ADOPTED)
    newest: Report | None = found.order_by("-version").first()
    return newest


@allowed(*MAKERS)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The texts of a draft."""
    by, row = acting(request), report_or_404(request, report_id)
    form = WriteForm(request.POST or None, report=row)
    if request.method == "POST" and form.is_valid():
        texts, edition = form.texts(), form.cleaned_data["edition"]

        def act() -> Report:
            return making.write(by=by, report=row, edition=edition, texts=texts)

        if tried(form, act, by=by, on=making.ON, about=row.id):
            messages.success(request, _("De teksten zijn bewaard."))
            return redirect("reports:report", row.id)
    looked_at(request, row.id)
    title = _("Teksten schrijven")
    return show(request, "write", title, path_of(row, title), form=form, row=row, document=document(row))


@allowed(*READERS)
@require_safe
def compare(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """What is different from the version before it."""
    row = report_or_404(request, report_id)
    before = _earlier(row) if makes(acting(request)) else _adopted_before(row)
    looked_at(request, *([row.id] if before is None else [row.id, before.id]))
    parts = [] if before is None else _compared(document(before).parts, document(row).parts)
    title = _("Verschil met de vorige versie")
    return show(request, "compare", title, path_of(row, title), row=row, before=before, parts=parts)


def _adopted_before(row: Report) -> Report | None:
    found: Report | None = (
        _same(row).filter(version__lt=row.version, state=ReportState.ADOPTED).order_by("-version").first()
    )
    return found


def _compared(old: tuple[Part, ...], new: tuple[Part, ...]) -> list[dict[str, Any]]:
    known = {part.code: part for part in old}
    found = []
    for part in new:
        was = known.get(part.code)
        told = lines(_said(was) if was else (), _said(part))
        if differs(told):
            found.append({"heading": part.heading, "lines": [line for line in told if line.gone or line.new]})
    return found


def _said(part: Part) -> tuple[str, ...]:
    rows = (f"{grid.caption}: {' · '.join(cells)}" for grid in part.grids for cells in grid.rows)
    return (*part.paragraphs, *rows, *part.notes)


@allowed(*MAKERS)
@require_POST
def count_again(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The numbers of now."""
    by, row = acting(request), report_or_404(request, report_id)
    said = _("Opnieuw geteld. De teksten zijn gebleven.")
    done(request, lambda: making.count_again(by=by, report=row), said, about=row.id)
    return redirect("reports:report", row.id)


@allowed(*MAKERS)
@fresh()
@require_http_methods(["GET", "POST"])
def adopt(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Adopt it, with who decided so."""
    by, row = acting(request), report_or_404(request, report_id)
    form = AdoptForm(request.POST or None, initial={"edition": row.edition})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data

        def act() -> Report:
            return adopting.adopt(by=by, report=row, edition=told["edition"], decision=told["decision"])

        if tried(form, act, by=by, on=making.ON, about=row.id):
            messages.success(request, _("Vastgesteld. Dit rapport verandert niet meer; het bestuur kan het lezen."))
            return redirect("reports:report", row.id)
    looked_at(request, row.id)
    title = _("Rapport vaststellen")
    return show(request, "adopt", title, path_of(row, title), form=form, row=row)


@allowed(*MAKERS)
@require_POST
def new_version(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """A draft beside it, with the numbers of now and the same texts."""
    by, row = acting(request), report_or_404(request, report_id)
    wanted, found = Wanted(Kind(row.kind), row.begins, row.ends), []
    said = _("Nieuwe versie gemaakt. De vorige blijft zoals die was.")
    done(request, lambda: found.append(making.make(by=by, wanted=wanted)), said, about=row.id)
    return redirect("reports:report", found[0].id if found else row.id)


@allowed(*MAKERS)
@require_POST
def remove(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Put a draft away."""
    by, row = acting(request), report_or_404(request, report_id)
    said = _("Het concept is weggelegd. Het staat onderaan; daar kunt u het terugzetten.")
    done(request, lambda: making.remove(by=by, report=row), said, about=row.id)
    return redirect("reports:list")


@allowed(*MAKERS)
@require_POST
def bring_back(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Undo that."""
    by, row = acting(request), report_or_404(request, report_id)
    done(request, lambda: making.bring_back(by=by, report=row), _("Het concept is terug."), about=row.id)
    return redirect("reports:report", row.id)


@allowed(*READERS)
@fresh("look")
@require_safe
def file(request: HttpRequest, report_id: UUID, form: str) -> HttpResponse:
    """The report as a file."""
    row = report_or_404(request, report_id)
    if form not in FORMS or (form == "toml" and row.plan is None):
        raise Http404
    journal.record(by=acting(request), act="report.take", on=making.ON, ids=[row.id])
    response = HttpResponse(file_of(row, form), content_type=FORMS[form])
    name = f"{row.kind.replace('_', '-')}-{row.begins:%Y-%m}-v{row.version}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
