"""Handing over to Team Mensenhandel or Veilig Thuis, the receipt, and what came of it later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meldroute.domain import days
from meldroute.domain.route import Event, may
from meldroute.domain.verdict import require
from meldroute.domain.vocabulary import Recipient, Role
from meldroute.people.gate import allowed
from meldroute.people.models import User
from meldroute.people.proving import fresh
from meldroute.post.models import Outgoing

from ..actions import handing_over
from ..actions.facts import current
from ..actions.releasing import allowed_checks, judge
from ..actions.timeline import looked
from ..forms import hand_over as forms
from ..forms.checks import fact_options
from ..forms.trying import tried
from ..models import HandOver, Signal
from ..situation import situation_of
from ..terms import holidays_of
from ..visible import files
from .page import acting, opened, show, to_file

WHO = (Role.MELDPUNT, Role.INTEGRITY, Role.PROCESS_OWNER)


@allowed(*WHO)
@fresh()
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, signal_id: UUID, recipient: str) -> HttpResponse:
    """Choose facts, see the text as it will go out, then send. Possible at every step."""
    to = _recipient(recipient)
    signal, by = opened(request, signal_id, "route.HandOver"), acting(request)
    require(may(situation_of(signal, by), handing_over.EVENTS[to], by.roles, recipient=to))
    form = _form(request, signal, to)
    preview = None
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {"facts": form.facts(), "reason": form.cleaned_data["reason"]}
        if "send" in request.POST and _sent(form, signal, to, told, request):
            return to_file(request, signal, _("Overgedragen. Leg vast wanneer de ontvangst is bevestigd."))
        preview = handing_over.preview(by=by, signal=signal, recipient=to, **told)
    label = _(handing_over.EVENTS[to].label)
    more = {"partner": handing_over.organisation_for(to, by), "recipient": _(to.label), "act": label}
    title = _("Overdragen aan %(who)s") % {"who": more["recipient"]}
    return show(request, "route/hand_over.html", signal, title, form=form, preview=preview, **more)


def _recipient(name: str) -> Recipient:
    known = {recipient.value: recipient for recipient in handing_over.EVENTS}
    if name not in known:
        raise Http404
    return known[name]


def _form(request: HttpRequest, signal: Signal, to: Recipient) -> forms.HandOverForm:
    by = acting(request)
    judged = judge(
        signal,
        current(signal),
        recipient=to,
        purpose=handing_over.PURPOSES[to],
        checks=allowed_checks(signal, to, by),
    )
    partner = handing_over.organisation_for(to, by)
    return forms.HandOverForm(request.POST or None, options=fact_options(judged), mail=partner.mail if partner else "")


def _sent(form: forms.HandOverForm, signal: Signal, to: Recipient, told: dict[str, Any], request: HttpRequest) -> Any:
    by, by_mail = acting(request), form.cleaned_data["how"] == "mail"

    def act() -> HandOver:
        return handing_over.hand_over(by=by, signal=signal, recipient=to, by_mail=by_mail, **told)

    return tried(form, act, by=by, about=signal.id)


@allowed(*WHO)
@require_safe
def hand_overs(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Everything that was handed over: what, to whom, how, and whether it arrived."""
    signal, by = opened(request, signal_id, "route.HandOver"), acting(request)
    rows = list(signal.hand_overs.order_by("-at"))
    sent = Outgoing.objects.filter(id__in=[row.outgoing_id for row in rows if row.outgoing_id])
    mails = {mail.id: _(mail.get_state_display()) for mail in sent.defer("to", "subject", "body", "attachments")}
    free = holidays_of(signal.municipality_id)
    names = dict(User.objects.filter(id__in={row.by for row in rows}).values_list("id", "name"))
    lines = [
        {
            "row": row,
            "to": _(Recipient(row.recipient).label),
            "how": _(handing_over.HOW.get(row.how, row.how)),
            "who": names.get(row.by, ""),
            "count": len(row.observation_ids),
            "mail": mails.get(row.outgoing_id, "") if row.outgoing_id else "",
            "left": days.left(by.today, row.account_by, free) if row.account_by else 0,
            "parcels": row.recipient == Recipient.OTHER_MUNICIPALITY and by.is_any(Role.MELDPUNT),
        }
        for row in rows
    ]
    return show(request, "route/hand_overs.html", signal, _("Overgedragen en gedeeld"), lines=lines)


@allowed(*WHO)
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, hand_over_id: UUID) -> HttpResponse:
    """Record that it arrived."""
    by = acting(request)
    row = get_object_or_404(HandOver.objects.filter(signal__in=files(by)).select_related("signal"), id=hand_over_id)
    looked(row.signal, by=by, at="route.HandOver", ids=(row.id,))
    form = forms.ReceiptForm(request.POST or None)
    act = lambda: handing_over.receive(by=by, row=row, from_whom=form.cleaned_data["from_whom"])  # noqa: E731
    done = _("Ontvangst vastgelegd.")
    return _one(request, row.signal, form, act, _("Ontvangst bevestigd"), done)


@allowed(Role.MELDPUNT, Role.INTEGRITY)
@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Add what came of it, also after closing."""
    signal, by = opened(request, signal_id, "route.Event"), acting(request)
    require(may(situation_of(signal, by), Event.FOLLOW_UP_ADDED, by.roles))
    form = forms.FollowUpForm(request.POST or None)
    act = lambda: handing_over.add_follow_up(by=by, signal=signal, told=form.cleaned_data["reason"])  # noqa: E731
    return _one(request, signal, form, act, _("Vervolg toevoegen"), _("Vervolg vastgelegd."))


def _one(
    request: HttpRequest, signal: Signal, form: django_forms.Form, act: Callable[[], object], title: str, done: str
) -> HttpResponse:
    """A page with one form and one act."""

    def whole() -> bool:
        act()
        return True

    if request.method == "POST" and form.is_valid() and tried(form, whole, by=acting(request), about=signal.id):
        return to_file(request, signal, done)
    return show(request, "route/work.html", signal, title, form=form)
