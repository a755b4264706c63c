"""Postbus: the list of mails, one mail beside its form, and its files as downloads."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no, require
from meldroute.domain.vocabulary import Role, Triage, Truth
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.asked import whole
from meldroute.people.gate import Request, allowed
from meldroute.people.proving import fresh
from meldroute.route.forms.trying import tried
from meldroute.route.models import Signal
from meldroute.route.visible import files
from meldroute.vault import scans

from .. import reading
from ..actions import triage as actions
from ..actions.ledger import raw_of
from ..forms.triage import AddForm, AsideForm, RegisterForm
from ..models import Mail

READERS = (Role.MELDPUNT, Role.INTEGRITY)
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def acting(request: HttpRequest) -> Acting:
    """Who asks."""
    return cast(Request, request).acting


def _opened(request: HttpRequest, mail_id: UUID) -> Mail:
    """The mail, with the look at it journalled; a sealed one looks absent to all but its trusted readers."""
    mail = get_object_or_404(Mail.objects.select_related("signal"), id=mail_id)
    journal.record(by=acting(request), act="look", on="intake.Mail", ids=[mail.id, mail.signal_id])
    return mail


def _readable(request: HttpRequest, mail_id: UUID, act: str = "look") -> Mail:
    """The mail, with `act` journalled; a protected reporter's is refused."""
    mail = get_object_or_404(Mail.objects.select_related("signal"), id=mail_id)
    if not mail.blob_id:
        raise Http404
    if not reading.is_readable(mail, acting(request)):
        reason = gettext_noop("De melder is afgeschermd. Vraag het in het dossier, met een reden.")
        raise Refused(no(reason, "decisions, Mail in", "mail.protected", (Role.MELDPUNT,)))
    journal.record(by=acting(request), act=act, on="intake.Mail", ids=[mail.id, mail.signal_id])
    return mail


def _leaving(request: HttpRequest, mail_id: UUID) -> Mail:
    """A mail whose bytes may go to somebody's computer: scanned as a whole, every file in it too."""
    mail = _readable(request, mail_id, "mail.raw")
    if mail.blob_id:
        require(scans.may_leave(mail.blob_id))
    return mail


@allowed(*READERS)
@require_safe
def triage(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first, and what was settled."""
    by = acting(request)
    waiting = reading.open_mails()
    settled = Mail.objects.exclude(state__in=actions.OPEN).select_related("signal").order_by("-settled_at", "id")
    page = Paginator(settled, reading.PAGE).get_page(request.GET.get("page"))
    journal.record(by=by, act="look", on="intake.triage", ids=[mail.id for mail in [*waiting, *page]])
    told = {
        "waiting": reading.shown(waiting, by),
        "needs_hand": sum(mail.state == Triage.NEEDS_HAND for mail in waiting),
        "settled": reading.shown(list(page), by),
        "page": page,
        "troubles": reading.troubles(by) if by.is_any(Role.MELDPUNT) else [],
        "meldpunt": by.is_any(Role.MELDPUNT),
    }
    return render(request, "intake/triage.html", told)


def _show(request: HttpRequest, mail: Mail, form: RegisterForm | None) -> HttpResponse:
    by = acting(request)
    readable = reading.is_readable(mail, by)
    before, after = reading.neighbours(mail)
    told = {
        "mail": mail,
        "form": form,
        "open": mail.state in actions.OPEN,
        "readable": readable,
        "told": mail.reading if readable else {},
        "parts": reading.parts(mail) if readable else [],
        "scan": reading.scan_of(mail),
        "proposed": reading.proposed(mail, by),
        "may_take_back": actions.may_take_back(mail, by.at),
        "before": before,
        "after": after,
    }
    return render(request, "intake/mail.html", told)


@allowed(*READERS)
@require_http_methods(["GET", "POST"])
def mail(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """The mail as it came beside the form that is filled from it."""
    row, by = _opened(request, mail_id), acting(request)
    if request.method == "GET" and row.state not in actions.OPEN:
        return _show(request, row, None)
    form = RegisterForm(request.POST or None, initial=reading.register_initial(row))
    if request.method == "POST" and form.is_valid():
        report, version = form.report(), form.cleaned_data["version"]
        made = tried(form, lambda: actions.register(by=by, mail=row, version=version, report=report), by=by)
        if made is not None:
            messages.success(request, _("Geregistreerd als %(number)s.") % {"number": made.reference})
            return redirect("intake:triage") if made.sealed else redirect("route:file", made.id)
    return _show(request, row, None if row.sealed else form)


@allowed(*READERS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """The mail belongs to a signal that is there; a number in its subject is only a proposal."""
    row, by = _readable(request, mail_id), acting(request)
    signal = reading.proposed(row, by)
    form = AddForm(request.POST or None, initial=reading.add_initial(row, signal))
    if request.method == "POST" and form.is_valid():
        made = _added(form, row, by)
        if made is not None:
            messages.success(request, _("Toegevoegd aan %(number)s.") % {"number": made.reference})
            return redirect("route:file", made.id)
    told = {"mail": row, "form": form, "proposed": signal, "title": _("Hoort bij een bestaand signaal")}
    return render(request, "intake/work.html", told)


def _added(form: AddForm, row: Mail, by: Acting) -> Signal | None:
    told = form.cleaned_data
    found = files(by).filter(reference=told["reference"].strip().upper()).first()
    if found is None:
        form.add_error("reference", _("Er is geen signaal met dit nummer dat voor u open is."))
        return None

    def act() -> Signal:
        return actions.belongs_to(
            by=by,
            mail=row,
            version=told["version"],
            signal=found,
            what=told["what"],
            truth=Truth(told["truth"]),
            source=told["source"],
        )

    return tried(form, act, by=by, about=found.id)


@allowed(*READERS)
@require_http_methods(["GET", "POST"])
def aside(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """Another ondermijning signal, or none: our copy goes on the next working day."""
    row, by = _readable(request, mail_id), acting(request)
    initial = {"version": row.version, "what": request.GET.get("wat", "")}
    form = AsideForm(request.POST or None, initial=initial)
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


@allowed(*READERS)
@require_POST
def take_back(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """Undo setting a mail aside."""
    row = _opened(request, mail_id)
    actions.take_back(by=acting(request), mail=row, version=whole(request.POST.get("version", "")))
    messages.success(request, _("De mail staat weer in de postbus."))
    return redirect("intake:mail", row.id)


@allowed(*READERS)
@fresh("look")
@require_safe
def source(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """The bytes as they came."""
    row = _leaving(request, mail_id)
    return download(raw_of(row), "mail.eml")


@allowed(*READERS)
@fresh("look")
@require_safe
def part(request: HttpRequest, mail_id: UUID, number: int) -> HttpResponse:
    """One attachment (from 1); never shown, always downloaded."""
    row = _leaving(request, mail_id)
    found = actions.parts_of(row)
    if not 1 <= number <= len(found):
        raise Http404
    return download(found[number - 1].data, found[number - 1].filename)


def download(body: bytes, name: str) -> HttpResponse:
    """Bytes of somebody else: nothing in them may run or be shown by the browser."""
    response = HttpResponse(body, content_type="application/octet-stream")
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "._- ") else "_" for char in name)
    response.headers["Content-Disposition"] = f'attachment; filename="{plain}"'
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
