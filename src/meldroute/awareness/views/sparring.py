"""Even sparren: noting a call."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meldroute.people.gate import allowed

from ..actions.sparring import note as keep
from ..forms.sparring import CallForm
from ..roles import KEEPERS
from .page import acting, path_to, show, tried


@allowed(*KEEPERS)
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest) -> HttpResponse:
    """A call in two minutes."""
    by = acting(request)
    form = CallForm(request.POST or None, by=by, initial={"on": by.today})
    if request.method == "POST" and form.is_valid():
        call = form.call()
        if tried(form, lambda: keep(by=by, call=call), by=by):
            messages.success(request, _("Het gesprek is vastgelegd en telt mee als bewustwording."))
            return redirect("awareness:list")
    told = {
        "form": form,
        "label": _("Leg vast"),
        "back": reverse("awareness:list"),
        "note": _(
            "Iemand belde om te overleggen. Dit is geen dossier en geen melding. Klinkt het als een signaal? Leg het "
            "dan vast als melding."
        ),
    }
    return show(request, "form", _("Even sparren"), path_to((_("Even sparren"), "")), **told)
