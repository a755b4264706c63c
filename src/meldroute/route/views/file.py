"""The file of one signal: what is known, who and where, what to do now, and everything that happened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meldroute.domain import days
from meldroute.domain.term import gettext_noop
from meldroute.domain.vocabulary import SubjectKind
from meldroute.journal.acting import Acting
from meldroute.people.gate import allowed

from .. import feedback_lists, reading, titles
from ..actions import access
from ..actions.timeline import looked
from ..attachments import attachments_of
from ..forms.access import ReasonForm
from ..forms.trying import tried
from ..history import history, names_of
from ..models import Signal
from ..now import now_of
from ..sentences import Heading
from ..visible import READERS, WORKERS, file_or_404, is_asked, is_locked, may_work
from .page import acting, opened, show

FIRST_LINES = 12
MORE = (
    ("route:weighings", gettext_noop("Wegingen")),
    ("route:checks", gettext_noop("Privacytoetsen")),
    ("route:sources", gettext_noop("Bronnen")),
    ("route:signal-tasks", gettext_noop("Taken")),
    ("route:hand-overs", gettext_noop("Overgedragen en gedeeld")),
)


@allowed(*READERS)
@require_safe
def file(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Everything on one page; the look is journalled. A locked one asks for a reason first."""
    by = acting(request)
    signal = file_or_404(by, signal_id)
    if is_locked(signal, by):
        return redirect("route:unlock", signal.id)
    looked(signal, by=by)
    return render(request, "route/file.html", _frame(signal, by) | _known(signal, by))


def _frame(signal: Signal, by: Acting) -> dict[str, Any]:
    """What the signal is, where it stands and what is asked now."""
    return {
        "signal": signal,
        "title": titles.title_of(signal),
        "reported": titles.reported_by(signal),
        "path": [{"label": _("Signalen"), "url": reverse("route:queue")}, {"label": signal.reference, "url": ""}],
        "day": (by.today - days.local_date(signal.received_at)).days + 1,
        "steps": [_(step) for step in titles.STEPS],
        "step": titles.step_of(signal),
        "state": titles.state_of(signal),
        "outcome": titles.outcome_of(signal) if signal.outcome else "",
        "now": now_of(signal, by),
        "asked": is_asked(signal, by),
        "handler": names_of([signal.handler_id]).get(str(signal.handler_id), ""),
        "mine": signal.handler_id == by.user_id,
        "access": reading.access_words(signal, by),
        "until": reading.until_words(signal, by),
        "insider": by.is_any(*WORKERS),
    }


def _known(signal: Signal, by: Acting) -> dict[str, Any]:
    """What is known, for who may read it, with the ways to add for who may write."""
    works = bool(may_work(signal, by))
    lines = history(signal, by)
    return {
        "works": works,
        "facts": reading.facts_of(signal, by, works=works),
        "subjects": reading.subjects_of(signal, by),
        "kinds": [(kind.value, _(kind.label)) for kind in SubjectKind],
        "parts": reading.parts_of(signal),
        "attachments": attachments_of(signal),
        "links": reading.links_of(signal, by),
        "reporters": list(signal.reporters.order_by("at")) if by.is_any(*WORKERS) else [],
        "words": feedback_lists.of_signal(signal, by) if by.is_any(*WORKERS) else [],
        "more": [{"label": _(label), "url": reverse(name, args=[signal.id])} for name, label in MORE],
        "lines": lines[:FIRST_LINES],
        "older": max(len(lines) - FIRST_LINES, 0),
    }


@allowed(*WORKERS)
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """A signal that was not taken up opens with a reason (model protocol, step 2)."""
    by = acting(request)
    signal = file_or_404(by, signal_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if tried(form, lambda: access.open_with_reason(by=by, signal=signal, reason=reason), by=by, about=signal.id):
            return redirect("route:file", signal.id)
    looked(signal, by=by, at="route.locked")
    note = _("Dit signaal is niet in behandeling genomen en gesloten. De inhoud opent één dag, met een reden.")
    told = {"form": form, "note": note, "label": _("Open de inhoud"), "file_url": reverse("route:queue")}
    return show(request, "route/work.html", signal, _("Gesloten signaal openen"), **told)


@allowed(*READERS)
@require_safe
def timeline(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """The whole timeline, or one kind of it; made to print."""
    signal, by = opened(request, signal_id, "route.timeline"), acting(request)
    chosen = request.GET.get("soort", "")
    heading = Heading(chosen) if chosen in {h.value for h in Heading} else None
    told = {
        "lines": history(signal, by, heading),
        "headings": [(h.value, _(h.label), h is heading) for h in Heading],
        "chosen": heading,
    }
    return show(request, "route/timeline.html", signal, _("Tijdlijn"), **told)
