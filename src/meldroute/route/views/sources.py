"""Sources: which may be asked, hit or no hit, content after a hit, and the log of the open internet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meldroute.domain.route import Decision, Event, may
from meldroute.domain.source_register import Source
from meldroute.domain.verdict import require
from meldroute.domain.vocabulary import Check, Role
from meldroute.journal.acting import Acting
from meldroute.people.gate import allowed
from meldroute.sources.models import Hit, Query

from ..actions import asking
from ..forms import sources as forms
from ..forms.trying import told, tried
from ..models import Signal
from ..policies import sources_of
from ..situation import situation_of
from ..visible import file_or_404
from .page import acting, opened, show

WHO = (Role.MELDPUNT, Role.INTEGRITY)


@allowed(*WHO)
@require_safe
def sources(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """The register with what was asked; a closed source says why and who can help."""
    signal, by = opened(request, signal_id, "sources.Query"), acting(request)
    situation = situation_of(signal, by)
    register, _version = sources_of(signal.municipality_id)
    queries = list(asking.signal_queries(signal).filter(round=signal.round))
    rows = []
    for source in register.values():
        verdict = asking.closed(source)
        verdict = verdict and may(situation, Event.ASK_SOURCE, by.roles, source=source.id)
        asked = [_asked(row) for row in queries if row.source == source.id]
        why = "" if verdict else told(verdict)
        rows.append({"source": source, "why": why, "asked": asked, "ask": _ask_url(signal, source)})
    rows.sort(key=lambda row: bool(row["why"]))  # what may be asked comes first
    missed = any(row.hit == Hit.NONE for row in queries)
    return show(request, "route/sources.html", signal, _("Bronnen"), rows=rows, missed=_ways(signal) if missed else ())


def _ask_url(signal: Signal, source: Source) -> str:
    if source.id == asking.INTERNET:
        return reverse("route:internet", args=[signal.id])
    return reverse("route:source-ask", args=[signal.id, source.id])


def _asked(row: Query) -> dict[str, Any]:
    return {"row": row, "hit": _(row.get_hit_display()), "url": reverse("route:source", args=[row.signal_id, row.id])}


def _ways(signal: Signal) -> list[dict[str, str]]:
    """No hit says little; the four ways on (domain rules §2)."""
    decide = reverse("route:decide", args=[signal.id])
    return [
        {"label": _("Waarneming vragen"), "url": reverse("route:task-give", args=[signal.id])},
        {
            "label": _("Andere bron (nieuwe toets)"),
            "url": reverse("route:check-ask", args=[signal.id, Check.ONE.value]),
        },
        {"label": _("Naar het signalenoverleg"), "url": f"{decide}?besluit={Decision.TO_AGENDA.value}"},
        {"label": _("Stoppen"), "url": f"{decide}?besluit={Decision.NOT_CONFIRMED.value}"},
    ]


@allowed(*WHO)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, signal_id: UUID, source: str) -> HttpResponse:
    """Ask one source."""
    signal, by = opened(request, signal_id, "sources.Query"), acting(request)
    found = _open_source(signal, by, source)
    form = forms.QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        question = form.cleaned_data["reason"]
        made = tried(
            form,
            lambda: asking.ask_source(by=by, signal=signal, source=source, question=question),
            by=by,
            about=signal.id,
        )
        if made:
            return redirect("route:source", signal.id, made.id)
    return show(request, "route/source_ask.html", signal, found.label, form=form, source=found)


def _open_source(signal: Signal, by: Acting, name: str) -> Source:
    """The source, when it may be asked now. Raises Refused with why not and who can help."""
    found = asking.source_of(signal.municipality_id, name)
    require(asking.closed(found))
    require(may(situation_of(signal, by), Event.ASK_SOURCE, by.roles, source=name))
    return found


@allowed(*WHO)
@require_http_methods(["GET", "POST"])
def source(request: HttpRequest, signal_id: UUID, query_id: UUID) -> HttpResponse:
    """One question to a source, step by step: hit, reason, content."""
    signal, by = opened(request, signal_id, "sources.Query"), acting(request)
    row = get_object_or_404(Query, id=query_id, signal_id=signal.id)
    found = asking.source_of(signal.municipality_id, row.source)
    form = _step_form(request, row, found, by)
    if form is not None and request.method == "POST" and form.is_valid() and _step(form, signal, row, by):
        if isinstance(form, forms.ContentForm):
            messages.success(request, _("Wat de bron zegt, staat als feit in het dossier."))
            return redirect("route:sources", signal.id)
        return redirect("route:source", signal.id, row.id)
    told = {"row": row, "source": found, "form": form, "missed": _ways(signal) if row.hit == Hit.NONE else ()}
    return show(request, "route/source.html", signal, found.label, hit=_(row.get_hit_display()), **told)


Step = forms.HitForm | forms.OpenForm | forms.ContentForm


def _step_form(request: HttpRequest, row: Query, found: Source, by: Acting) -> Step | None:
    if row.hit == Hit.ASKED:
        return forms.HitForm(request.POST or None)
    if row.hit == Hit.NONE:
        return None
    if row.opened_at is None:
        return forms.OpenForm(request.POST or None)
    return forms.ContentForm(request.POST or None, source=found, initial={"observed_on": by.today})


def _step(form: Step, signal: Signal, row: Query, by: Acting) -> bool:
    """Record the step that this form is about; False with the refusal on the form."""

    def act() -> bool:
        if isinstance(form, forms.HitForm):
            asking.answer_source(by=by, signal=signal, query=row, hit=form.cleaned_data["hit"] == "hit")
        elif isinstance(form, forms.OpenForm):
            asking.open_content(by=by, signal=signal, query=row, why=form.cleaned_data["reason"])
        else:
            asking.record_content(by=by, signal=signal, query=row, statement=form.statement(row))
        return True

    return bool(tried(form, act, by=by, about=signal.id))


@allowed(*WHO)
@require_http_methods(["GET", "POST"])
def internet(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Log one page of the open internet; only where the municipality opened it."""
    signal, by = file_or_404(acting(request), signal_id), acting(request)
    found = _open_source(signal, by, asking.INTERNET)
    form = forms.InternetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        url, why = form.cleaned_data["url"], form.cleaned_data["reason"]
        act = lambda: asking.log_internet(by=by, signal=signal, url=url, why=why)  # noqa: E731
        if row := tried(form, act, by=by, about=signal.id):
            return redirect("route:source", signal.id, row.id)
    return show(request, "route/source_ask.html", signal, found.label, form=form, source=found)
