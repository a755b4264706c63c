"""The form behind a partner's link: no account, one organisation, a few uses, an end."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.domain.verdict import Verdict
from meldroute.domain.vocabulary import Channel, SourceKind
from meldroute.journal.acting import Acting
from meldroute.people import attempts
from meldroute.people.gate import Request, public
from meldroute.people.models import Municipality, Organisation
from meldroute.people.unit import NotHere, enter

from ..actions import links
from ..models import PartnerLink
from . import steps
from .report import after
from .steps import Door

CODE = 14
"""Characters of the random code that keeps the drafts of one link apart."""
SENT = "partner_reports"
STEPS = {
    "ask": "intake:partner",
    "form": "intake:partner-form",
    "draft": "intake:partner-draft",
    "check": "intake:partner-check",
}


def _link(request: HttpRequest, token: str) -> PartnerLink | None:
    """The link of a token that we signed; enters its municipality as the system."""
    named = links.read_token(token)
    if named is None:
        return None
    asked = cast(Request, request)
    was = asked.acting
    try:
        asked.acting = enter(Acting(None, named.municipality_id, at=was.at, origin=was.origin))
    except NotHere:
        return None
    return PartnerLink.objects.filter(id=named.link_id).first()


def _over(request: HttpRequest, link: PartnerLink | None, verdict: Verdict | None) -> HttpResponse:
    """A clear page: why the link does not work and what to do instead."""
    place = Municipality.objects.filter(id=link.municipality_id).first() if link else None
    reason = _("Deze link klopt niet.") if verdict is None else _(verdict.reason)
    return render(request, "intake/link_over.html", {"reason": reason, "place": place}, status=410 if link else 404)


def behind(view: Callable[[HttpRequest, Door], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the door behind a link that works; another link gets the page that says so."""

    @wraps(view)
    def inner(request: HttpRequest, token: str, code: str = "") -> HttpResponse:
        asked = cast(Request, request)
        guess = attempts.link(request, asked.acting.at)
        if not guess.may():
            return render(request, "people/link_too_often.html", status=429)
        link = _link(request, token)
        if link is None:
            asked.wrong_tries.append(guess)
        verdict = links.works(link, asked.acting.at) if link else None
        if link is None or not verdict:
            return _over(request, link, verdict)
        return view(request, _door(request, link, token, code))

    return inner


def _door(request: HttpRequest, link: PartnerLink, token: str, code: str) -> Door:
    by = cast(Request, request).acting
    partner = Organisation.objects.get(id=link.organisation_id)
    code = code or secrets.token_hex(CODE // 2)

    def address(name: str) -> str:
        return reverse(STEPS[name], args=[token] if name == "ask" else [token, code])

    return Door(
        by=by,
        kind=f"p-{code[:CODE]}",
        channel=Channel.PARTNER_FORM,
        address=address,
        who={"source_kind": SourceKind(partner.source), "organisation_id": partner.id},
        base="base_public.html",
        partner=True,
        before=lambda: links.use(link, by=by),
    )


@public
@require_http_methods(["GET", "POST"])
@behind
def ask(request: HttpRequest, door: Door) -> HttpResponse:
    """Step 1: urgency."""
    return steps.ask(request, door)


@public
@require_http_methods(["GET", "POST"])
@behind
def fill(request: HttpRequest, door: Door) -> HttpResponse:
    """Step 2: the form."""
    return steps.fill(request, door)


@public
@require_POST
@behind
def keep(request: HttpRequest, door: Door) -> HttpResponse:
    """The draft, while somebody types."""
    return steps.keep(request, door)


@public
@require_http_methods(["GET", "POST"])
@behind
def check(request: HttpRequest, door: Door) -> HttpResponse:
    """Step 3: looking it over, and sending."""
    response, made = steps.look_over(request, door)
    if made is None:
        return response
    told = after(door.by)
    hears = made.reporters.filter(wants_feedback=True).exists() if not made.sealed else True
    request.session[SENT] = {
        "reference": made.reference,
        "receipt_by": told["receipt_by"].isoformat(),
        "receipt_days": told["receipt_days"],
        "interim_days": told["interim_days"],
        "feedback_days": told["feedback_days"],
        "hears": hears,
    }
    return redirect("intake:partner-received")


@public
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """The receipt, from the reporter's own session: the link may be used up by now."""
    told = request.session.get(SENT)
    if not told:
        return redirect("where-to-report")
    return render(request, "intake/report_received.html", told | {"base": "base_public.html", "partner": True})
