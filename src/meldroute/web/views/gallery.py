"""All components with invented data, in a practice installation only."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.views.decorators.http import require_safe

from meldroute.people.gate import public


@public
@require_safe
def gallery(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the gallery."""
    try:
        return render(request, f"web/gallery_{name}.html")
    except TemplateDoesNotExist:
        raise Http404 from None
