"""Pages for what is refused, absent or went wrong: always with a way on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import cast

from django.db import InterfaceError, OperationalError
from django.db.utils import InternalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from meldroute.domain.verdict import Verdict
from meldroute.people.gate import Request
from meldroute.people.models import User
from meldroute.route.conflict import Conflict
from meldroute.route.models import Decision

SECRET = ("/inloggen/", "/uitloggen/", "/tweede-factor/", "/eerste-account/", "/welkom/")
"""Pages whose fields are never shown again."""
WAIT = "30"
"""Seconds until a program may try again."""
GONE = (OperationalError, InterfaceError, InternalError)
"""What PostgreSQL says when it is not there, stops, is full (class 53) or cannot write its files (58, XX)."""
HIDDEN = frozenset({"csrfmiddlewaretoken", "version", "next"})


def refused(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """403 with the reason, its ground and who can help."""
    helpers = ", ".join(_(role.label) for role in verdict.helpers)
    told = {"reason": _(verdict.reason), "ground": verdict.ground, "helper": helpers}
    return render(request, "403.html", {"refusal": told}, status=403)


def conflicted(request: HttpRequest, conflict: Conflict) -> HttpResponse:
    """409 with what is stored now beside what was sent."""
    told = {"theirs": _theirs(cast(Request, request), conflict), "mine": {"text": _mine(request)}}
    return render(request, "409.html", told | {"retry_url": request.path}, status=409)


def _mine(request: HttpRequest) -> str:
    values = (value for name, value in request.POST.items() if name not in HIDDEN and value)
    return "\n".join(str(value) for value in values)


def _theirs(request: Request, conflict: Conflict) -> dict[str, object]:
    last = Decision.objects.filter(signal_id=conflict.signal_id).order_by("-at").first()
    if last is None:
        return {"text": _("Het signaal is net gewijzigd.")}
    who = User.objects.filter(id__in=[last.by] if last.by else []).values_list("name", flat=True).first()
    return {"text": last.reason or _(last.get_to_state_display()), "who": who or "", "at": last.at}


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: absent, or not to be seen; the two look the same."""
    return render(request, "404.html", status=404)


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 without more."""
    return render(request, "403.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was too old or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "400.html", status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database does not answer, is full or gave up. Asks the database nothing itself.

    Pages are not kept by the browser, so that what was typed is shown again, with a button that sends it again.
    """
    away = isinstance(sys.exc_info()[1], GONE)
    status = 503 if away else 500
    told = {"fields": list(_fields(request)), "files": _files(request), "again": request.path}
    response = HttpResponse(render_to_string(f"{status}.html", told), status=status)
    if away:
        response.headers["Retry-After"] = WAIT
    return response


def _fields(request: HttpRequest) -> Iterator[tuple[str, str, bool]]:
    """Name, value, and whether a person typed it, of what was sent."""
    if request.method != "POST" or request.path.startswith(SECRET):
        return
    for name, values in request.POST.lists():
        yield from ((name, str(value), name not in HIDDEN and " " in str(value).strip()) for value in values)


def _files(request: HttpRequest) -> bool:
    return request.method == "POST" and bool(request.FILES)
