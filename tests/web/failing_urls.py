"""The addresses of the application, and three views that fail with content in their hands."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from meldroute.web.urls import *  # noqa: F403
from meldroute.web.urls import urlpatterns as own


@login_not_required
def broken(request: HttpRequest, word: str) -> HttpResponse:
    """An exception that quotes what it got."""
    secret = request.GET.get("zoek", word)
    return HttpResponse(str(int(secret)))


@login_not_required
def asked_wrongly(request: HttpRequest, word: str) -> HttpResponse:
    """A database that quotes the value."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text::int", [word])
    return HttpResponse()


@login_not_required
def suspicious(request: HttpRequest, word: str) -> HttpResponse:
    """Django logs these with their words."""
    raise SuspiciousOperation(word)


urlpatterns = [
    path("stuk/<path:word>", broken),
    path("vraag/<path:word>", asked_wrongly),
    path("verdacht/<path:word>", suspicious),
    *own,
]
