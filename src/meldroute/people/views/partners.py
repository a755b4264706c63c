"""Beheer: the municipality itself and its partners. No case data here."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from .. import partners as actions
from ..gate import Request, allowed
from ..models import Municipality, Organisation
from ..partner_forms import MunicipalityForm, PartnerForm
from ..partners import MAY_KEEP, MAY_SETTLE, OWN, PARTNER


def _acting(request: HttpRequest) -> Acting:
    return cast(Request, request).acting


@allowed(*MAY_SETTLE)
@require_http_methods(["GET", "POST"])
def municipality(request: HttpRequest) -> HttpResponse:
    """Name, meldpunt, mail domains, and whether Meld Misdaad Anoniem is open."""
    by = _acting(request)
    place = Municipality.objects.get(id=by.place)
    form = MunicipalityForm(request.POST or None, initial={name: getattr(place, name) for name in OWN})
    if request.method == "POST" and form.is_valid():
        actions.settle(by=by, told=form.cleaned_data)
        messages.success(request, _("De gegevens van de gemeente zijn bewaard."))
        return redirect("people:municipality")
    journal.record(by=by, act="look", on="people.Municipality", ids=[place.id])
    return render(request, "people/municipality.html", {"form": form, "place": place})


@allowed(*MAY_KEEP)
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Every partner; those whose cooperation ended stand last."""
    by = _acting(request)
    rows = sorted(Organisation.objects.all(), key=lambda row: (row.ended_on is not None, row.name.casefold()))
    journal.record(by=by, act="look", on="people.Organisation", ids=[row.id for row in rows])
    return render(request, "people/partners.html", {"rows": rows})


@allowed(*MAY_KEEP)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new partner."""
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.add(by=_acting(request), told=form.cleaned_data)
        messages.success(request, _("%(name)s staat nu bij de partners.") % {"name": made.name})
        return redirect("people:partners")
    return render(request, "people/partner.html", {"form": form, "title": _("Partner toevoegen")})


@allowed(*MAY_KEEP)
@require_http_methods(["GET", "POST"])
def partner(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """Details of one partner, to change."""
    by = _acting(request)
    row = get_object_or_404(Organisation, id=partner_id)
    form = PartnerForm(request.POST or None, initial={name: getattr(row, name) for name in PARTNER})
    if request.method == "POST" and form.is_valid():
        actions.change(by=by, partner=row, told=form.cleaned_data)
        messages.success(request, _("De gegevens van %(name)s zijn bewaard.") % {"name": row.name})
        return redirect("people:partners")
    journal.record(by=by, act="look", on="people.Organisation", ids=[row.id])
    return render(request, "people/partner.html", {"form": form, "title": row.name, "row": row})


@allowed(*MAY_KEEP)
@require_POST
def end(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """End the cooperation today, or take that back."""
    by = _acting(request)
    row = get_object_or_404(Organisation, id=partner_id)
    actions.end(by=by, partner=row, on=None if row.ended_on else by.today)
    told = _("De samenwerking met %(name)s is beëindigd.") if row.ended_on else _("%(name)s doet weer mee.")
    messages.success(request, told % {"name": row.name})
    return redirect("people:partners")
