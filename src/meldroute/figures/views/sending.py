"""Files to take away: never shown by the browser inside the application."""

from __future__ import annotations

from django.http import HttpResponse

from ..files import File

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def sent(file: File, name: str) -> HttpResponse:
    """A download."""
    response = HttpResponse(file.body, content_type=file.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
