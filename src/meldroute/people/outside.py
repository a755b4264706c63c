"""Who is not logged in (any more): to the login page, and back to the page after that."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

SEALED = "sealed_form"
"""Name of the attribute of a request whose session just ended: what it sent, sealed, or ""."""


def to_login(request: HttpRequest) -> HttpResponse:
    """The login page, which leads back; what was sent while the session had ended goes along."""
    sealed = getattr(request, SEALED, None)
    told = {"next": request.get_full_path() if request.method in ("GET", "HEAD") else came_from(request)}
    if sealed:
        return render(request, "people/session_over.html", told | {"sealed": sealed})
    if sealed is not None:
        told["weg"] = "1"
    return redirect(f"{reverse('login')}?{urlencode(told, safe='/')}")


def came_from(request: HttpRequest) -> str:
    """The page of ours on which a form was sent; a POST address may not answer GET."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return request.path
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
