"""What is around every page here: an answer to who is logged in that shows or writes nothing of its own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from meldroute.journal import actions as journal
from meldroute.people.gate import allowed
from meldroute.route.views.page import acting
from meldroute.web.urls import urlpatterns as all_pages

ADDRESS = "/meting/"


@allowed()
@require_http_methods(["GET", "POST"])
def nothing(request: HttpRequest) -> HttpResponse:
    """An empty page with header and menu; after a POST the word that it is done, and the page again."""
    journal.record(by=acting(request), act="look", on="meting")
    if request.method == "POST":
        messages.success(request, "Gedaan.")
        return redirect(ADDRESS)
    return render(request, "base.html")


urlpatterns = [*all_pages, path(ADDRESS[1:], nothing)]
