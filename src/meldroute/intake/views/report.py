"""Melden: the form for colleagues and for partners with an account."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.domain.terms import INTERIM, RECEIPT
from meldroute.domain.vocabulary import Channel, Role, SourceKind, State
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.gate import Request, allowed
from meldroute.people.models import Membership, Organisation, User
from meldroute.route.models import Reporter
from meldroute.route.terms import terms_of

from ..actions.reporting import MAY_REPORT
from . import steps
from .steps import Door

KIND = "report"
STEPS = {
    "ask": "intake:report",
    "form": "intake:report-form",
    "draft": "intake:report-draft",
    "check": "intake:report-check",
}


def _door(request: HttpRequest) -> Door:
    by, user = cast(Request, request).acting, cast(User, request.user)
    who: dict[str, Any] = {"name": user.name, "mail": user.email, "user_id": user.id, **_source(by)}
    outside = by.is_any(Role.PARTNER_REPORTER)
    channel = Channel.PARTNER_FORM if outside else Channel.INTERNAL_FORM
    return Door(by=by, kind=KIND, channel=channel, address=lambda name: reverse(STEPS[name]), who=who)


def _source(by: Acting) -> dict[str, Any]:
    """As whom somebody reports: their organisation, the handhaver, or another official."""
    if by.is_any(Role.PARTNER_REPORTER):
        row = Membership.objects.filter(user_id=by.person, municipality_id=by.place, organisation_id__isnull=False)
        partner = Organisation.objects.filter(id__in=row.values("organisation_id")).first()
        kind = SourceKind(partner.source) if partner else SourceKind.OTHER_PARTNER
        return {"source_kind": kind, "organisation_id": partner.id if partner else None}
    if by.is_any(Role.ENFORCEMENT):
        return {"source_kind": SourceKind.ENFORCEMENT}
    return {"source_kind": SourceKind.OFFICIAL}


@allowed(*MAY_REPORT)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Step 1: urgency."""
    return steps.ask(request, _door(request))


@allowed(*MAY_REPORT)
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest) -> HttpResponse:
    """Step 2: the form."""
    return steps.fill(request, _door(request))


@allowed(*MAY_REPORT)
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """The draft, while somebody types."""
    return steps.keep(request, _door(request))


@allowed(*MAY_REPORT)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Step 3: looking it over, and sending."""
    response, made = steps.look_over(request, _door(request))
    return redirect("intake:report-received", made.id) if made else response


@allowed(*MAY_REPORT)
@require_safe
def received(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """The receipt: number, what happens next, and when one hears."""
    by = cast(Request, request).acting
    row = get_object_or_404(Reporter.objects.select_related("signal"), signal_id=signal_id, user_id=by.person)
    journal.record(by=by, act="look", on="route.mine", ids=[row.signal_id])
    told = {"reference": row.signal.reference, "hears": row.wants_feedback, "sealed": row.signal.sealed}
    return render(request, "intake/report_received.html", told | after(by) | {"base": "base.html"})


def after(by: Acting) -> dict[str, Any]:
    """When the reporter hears: last day of the receipt, working days of the rest."""
    terms = terms_of(by.place)
    named = terms.named
    return {
        "receipt_by": terms.due_for(RECEIPT, by.today),
        "receipt_days": named[RECEIPT],
        "interim_days": named[INTERIM],
        "feedback_days": terms.states.get(State.FEEDBACK_DUE),
    }
