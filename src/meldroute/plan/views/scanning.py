"""The self-scan: how the municipality stands against what each source asks, and which gaps became actions."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meldroute.domain.plan.self_scan import GAPS, Answer, Criterion, tally
from meldroute.domain.policy import Status
from meldroute.journal import actions as journal
from meldroute.people.gate import allowed
from meldroute.route.forms.trying import tried

from ..actions import scanning
from ..forms.scanning import AnswerForm
from ..models import Action, ScanAnswer
from ..roles import MANAGERS, READERS
from .page import acting, criterion_or_404, names, path_to, plan_here, show


@allowed(*READERS)
@require_safe
def scan(request: HttpRequest) -> HttpResponse:
    """Every criterion by theme with its answer."""
    by = acting(request)
    told, found = scanning.scan_of(by.place), scanning.newest()
    known = names(row.by for row in found.values())
    actions = _actions(found)
    answers = {code: Answer(row.answer) for code, row in found.items()}
    themes = [
        {
            "theme": theme,
            "counts": [(one.label, count) for one, count in tally(answers, told.of(theme.id)).items() if count],
            "rows": [_row(one, found.get(one.id), known, actions) for one in told.of(theme.id)],
        }
        for theme in told.themes
    ]
    journal.record(by=by, act="look", on=scanning.ON, ids=[row.id for row in found.values()])
    title = _("Zelfscan")
    proposals = sum(one.standing.status is Status.PROPOSAL for one in told.criteria)
    return show(
        request,
        "scan",
        title,
        path_to((title, "")),
        themes=themes,
        proposals=proposals,
        keeps=by.is_any(*MANAGERS),
    )


def _actions(found: dict[str, ScanAnswer]) -> dict[str, Action]:
    codes = {row.action_code for row in found.values() if row.action_code}
    return {row.code: row for row in Action.objects.filter(code__in=codes).order_by("plan__begins")}


def _row(
    one: Criterion, row: ScanAnswer | None, known: dict[UUID | None, str], actions: dict[str, Action]
) -> dict[str, object]:
    answer = Answer(row.answer) if row else Answer.OPEN
    return {
        "criterion": one,
        "row": row,
        "label": answer.label,
        "gap": answer in GAPS,
        "who": known.get(row.by, "") if row else "",
        "action": actions.get(row.action_code) if row else None,
    }


@allowed(*MANAGERS)
@require_http_methods(["GET", "POST"])
def criterion(request: HttpRequest, criterion: str) -> HttpResponse:
    """Answer one criterion; earlier answers stand below."""
    by = acting(request)
    one = criterion_or_404(by, criterion)
    row = scanning.newest().get(one.id)
    initial = {"answer": row.answer, "proof": row.proof, "link": row.link} if row else {}
    form = AnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.said()
        kept = tried(
            form,
            lambda: scanning.answer(by=by, criterion=one, said=said),
            by=by,
            on=scanning.ON,
            fields={"plan.proof": "proof"},
        )
        if kept:
            messages.success(request, _("Bewaard."))
            return redirect(reverse("plan:scan") + f"#{one.theme}")
    rows = list(ScanAnswer.objects.filter(criterion=one.id).order_by("-at")[:20])
    known = names(row.by for row in rows)
    journal.record(by=by, act="look", on=scanning.ON, ids=[row.id for row in rows])
    return show(
        request,
        "criterion",
        one.text,
        path_to((_("Zelfscan"), reverse("plan:scan")), (one.id, "")),
        criterion=one,
        form=form,
        earlier=[(row, Answer(row.answer).label, known.get(row.by, "")) for row in rows],
        gap=row is not None and Answer(row.answer) in GAPS and not row.action_code and plan_here(request) is not None,
    )
