"""Going over who still needs which role (BIO2 5.18): the process owner and the privacy officer, on one page."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people import reviewing
from meldroute.people.gate import Request, allowed
from meldroute.people.models import Membership
from meldroute.people.places import counting
from meldroute.people.proving import fresh

from ..sign_in import rules_here

KEEP, DROP = "nodig", "niet-nodig"


@allowed(*reviewing.REVIEWERS)
@fresh()
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """Every role that counts, the one that lapses first on top; per role: still needed, or not."""
    acting = cast(Request, request).acting
    if request.method == "POST":
        done = _settle(acting, request.POST.dict())
        told = ngettext("%(count)d rol nagelopen.", "%(count)d rollen nagelopen.", done)
        messages.success(request, told % {"count": done})
        return redirect("review")
    rules = rules_here(acting)
    people = reviewing.to_review(acting, rules)
    journal.record(by=acting, act="look", on="people.accounts", ids=[one.user.id for one in people])
    return render(request, "web/review.html", {"people": people, "days": rules.days})


def _settle(by: Acting, told: dict[str, str]) -> int:
    """Keep or end each role that was chosen for; how many. Raises Refused for one's own."""
    rows = Membership.objects.filter(counting(by.today), municipality_id=by.place).select_related("user")
    chosen = [(row, told[f"rol-{row.id}"]) for row in rows if told.get(f"rol-{row.id}") in (KEEP, DROP)]
    for row, answer in chosen:
        (reviewing.keep if answer == KEEP else reviewing.drop)(by=by, membership=row)
    return len(chosen)
