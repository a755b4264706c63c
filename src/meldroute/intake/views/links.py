"""Links for partners: made by the meldpunt, shown once, ended when need be."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meldroute.domain import days
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.gate import allowed
from meldroute.people.models import Organisation
from meldroute.people.proving import fresh
from meldroute.route.forms.trying import tried

from ..actions import links as actions
from ..forms.links import LinkForm
from ..models import PartnerLink
from .triage import acting

FRESH = "fresh_link"
SHOWN = 100


@allowed(Role.MELDPUNT)
@fresh()
@require_http_methods(["GET", "POST"])
def links(request: HttpRequest) -> HttpResponse:
    """The links there are, and a form for a new one; a fresh one is shown once."""
    by = acting(request)
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: _made(form, by), by=by)
        if made is not None:
            request.session[FRESH] = str(made.id)
            return redirect("intake:partner-links")
    rows = list(PartnerLink.objects.order_by("-made_at")[:SHOWN])
    journal.record(by=by, act="look", on="intake.PartnerLink", ids=[row.id for row in rows])
    told = {"form": form, "rows": _shown(rows, by), "fresh": _fresh(request)}
    return render(request, "intake/links.html", told)


def _made(form: LinkForm, by: Acting) -> PartnerLink:
    told = form.cleaned_data
    organisation = get_object_or_404(Organisation, id=told["organisation"])
    return actions.make(by=by, organisation=organisation, days=told["days"], uses=told["uses"])


def _fresh(request: HttpRequest) -> str:
    """The address of the link that was just made; afterwards it is shown nowhere."""
    made = PartnerLink.objects.filter(id=request.session.pop(FRESH, None)).first()
    if made is None:
        return ""
    return settings.MELDROUTE_BASE_URL + reverse("intake:partner", args=[actions.token_of(made)])


def _shown(rows: list[PartnerLink], by: Acting) -> list[dict[str, object]]:
    names = dict(Organisation.objects.values_list("id", "name"))
    return [
        {
            "link": row,
            "name": names.get(row.organisation_id, "–"),
            "last_day": days.local_date(row.expires_at - timedelta(seconds=1)),
            "used": row.uses - row.uses_left,
            "works": bool(verdict),
            "why": _(verdict.reason) if verdict.reason else "",
        }
        for row in rows
        for verdict in [actions.works(row, by.at)]
    ]


@allowed(Role.MELDPUNT)
@require_POST
def end(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """End a link."""
    link = get_object_or_404(PartnerLink, id=link_id)
    actions.end(by=acting(request), link=link)
    messages.success(request, _("De link werkt niet meer."))
    return redirect("intake:partner-links")
