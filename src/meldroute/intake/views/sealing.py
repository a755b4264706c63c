"""Sealing a signal that turns out to be about somebody who works, governs or meets here."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meldroute.domain.vocabulary import Role
from meldroute.people import places
from meldroute.people.gate import allowed
from meldroute.route.forms.trying import tried
from meldroute.route.views.page import acting, opened, show
from meldroute.route.visible import must_work

from ..actions import sealing as actions
from ..forms.sealing import SealForm


@allowed(Role.MELDPUNT)
@require_http_methods(["GET", "POST"])
def seal(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """What sealing does, who sees it then, and the reason."""
    signal, by = opened(request, signal_id, "route.Signal"), acting(request)
    must_work(signal, by)
    form = SealForm(request.POST or None, initial={"version": signal.version})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data

        def act() -> bool:
            actions.seal(by=by, signal=signal, version=told["version"], why=told["reason"])
            return True

        if tried(form, act, by=by, about=signal.id):
            messages.success(request, _("Het signaal is verzegeld. U ziet het niet meer; de vertrouwde lezers wel."))
            return redirect("route:queue")
    readers = list(places.members(by.place, Role.INTEGRITY, today=by.today).values_list("name", flat=True))
    told = {"form": form, "readers": readers, "label": _("Verzegel dit signaal")}
    return show(request, "intake/seal.html", signal, _("Signaal verzegelen"), **told)
