"""Postbus: the list of mails, one mail beside its form, and the source as a download."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.domain.vocabulary import Role, Triage, Truth
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.gate import Request, allowed
from meldroute.route.forms.trying import tried
from meldroute.route.visible import files
from meldroute.vault import keys

from .actions import triage as actions
from .actions.ledger import raw_of
from .forms import AddForm, AsideForm, RegisterForm
from .models import Mail

SHOWN = 50
SANDBOX = "sandbox; default-src 'none'"


def _by(request: HttpRequest) -> Acting:
    return cast(Request, request).acting


def _opened(request: HttpRequest, mail_id: UUID) -> Mail:
    mail = get_object_or_404(Mail, id=mail_id)
    journal.record(by=_by(request), act="look", on="intake.Mail", ids=[mail.id, mail.signal_id])
    return mail


@allowed(Role.MELDPUNT)
@require_safe
def triage(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first, and what was settled lately."""
    waiting = list(Mail.objects.filter(state__in=actions.OPEN).order_by("came_at")[:SHOWN])
    settled = list(Mail.objects.exclude(state__in=actions.OPEN).select_related("signal").order_by("-settled_at")[:20])
    keys.preload(mail.key_id for mail in waiting)
    journal.record(by=_by(request), act="look", on="intake.triage", ids=[mail.id for mail in waiting])
    return render(request, "intake/triage.html", {"waiting": waiting, "settled": settled})


def _initial(mail: Mail) -> dict[str, Any]:
    told = mail.reading or {}
    proposal = told.get("proposal", {})
    reporter = proposal.get("reporter") or {}
    place: dict[str, str] = next(iter(proposal.get("places", ())), {})
    return {
        "version": mail.version,
        "source_kind": proposal.get("source_kind") or "",
        "what": told.get("text", "")[:4000],
        "truth": Truth.HEARSAY.value,
        "source": _("de melder"),
        "forms_seen": proposal.get("forms", ()),
        "street": place.get("street", ""),
        "house_number": place.get("number", ""),
        "addition": place.get("addition", ""),
        "postcode": place.get("postcode", ""),
        "name": reporter.get("display", ""),
        "mail": reporter.get("address", "") or mail.sender,
    }


@allowed(Role.MELDPUNT)
@require_http_methods(["GET", "POST"])
def mail(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """The mail as it came beside the form that is filled from it."""
    row, by = _opened(request, mail_id), _by(request)
    is_open = row.state in actions.OPEN
    form = RegisterForm(request.POST or None, initial=_initial(row) if is_open else None)
    if request.method == "POST" and form.is_valid():
        report, version = form.report(), form.cleaned_data["version"]
        made = tried(form, lambda: actions.register(by=by, mail=row, version=version, report=report), by=by)
        if made is not None:
            messages.success(request, _("Geregistreerd als %(number)s.") % {"number": made.reference})
            return redirect("intake:triage") if made.sealed else redirect("route:file", made.id)
    told = {"mail": row, "form": form, "open": is_open, "told": row.reading if row.blob_id else {}}
    return render(request, "intake/mail.html", told)


@allowed(Role.MELDPUNT)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """The mail belongs to a signal that is there; a number in its subject is only a proposal."""
    row, by = _opened(request, mail_id), _by(request)
    told = row.reading or {}
    proposed = files(by).filter(id=row.proposed_signal_id).first() if row.proposed_signal_id else None
    number = proposed.reference if proposed else next(iter(told.get("named", ())), "")
    initial = {"version": row.version, "reference": number, "what": told.get("text", "")[:4000], "truth": "hearsay"}
    form = AddForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        signal = files(by).filter(reference=data["reference"].strip().upper()).first()
        if signal is None:
            form.add_error("reference", _("Dit nummer is er niet, of u mag het niet zien."))
        else:
            what = {"what": data["what"], "truth": Truth(data["truth"]), "version": data["version"]}
            if tried(form, lambda: actions.belongs_to(by=by, mail=row, signal=signal, **what), by=by):
                return redirect("route:file", signal.id)
    return render(request, "intake/work.html", {"mail": row, "form": form, "title": _("Hoort bij een signaal")})


@allowed(Role.MELDPUNT)
@require_http_methods(["GET", "POST"])
def aside(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """Another ondermijning signal, or none: our copy goes on the next working day."""
    row, by = _opened(request, mail_id), _by(request)
    form = AsideForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> bool:
            what = Triage(data["what"])
            actions.set_aside(by=by, mail=row, version=data["version"], what=what, reason=data["reason"])
            return True

        if tried(form, act, by=by):
            messages.success(request, _("Vastgelegd. Onze kopie verdwijnt na de volgende werkdag."))
            return redirect("intake:triage")
    return render(request, "intake/work.html", {"mail": row, "form": form, "title": _("Geen mensenhandel")})


@allowed(Role.MELDPUNT)
@require_POST
def take_back(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """Undo setting a mail aside."""
    row = _opened(request, mail_id)
    actions.take_back(by=_by(request), mail=row, version=int(request.POST.get("version", "0") or 0))
    messages.success(request, _("De mail staat weer in de postbus."))
    return redirect("intake:mail", row.id)


@allowed(Role.MELDPUNT)
@require_safe
def source(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """The bytes as they came, as a download in a sandbox of its own."""
    row = _opened(request, mail_id)
    response = HttpResponse(raw_of(row), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = 'attachment; filename="mail.eml"'
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
