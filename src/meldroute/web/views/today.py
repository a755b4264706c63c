"""Vandaag: the start page per role."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldroute.journal import actions as journal
from meldroute.people.gate import Request, allowed


@allowed()
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What is asked of this person today."""
    acting = cast(Request, request).acting
    journal.record(by=acting, act="look", on="web.today")
    return render(request, "web/today.html", {"today": acting.today})
