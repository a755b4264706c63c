"""Telefoon en balie, and messages of Meld Misdaad Anoniem: written down by the meldpunt."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meldroute.domain.vocabulary import Role
from meldroute.people.gate import allowed
from meldroute.people.models import Municipality
from meldroute.route.forms.trying import tried
from meldroute.route.models import Signal

from ..actions import desk as actions
from ..forms.desk import AnonymousMessageForm, DeskForm
from .triage import acting


def _taken(
    request: HttpRequest, form: DeskForm | AnonymousMessageForm, take: Callable[[], Signal]
) -> HttpResponse | None:
    if request.method != "POST" or not form.is_valid():
        return None
    made = tried(form, take, by=acting(request))
    if made is None:
        return None
    messages.success(request, _("Geregistreerd als %(number)s.") % {"number": made.reference})
    return redirect("intake:triage") if made.sealed else redirect("route:file", made.id)


@allowed(Role.MELDPUNT)
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    """Somebody called or came by."""
    by = acting(request)
    form = DeskForm(request.POST or None)
    done = _taken(request, form, lambda: actions.take_call(by=by, report=form.report()))
    return done or render(request, "intake/desk.html", {"form": form, "mma": actions.is_open(by)})


@allowed(Role.MELDPUNT)
@require_http_methods(["GET", "POST"])
def anonymous_message(request: HttpRequest) -> HttpResponse:
    """A message of Meld Misdaad Anoniem; closed until contract and protocol are registered."""
    by = acting(request)
    form = AnonymousMessageForm(request.POST or None)
    done = _taken(request, form, lambda: actions.take_anonymous_message(by=by, report=form.report()))
    place = Municipality.objects.get(id=by.place)
    return done or render(request, "intake/mma.html", {"form": form, "place": place, "open": place.mma_open})
