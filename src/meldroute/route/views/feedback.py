"""Terugkoppeling: what is owed, and the composer that gives nothing away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meldroute.domain import days
from meldroute.domain.feedback import Finding
from meldroute.domain.vocabulary import NoFeedback, Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.gate import allowed

from ..actions import feedback as actions
from ..forms.feedback import ComposeForm, NoneForm
from ..forms.trying import tried
from ..models import Feedback
from ..share import answered_in_time
from ..terms import holidays_of
from ..visible import files
from .page import acting, opened, show, to_file

WHO = (Role.MELDPUNT, Role.INTEGRITY)


@allowed(*WHO)
@require_safe
def owed(request: HttpRequest) -> HttpResponse:
    """What is owed, the most pressing first, and the share that heard in time."""
    by = acting(request)
    open_ones = Feedback.objects.filter(signal__in=files(by), given_at__isnull=True, none_because="")
    rows = list(open_ones.select_related("signal").order_by("due_on")[:200])
    free = holidays_of(by.place)
    lines = [{"row": row, "left": days.left(by.today, row.due_on, free)} for row in rows]
    journal.record(by=by, act="look", on="route.feedback", ids=[row.signal_id for row in rows])
    return render(request, "route/feedback.html", {"lines": lines, "share": answered_in_time(by.place, by.today)})


@allowed(*WHO)
@require_safe
def of_signal(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """To the first word that this signal still owes."""
    signal = opened(request, signal_id, "route.Feedback")
    row = signal.feedbacks.filter(given_at__isnull=True, none_because="").order_by("due_on").first()
    if row is None:
        return to_file(request, signal, _("Hier is niets meer terug te koppelen."))
    return redirect("route:feedback-compose", row.id)


@allowed(*WHO)
@require_http_methods(["GET", "POST"])
def compose(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    """Choose how much, see what gives something away, and send."""
    by = acting(request)
    row = get_object_or_404(Feedback.objects.filter(signal__in=files(by)), id=feedback_id)
    signal = opened(request, row.signal_id, "route.Feedback")
    allowed_levels = actions.levels(row)
    subject, text = actions.proposed(row, allowed_levels[-1])
    initial = {"level": allowed_levels[-1].value, "subject": subject, "text": text}
    mail = row.reporter.mail if row.reporter.mail_safe else ""
    shown = _("adres is afgeschermd") if mail and row.reporter.protected else mail
    form = ComposeForm(request.POST or None, allowed=allowed_levels, mail=shown, initial=initial)
    marks: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        word = form.word()
        marks = [_mark(found, word) for found in actions.findings(row, word)]
        sent = "send" in request.POST and not marks and _sent(form, row, word, by)
        if sent:
            return to_file(request, signal, _("De terugkoppeling is gegeven."))
    told: dict[str, Any] = {"form": form, "marks": marks, "row": row, "checked": request.method == "POST"}
    return show(request, "route/feedback_compose.html", signal, _("Terugkoppelen"), **told)


def _sent(form: ComposeForm, row: Feedback, word: actions.Word, by: Acting) -> bool:
    return tried(form, lambda: actions.give(by=by, feedback=row, word=word), by=by, about=row.signal_id) is not None


def _mark(found: Finding, word: actions.Word) -> dict[str, str]:
    source = word.subject if found.part.value == "subject" else word.text
    return {"words": source[found.start : found.end], "why": _(found.why)}


@allowed(*WHO)
@require_http_methods(["GET", "POST"])
def none(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    """Record why this reporter hears nothing."""
    by = acting(request)
    row = get_object_or_404(Feedback.objects.filter(signal__in=files(by)), id=feedback_id)
    signal = opened(request, row.signal_id, "route.Feedback")
    form = NoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because, reason = NoFeedback(form.cleaned_data["because"]), form.cleaned_data["reason"]
        act = lambda: actions.give_none(by=by, feedback=row, because=because, reason=reason)  # noqa: E731
        if tried(form, act, by=by, about=signal.id):
            return to_file(request, signal, _("Vastgelegd."))
    return show(request, "route/work.html", signal, _("Geen terugkoppeling"), form=form)
