"""What waits for the person who looks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldroute.domain.roles import CASE_ROLES
from meldroute.people.gate import allowed

from ..waiting import tell_of, waiting_for
from .page import acting


@allowed(*CASE_ROLES)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Advice, decisions, tasks and accounts that wait, the most pressing first."""
    by = acting(request)
    found = waiting_for(by)
    tell_of(found, by=by)
    return render(request, "route/waiting.html", {"found": found})
