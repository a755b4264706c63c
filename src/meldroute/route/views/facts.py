"""Noting what is known: observations, who and where, identities behind a reason, attachments."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meldroute.domain.vocabulary import Role, SubjectKind
from meldroute.people.gate import allowed

from ..actions import attaching, facts, subjects
from ..forms.access import ReasonForm
from ..forms.facts import FIELD, AttachmentForm, ObservationForm, SubjectForm
from ..forms.trying import tried
from ..models import Attachment, Signal, Subject
from ..visible import READERS, must_work
from .page import acting, opened, show, to_file

WORKS = (Role.MELDPUNT, Role.INTEGRITY)
ASKED = {
    SubjectKind.PERSON: ("name", "born", "note"),
    SubjectKind.ADDRESS: ("street", "house_number", "addition", "postcode", "town", "note"),
    SubjectKind.BUSINESS: ("name", "kvk", "note"),
    SubjectKind.VEHICLE: ("plate", "note"),
    SubjectKind.PHONE: ("number", "note"),
    SubjectKind.WEBSITE: ("url", "note"),
}
SANDBOX = "sandbox; default-src 'none'"


@allowed(*WORKS)
@require_http_methods(["GET", "POST"])
def observe(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Add an observation."""
    signal, by = opened(request, signal_id, "route.Observation"), acting(request)
    must_work(signal, by)
    known = [(row.id, row.label) for row in signal.subjects.order_by("at")]
    form = ObservationForm(request.POST or None, subjects=known, initial={"observed_on": by.today})
    if request.method == "POST" and form.is_valid():
        statement = form.statement()
        if tried(form, lambda: facts.observe(by=by, signal=signal, statement=statement), by=by, about=signal.id):
            return to_file(request, signal, _("De waarneming staat in het dossier."))
    return show(request, "route/work.html", signal, _("Waarneming toevoegen"), form=form)


@allowed(*WORKS)
@require_http_methods(["GET", "POST"])
def subject(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Add a person, place, business, vehicle, phone or website: first which, then what is known."""
    signal, by = opened(request, signal_id, "route.Subject"), acting(request)
    must_work(signal, by)
    wanted = request.GET.get("soort", "")
    if wanted not in {kind.value for kind in SubjectKind}:
        whom = [{"label": _(kind.label), "url": f"?soort={kind.value}"} for kind in SubjectKind]
        return show(request, "route/subject_kind.html", signal, _("Persoon of plaats toevoegen"), whom=whom)
    kind = SubjectKind(wanted)
    names = tuple(name for name in ASKED[kind] if name in FIELD)
    form = SubjectForm(request.POST or None, kind=kind, names=names)
    if request.method == "POST" and form.is_valid() and _added(form, signal, kind, request):
        return to_file(request, signal, _("Toegevoegd."))
    return show(request, "route/work.html", signal, _(kind.label).capitalize(), form=form)


def _added(form: SubjectForm, signal: Signal, kind: SubjectKind, request: HttpRequest) -> Subject | None:
    by = acting(request)

    def act() -> Subject:
        return subjects.add_subject(
            by=by, signal=signal, kind=kind, role=form.role_given, told=form.told, minor=form.is_minor
        )

    return tried(form, act, by=by, about=signal.id)


@allowed(*READERS)
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, signal_id: UUID, subject_id: UUID) -> HttpResponse:
    """The identity behind a label, after a reason that is kept."""
    signal, by = opened(request, signal_id, "route.Subject"), acting(request)
    row = get_object_or_404(Subject, id=subject_id, signal=signal)
    form = ReasonForm(request.POST or None)
    told = None
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        told = tried(form, lambda: subjects.open_card(by=by, subject=row, reason=reason), by=by, about=signal.id)
    items = [
        {"term": FIELD[name].label if name in FIELD else name, "text": text} for name, text in (told or {}).items()
    ]
    return show(request, "route/card.html", signal, row.label, form=form, items=items)


@allowed(*WORKS)
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
            return redirect("route:file", signal.id)
    return show(request, "route/work.html", signal, _("Bijlage toevoegen"), form=form)


@allowed(*READERS)
@require_safe
def attachment(request: HttpRequest, signal_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Download a file: never shown inside the page, in a sandbox of its own."""
    signal, by = opened(request, signal_id, "route.Attachment"), acting(request)
    row = get_object_or_404(Attachment, id=attachment_id, signal=signal)
    response = HttpResponse(attaching.fetch(by=by, attachment=row), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, row.name) or "attachment"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
