"""The routine of a month: its steps, the two buttons, saying what became of a step, and earlier months."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.asked import whole
from meldroute.people.gate import Request, allowed
from meldroute.route.forms.trying import told, tried

from .. import presenting, seeing
from ..actions import mailtest, months, practising
from ..actions.months import ON
from ..forms.saying import SayForm
from ..models import Month, Standing, Step
from ..policies import routine_here
from ..roles import DOERS

FIELDS = {"routine.reason": "reason"}


def _acting(request: HttpRequest) -> Acting:
    return cast(Request, request).acting


@allowed(*DOERS)
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """This month."""
    return _page(request, months.of_now(_acting(request)))


@allowed(*DOERS)
@require_safe
def month(request: HttpRequest, month_id: UUID) -> HttpResponse:
    """A month that was, as it was left."""
    return _page(request, get_object_or_404(Month, id=month_id))


def _page(request: HttpRequest, row: Month) -> HttpResponse:
    by = _acting(request)
    policy, _version = routine_here(by)
    rows = presenting.rows(row, by, policy)
    journal.record(by=by, act="look", on=ON, ids=[row.id])
    shown = {
        "month": row,
        "title": presenting.title_of(row),
        "rows": rows,
        "open": sum(one.step.standing == Standing.OPEN for one in rows),
        "running": bool(months.is_now(row, by)),
        "earlier": [one for one in presenting.earlier(by) if one.month.id != row.id],
        "no_address": not presenting.has_address(by),
    }
    return render(request, "routine/month.html", shown)


@allowed(*DOERS)
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """One step: say what became of it, and what was said."""
    by = _acting(request)
    row = get_object_or_404(Step.objects.select_related("month"), id=step_id)
    standing = row.standing if row.standing != Standing.OPEN else Standing.DONE
    initial = {"standing": standing, "reason": row.reason, "version": row.version}
    form = SayForm(request.POST or None, initial=initial)
    policy, _version = routine_here(by)
    if request.method == "POST" and form.is_valid():
        seen = seeing.see(row, by, policy).kept if months.is_now(row.month, by) else {}
        said = form.said()
        kept = tried(
            form,
            lambda: months.say(by=by, step=row, said=said, seen=seen),
            by=by,
            on=ON,
            about=row.id,
            fields=FIELDS,
        )
        if kept:
            messages.success(request, _("Vastgelegd."))
            return redirect("routine:now")
    return _step(request, row, form)


def _step(request: HttpRequest, row: Step, form: SayForm) -> HttpResponse:
    by = _acting(request)
    events = list(row.events.order_by("-number"))
    names = presenting.names(one.by for one in events)
    lines = [(one, names.get(one.by, ""), Standing(one.standing).label, seeing.words(one.seen)) for one in events]
    journal.record(by=by, act="look", on=ON, ids=[row.month_id, row.id])
    shown = {
        "step": row,
        "title": row.name,
        "month": presenting.title_of(row.month),
        "form": form,
        "running": bool(months.is_now(row.month, by)),
        "events": lines,
    }
    return render(request, "routine/step.html", shown)


@allowed(*DOERS)
@require_POST
def undo(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """Back to what was said before."""
    row = get_object_or_404(Step, id=step_id)
    version = whole(request.POST.get("version", ""))
    _done(
        request,
        lambda: months.undo(by=_acting(request), step=row, version=version),
        _("Teruggezet naar hoe het was."),
        about=row.id,
    )
    return redirect("routine:step", row.id)


@allowed(*DOERS)
@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """Send a test mail to the meldpunt's own mailbox."""
    sent = _("De testmail is onderweg. Kijk over een minuut opnieuw.")
    _done(request, lambda: mailtest.send(by=_acting(request)), sent)
    return redirect("routine:now")


@allowed(Role.MELDPUNT)
@require_POST
def practise(request: HttpRequest) -> HttpResponse:
    """Start this month's practice signal and go to its file."""
    by = _acting(request)
    _done(request, lambda: practising.start(by=by), _("Het oefensignaal staat klaar. Loop er de route mee af."))
    signal = seeing.practice_signal(months.of_now(by))
    return redirect("route:file", signal.id) if signal else redirect("routine:now")


def _done(request: HttpRequest, act: Callable[[], object], said: str, *, about: UUID | None = None) -> None:
    """Do a button's work and say so; what the rules refuse is said instead, with nothing half done."""
    try:
        with transaction.atomic():
            act()
    except Refused as refused:
        code = refused.verdict.code
        journal.record(by=_acting(request), act=f"refused.{code}", on=ON, ids=[about], result=journal.Result.REFUSED)
        messages.error(request, told(refused.verdict))
    else:
        messages.success(request, said)
