"""Acute danger: what to do now, what was shared, and the account of it the next working day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meldroute.domain.option import Option
from meldroute.domain.roles import CASE_ROLES
from meldroute.domain.vocabulary import Recipient, Role
from meldroute.people.gate import allowed

from ..actions import danger as actions
from ..actions.facts import current
from ..actions.timeline import looked
from ..forms.hand_over import AccountForm, DangerForm
from ..forms.trying import tried
from ..models import HandOver
from ..visible import files
from .page import acting, opened, show, to_file


@allowed(*CASE_ROLES)
@require_http_methods(["GET", "POST"])
def danger(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Numbers first; then what was shared. Nothing on this page is locked."""
    signal, by = opened(request, signal_id, "route.HandOver"), acting(request)
    options = [(str(fact.id), Option(fact.text)) for fact in current(signal)]
    form = DangerForm(request.POST or None, options=options)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {
            "recipient": Recipient(form.cleaned_data["recipient"]),
            "told": form.cleaned_data["told"],
            "reason": form.cleaned_data["reason"],
            "facts": form.facts(),
        }
        row = tried(form, lambda: actions.share(by=by, signal=signal, **told), by=by, about=signal.id)
        if row:
            return to_file(request, signal, _("Vastgelegd. Verantwoord dit uiterlijk de volgende werkdag."))
    return show(request, "route/danger.html", signal, _("Acuut gevaar"), form=form)


@allowed(Role.MELDPUNT, Role.INTEGRITY, Role.PROCESS_OWNER)
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, hand_over_id: UUID) -> HttpResponse:
    """Account for what was shared at once."""
    by = acting(request)
    rows = HandOver.objects.filter(signal__in=files(by), acute=True).select_related("signal")
    row = get_object_or_404(rows, id=hand_over_id)
    looked(row.signal, by=by, at="route.HandOver", ids=(row.id,))
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["reason"]

        def act() -> bool:
            actions.account(by=by, row=row, account=why)
            return True

        if tried(form, act, by=by, about=row.signal_id):
            return to_file(request, row.signal, _("Het delen is verantwoord."))
    told = {"row": row, "to": _(Recipient(row.recipient).label), "form": form}
    return show(request, "route/account.html", row.signal, _("Delen bij acuut gevaar verantwoorden"), **told)
