"""One occurrence: how it stands, recording it, undo, and what shows it."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.domain.plan.document import ProofKind
from meldroute.domain.plan.keeping import Status
from meldroute.journal import actions as journal
from meldroute.people.asked import whole
from meldroute.people.gate import allowed
from meldroute.people.proving import fresh
from meldroute.route.forms.trying import tried
from meldroute.vault import scans

from ..actions import recording
from ..forms.recording import GivenForm, RecordForm
from ..models import Occurrence, Proof
from ..presenting import SIGNS
from ..proving import ON
from ..reading import cell, frame_of
from ..roles import READERS, may_record
from .page import acting, done, names, path_of, proof_or_404, show, time_or_404

FIELDS = {"plan.reason": "reason", "plan.done_on": "done_on", "plan.proof": "text", "plan.file": "file"}
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


@allowed(*READERS)
@require_http_methods(["GET", "POST"])
def time(request: HttpRequest, occurrence_id: UUID) -> HttpResponse:
    """How it stands; who may, records it here."""
    by, row = acting(request), time_or_404(occurrence_id)
    told = {"status": row.status, "done_on": row.done_on or by.today, "reason": row.reason, "version": row.version}
    form = RecordForm(request.POST or None, request.FILES or None, initial=told)
    if request.method == "POST" and form.is_valid():
        said, given = form.recorded(), form.given()
        kept = tried(
            form,
            lambda: recording.record(by=by, row=row, told=said, given=given if given else None),
            by=by,
            on=ON,
            about=row.id,
            fields=FIELDS,
        )
        if kept:
            return redirect("plan:time", row.id)
        form = _renewed(form, row)
    return _page(request, time_or_404(occurrence_id), form, GivenForm(prefix="bewijs"))


def _renewed(form: RecordForm, row: Occurrence) -> RecordForm:
    """After a refusal the form carries the version that is shown above it now, so that it can be sent again."""
    now = Occurrence.objects.values_list("version", flat=True).get(id=row.id)
    data = cast(QueryDict, form.data).copy()
    data["version"] = str(now)
    form.data = data
    return form


def _page(request: HttpRequest, row: Occurrence, form: RecordForm, given: GivenForm) -> HttpResponse:
    by = acting(request)
    now = cell(row, list(row.proofs.all()), frame_of(row.action.plan, by.today))
    events = list(row.events.order_by("-at", "-id"))
    removed = list(Proof.objects.filter(occurrence=row).exclude(removed_at=None).order_by("-removed_at")[:10])
    proofs = [*now.proofs, *now.offered]
    known = names([*(one.by for one in events), *(one.by for one in proofs), row.action.owner, row.action.stand_in])
    journal.record(by=by, act="look", on=ON, ids=[row.id])
    return show(
        request,
        "time",
        f"{row.action.title}: {row.key}",
        path_of(row.action, row.key),
        row=row,
        action=row.action,
        sign=SIGNS[now.mark],
        mark=now.mark.label,
        left=(row.due - by.today).days,
        proofs=[_shown(one, known) for one in now.proofs],
        offered=[_shown(one, known) for one in now.offered],
        removed=removed,
        asked=[ProofKind(kind).label for kind in row.action.proof],
        events=[(one, known.get(one.by, ""), Status(one.status).label) for one in events],
        owner=known.get(row.action.owner, ""),
        stand_in=known.get(row.action.stand_in, ""),
        may=bool(may_record(by, row.action)),
        form=form,
        given=given,
    )


def _shown(one: Proof, known: dict[UUID | None, str]) -> dict[str, Any]:
    """A proof with who gave it, and for a file whether it can be fetched."""
    ready = scans.may_leave(one.blob_id) if one.blob_id else None
    return {
        "row": one,
        "kind": ProofKind(one.kind).label,
        "who": known.get(one.by, ""),
        "ready": bool(ready),
        "why": ready.reason if ready is not None and not ready else "",
    }


@allowed(*READERS)
@require_POST
def undo(request: HttpRequest, occurrence_id: UUID) -> HttpResponse:
    """Back to what was said before."""
    by, row = acting(request), time_or_404(occurrence_id)
    version = whole(request.POST.get("version", ""))
    done(
        request,
        lambda: recording.undo(by=by, row=row, version=version),
        _("Teruggezet naar hoe het was."),
        on=ON,
        about=row.id,
    )
    return redirect("plan:time", row.id)


@allowed(*READERS)
@require_POST
def prove(request: HttpRequest, occurrence_id: UUID) -> HttpResponse:
    """Give a proof beside what is recorded."""
    by, row = acting(request), time_or_404(occurrence_id)
    given = GivenForm(request.POST, request.FILES, prefix="bewijs")
    if given.is_valid():
        told = given.given()
        kept = tried(
            given,
            lambda: recording.prove(by=by, row=row, given=told, on=by.today),
            by=by,
            on=ON,
            about=row.id,
            fields=FIELDS,
        )
        if kept:
            return redirect("plan:time", row.id)
    initial = {"status": row.status, "done_on": row.done_on or by.today, "version": row.version}
    return _page(request, time_or_404(occurrence_id), RecordForm(initial=initial), given)


def _button(request: HttpRequest, proof_id: UUID, act: Any, said: str) -> HttpResponse:
    proof = proof_or_404(proof_id)
    done(request, lambda: act(by=acting(request), proof=proof), said, on=ON, about=proof.occurrence_id)
    return redirect("plan:time", proof.occurrence_id)


@allowed(*READERS)
@require_POST
def accept(request: HttpRequest, proof_id: UUID) -> HttpResponse:
    """What the program saw counts here."""
    return _button(request, proof_id, recording.accept, _("Dit telt nu mee."))


@allowed(*READERS)
@require_POST
def remove(request: HttpRequest, proof_id: UUID) -> HttpResponse:
    """It shows nothing after all."""
    return _button(request, proof_id, recording.remove, _("Weggehaald. Terugzetten kan hieronder."))


@allowed(*READERS)
@require_POST
def bring_back(request: HttpRequest, proof_id: UUID) -> HttpResponse:
    """Undo removing."""
    return _button(request, proof_id, recording.bring_back, _("Teruggezet."))


@allowed(*READERS)
@fresh("look")
@require_safe
def file(request: HttpRequest, proof_id: UUID) -> HttpResponse:
    """The file of a proof as a download."""
    proof = proof_or_404(proof_id)
    if proof.blob_id is None:
        raise Http404
    held: list[bytes] = []
    if not done(
        request,
        lambda: held.append(recording.fetch(by=acting(request), proof=proof)),
        "",
        on="plan.Proof",
        about=proof.id,
    ):
        return redirect("plan:time", proof.occurrence_id)
    response = HttpResponse(held[0], content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, proof.file_name) or "attachment"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
