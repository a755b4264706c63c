"""Noting what is known: observations and their corrections, coded parts, attachments."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.people.gate import allowed
from meldroute.people.models import Organisation
from meldroute.people.proving import fresh

from ..actions import attaching, elements, facts
from ..forms.facts import AttachmentForm, CorrectionForm, ElementForm, ObservationForm
from ..forms.trying import tried
from ..models import Attachment, Element, Observation, Signal
from ..reading import parts_of
from ..visible import READERS, WORKERS, must_work
from .page import acting, opened, show, to_file, unlocked

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def _subjects(signal: Signal) -> list[tuple[UUID, str]]:
    rows = signal.subjects.filter(valid_until__isnull=True).order_by("at")
    return [(row.id, row.label) for row in rows]


@allowed(*WORKERS)
@require_http_methods(["GET", "POST"])
def observe(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Add an observation."""
    signal, by = opened(request, signal_id, "route.Observation"), acting(request)
    must_work(signal, by)
    form = ObservationForm(request.POST or None, subjects=_subjects(signal), initial={"observed_on": by.today})
    if request.method == "POST" and form.is_valid():
        statement = form.statement()
        if tried(form, lambda: facts.observe(by=by, signal=signal, statement=statement), by=by, about=signal.id):
            return to_file(request, signal, _("De waarneming staat in het dossier."))
    return show(request, "route/observation.html", signal, _("Waarneming toevoegen"), form=form)


@allowed(*WORKERS)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, signal_id: UUID, observation_id: UUID) -> HttpResponse:
    """A new observation in the place of the old; then who received the old one."""
    signal, by = opened(request, signal_id, "route.Observation"), acting(request)
    must_work(signal, by)
    old = get_object_or_404(Observation, id=observation_id, signal=signal)
    form = CorrectionForm(request.POST or None, subjects=_subjects(signal), initial=_initial(old))
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"statement": form.statement(), "why": form.cleaned_data["why"]}
        if tried(form, lambda: facts.correct(by=by, observation=old, **given), by=by, about=signal.id):
            return redirect("route:recall", signal.id, old.id)
    return show(request, "route/observation.html", signal, _("Waarneming verbeteren"), form=form, old=old)


def _initial(old: Observation) -> dict[str, Any]:
    names = "truth text source source_kind observed_on confidence capacity category expires_on"
    told = {name: getattr(old, name) for name in names.split()}
    provided = facts.provision_of(old)
    police = (
        {
            "wpg_ground": provided.ground,
            "wpg_on": provided.on,
            "wpg_provider": provided.provider,
            "wpg_purpose": provided.purpose,
        }
        if provided
        else {}
    )
    return told | police | {"subject": str(old.subject_id or "")}


def _recall(on: date, signal: Signal) -> str:
    """The proposed letter, always in Dutch: it goes to the partner."""
    with override("nl"):
        return _(facts.RECALL) % {"day": date_format(on, "j F Y"), "reference": signal.reference}


@allowed(*WORKERS)
@require_safe
def recall(request: HttpRequest, signal_id: UUID, observation_id: UUID) -> HttpResponse:
    """Who received a corrected observation, each with the proposed recall."""
    signal = opened(request, signal_id, "route.Observation")
    old = get_object_or_404(Observation, id=observation_id, signal=signal)
    organisations = dict(Organisation.objects.values_list("id", "name"))
    rows = [
        {
            "who": organisations.get(row.organisation_id, "") if row.organisation_id else "",
            "kind": _(row.recipient.label),
            "on": row.on,
            "text": _recall(row.on, signal),
        }
        for row in facts.received(old)
    ]
    return show(request, "route/recall.html", signal, _("Wie kreeg de oude waarneming?"), rows=rows, old=old)


@allowed(*WORKERS)
@require_http_methods(["GET", "POST"])
def parts(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Act, means and aim, each apart; for a minor no means is needed."""
    signal, by = opened(request, signal_id, "route.Element"), acting(request)
    must_work(signal, by)
    form = ElementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        part, code = form.part_and_code
        given = {"part": part, "code": code, "note": form.cleaned_data["note"]}
        if tried(form, lambda: elements.add_element(by=by, signal=signal, **given), by=by, about=signal.id):
            return redirect("route:parts", signal.id)
    no_means = "" if elements.means_needed(signal) else _(elements.NO_MEANS)
    told = {"form": form, "parts": parts_of(signal), "no_means": no_means}
    return show(request, "route/parts.html", signal, _("Handeling, middel en doel"), **told)


@allowed(*WORKERS)
@require_POST
def part_end(request: HttpRequest, signal_id: UUID, element_id: UUID) -> HttpResponse:
    """Take a coded part back."""
    signal, by = opened(request, signal_id, "route.Element"), acting(request)
    row = get_object_or_404(Element, id=element_id, signal=signal, ended_at__isnull=True)
    elements.end_element(by=by, element=row)
    return redirect("route:parts", signal.id)


@allowed(*WORKERS)
@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Add a file."""
    signal, by = opened(request, signal_id, "route.Attachment"), acting(request)
    must_work(signal, by)
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        name, body = upload.name, upload.read()
        if tried(form, lambda: attaching.attach(by=by, signal=signal, name=name, body=body), by=by, about=signal.id):
            return to_file(request, signal, _("De bijlage staat in het dossier."))
    return show(request, "route/work.html", signal, _("Bijlage toevoegen"), form=form)


@allowed(*READERS)
@fresh("look")
@require_safe
def attachment(request: HttpRequest, signal_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Download a file, without its hidden data unless `?origineel`: never inside the page, in a sandbox of its own."""
    signal, by = unlocked(request, signal_id), acting(request)
    row = get_object_or_404(Attachment, id=attachment_id, signal=signal)
    fetch = attaching.fetch_original if "origineel" in request.GET else attaching.fetch
    response = HttpResponse(fetch(by=by, attachment=row), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, row.name) or "attachment"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
