"""The addresses of a measurement: every page, a page that shows nothing, and the bare view to compare with."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from bench._beside import bare
from meldroute.journal import actions as journal
from meldroute.people.gate import allowed
from meldroute.route.views.page import acting
from meldroute.web.urls import urlpatterns as all_pages


@allowed()
@require_http_methods(["GET", "POST"])
def nothing(request: HttpRequest) -> HttpResponse:
    """An empty page with header and menu; after a POST the word that it is done, and the page again."""
    journal.record(by=acting(request), act="look", on="meting")
    if request.method == "POST":
        messages.success(request, "Gedaan.")
        return redirect("/meting/niets/")
    return render(request, "base.html")


urlpatterns = [path("meting/kaal/<int:rows>/", bare), path("meting/niets/", nothing), *all_pages]
