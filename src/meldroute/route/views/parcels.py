"""Hand-overs between the municipalities of this installation: sending one, and answering what came in."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.domain import days
from meldroute.domain.vocabulary import Category, Confidence, Role, Truth, Urgency, Weighing
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.gate import allowed
from meldroute.people.models import Municipality
from meldroute.people.proving import fresh

from ..actions import parcels as actions
from ..actions.timeline import looked
from ..forms import parcels as forms
from ..forms.trying import tried
from ..models import HandOver, Parcel, ParcelState, SendBack
from ..terms import holidays_of
from ..visible import files
from .page import acting, show

MOST = 30
"""Parcels that were sent, on the list; older ones stand in their own file."""


@allowed(Role.MELDPUNT)
@require_safe
def parcels(request: HttpRequest) -> HttpResponse:
    """What came from another municipality and waits, and what was sent to one."""
    by = acting(request)
    names = dict(Municipality.objects.values_list("id", "name"))
    came = list(actions.incoming(by))
    sent = list(Parcel.objects.filter(municipality_id=by.place)[:MOST])
    own = {row.id: row for row in _hand_overs(by).filter(id__in=[row.hand_over_id for row in sent])}
    ids = [*(row.id for row in (*came, *sent)), *(row.signal_id for row in own.values())]
    journal.record(by=by, act="look", on=actions.ON, ids=ids)
    free = holidays_of(by.place)
    told = {
        "came": [
            {"row": row, "name": names.get(row.municipality_id, ""), "left": days.left(by.today, row.due_on, free)}
            for row in came
        ],
        "sent": [_sent(row, names, own.get(row.hand_over_id)) for row in sent],
    }
    return render(request, "route/parcels.html", told)


def _sent(row: Parcel, names: dict[UUID, str], own: HandOver | None) -> dict[str, Any]:
    return {
        "row": row,
        "name": names.get(row.receiver_id, ""),
        "signal": own.signal if own else None,
        "state": _(ParcelState(row.state).label),
        "why": _(SendBack(row.why).label) if row.why else "",
        "on_its_way": row.state == ParcelState.SENT,
    }


@allowed(Role.MELDPUNT)
@fresh()
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, hand_over_id: UUID) -> HttpResponse:
    """Choose the municipality and the facts of this hand-over, and send them."""
    by = acting(request)
    row = get_object_or_404(_hand_overs(by), id=hand_over_id)
    actions.may_send(row, by)
    places, facts = actions.to_whom(by), list(actions.facts_for(row, by))
    form = forms.SendForm(request.POST or None, places=places, facts=facts)
    if request.method == "POST" and form.is_valid() and _went(form, row, by):
        messages.success(request, _("Verstuurd. Hier staat wanneer zij het innemen of terugsturen."))
        return redirect("route:parcels")
    looked(row.signal, by=by, at=actions.ON, ids=(row.id,))
    weighed = row.signal.weighings.filter(round=row.signal.round, weighing=Weighing.TWO_B).latest("at")
    told: dict[str, Any] = {"places": places, "facts": facts, "form": form}
    told["weighed"] = {"answer": _(weighed.get_answer_display()), "reason": weighed.reason}
    return show(request, "route/parcel_send.html", row.signal, _("Naar een andere gemeente"), **told)


def _went(form: forms.SendForm, row: HandOver, by: Acting) -> Parcel | None:
    reason = form.cleaned_data["reason"]

    def act() -> Parcel:
        return actions.send(by=by, row=row, to=form.to(), facts=form.chosen(), reason=reason)

    return tried(form, act, by=by, on=actions.ON, about=row.id)


@allowed(Role.MELDPUNT)
@require_http_methods(["GET", "POST"])
def parcel(request: HttpRequest, parcel_id: UUID) -> HttpResponse:
    """What another municipality sent here: read it, then take it in or send it back."""
    by = acting(request)
    row = get_object_or_404(Parcel, id=parcel_id, receiver_id=by.place)
    take = forms.TakeInForm(request.POST if "take" in request.POST else None)
    back = forms.SendBackForm(request.POST if "back" in request.POST else None)
    if take.is_bound and take.is_valid():
        return _taken(request, row, take.urgency())
    if back.is_bound and back.is_valid():
        actions.send_back(by=by, parcel=row, why=back.why())
        messages.success(request, _("Teruggestuurd. Hier is niets bewaard."))
        return redirect("route:parcels")
    journal.record(by=by, act="look", on=actions.ON, ids=[row.id])
    sender = Municipality.objects.get(id=row.municipality_id)
    told = {"row": row, "sender": sender, "take": take, "back": back, "open": row.state == ParcelState.SENT}
    return render(request, "route/parcel.html", told | {"state": _(ParcelState(row.state).label), **_read(row)})


def _taken(request: HttpRequest, row: Parcel, urgency: Urgency) -> HttpResponse:
    signal = actions.take_in(by=acting(request), parcel=row, urgency=urgency)
    told = _("Ingenomen als %(number)s. De andere gemeente ziet dit nummer.")
    messages.success(request, told % {"number": signal.reference})
    if urgency is Urgency.DANGER:
        return redirect("route:danger", signal.id)
    return redirect("route:file", signal.id)


def _read(row: Parcel) -> dict[str, Any]:
    """The content in words; empty once it was answered."""
    told = row.content()
    facts = [
        {
            "truth": _(Truth(fact["truth"]).label),
            "text": fact["text"],
            "category": _(Category(fact["category"]).label),
            "on": date.fromisoformat(fact["on"]) if fact["on"] else None,
            "confidence": _sure(Confidence(fact["confidence"])),
        }
        for fact in told.get("facts", ())
    ]
    return {"facts": facts, "reason": told.get("reason", ""), "reference": told.get("reference", "")}


def _sure(how: Confidence) -> str:
    return _("zekerheid niet bekend") if how is Confidence.UNKNOWN else _(how.label)


@allowed(Role.MELDPUNT)
@require_POST
def withdraw(request: HttpRequest, parcel_id: UUID) -> HttpResponse:
    """Take back what nobody answered yet."""
    by = acting(request)
    row = get_object_or_404(Parcel, id=parcel_id, municipality_id=by.place)
    own = get_object_or_404(_hand_overs(by), id=row.hand_over_id)
    actions.withdraw(by=by, parcel=row, row=own)
    messages.success(request, _("Teruggehaald. De andere gemeente kan het niet meer lezen."))
    return redirect("route:parcels")


def _hand_overs(by: Acting) -> Any:
    return HandOver.objects.filter(signal__in=files(by)).select_related("signal")
