"""What anybody may read: where to report. There is no reporting form for citizens (plan §3.3.3, on purpose)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldroute.people.gate import public
from meldroute.people.models import Municipality

from .. import pulse


@public
@require_safe
def where_to_report(request: HttpRequest) -> HttpResponse:
    """Points to 112, the police, the municipalities and Meld Misdaad Anoniem."""
    return render(request, "web/where_to_report.html", {"places": Municipality.objects.all()})


@public
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: where to report a weakness."""
    expires = (datetime.now(UTC) + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    text = (
        f"Contact: mailto:{settings.MELDROUTE_SECURITY_CONTACT}\nExpires: {expires}\nPreferred-Languages: nl, en\n"
        f"Canonical: {settings.MELDROUTE_BASE_URL}/.well-known/security.txt\n"
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@public
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """For the launcher, a proxy and a monitor: the application answers, and how the worker is."""
    worker = pulse.look(datetime.now(UTC))
    last = f"{worker.last:%Y-%m-%dT%H:%M:%SZ}" if worker.last else "nooit"
    failing = "".join(f"lukt niet: {one.name}\n" for one in worker.failing)
    state = f"worker stil sinds: {last}" if worker.silent else f"worker: {last}"
    return HttpResponse(f"ok\n{state}\n{failing}", content_type="text/plain; charset=utf-8")
