"""The private calendar: its address for the owner, and the calendar itself behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people import attempts
from meldroute.people.gate import Request, allowed, public
from meldroute.people.models import User
from meldroute.people.proving import fresh
from meldroute.people.unit import NotHere, enter

from .. import feed as feeds
from ..actions import feeding
from ..models import Feed
from ..reading import lines, plan_of
from ..roles import READERS
from .page import acting, path_to, show


@allowed(*READERS)
@fresh("look")
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """The own address: shown, renewed, ended."""
    by = acting(request)
    if request.method == "POST":
        if "end" in request.POST:
            feeding.end(by=by)
            messages.success(request, _("Het adres werkt niet meer."))
        else:
            feeding.renew(by=by)
            messages.success(request, _("Er is een nieuw adres. Een ouder adres werkt niet meer."))
        return redirect("plan:calendar")
    row = feeding.current(by)
    journal.record(by=by, act="look", on=feeding.ON, ids=[row.id if row else None])
    url = settings.MELDROUTE_BASE_URL + reverse("plan:feed", args=[feeds.address(row)]) if row else ""
    title = _("In uw eigen agenda")
    return show(request, "calendar", title, path_to((title, "")), url=url)


@public
@require_safe
def feed(request: HttpRequest, feed: str) -> HttpResponse:
    """The calendar behind an address; a wrong one is answered as one that never was."""
    asked = cast(Request, request)
    guess = attempts.link(request, asked.acting.at)
    if not guess.may():
        return HttpResponse(status=429)
    by = _whose(feeds.named(feed), asked.acting)
    if by is None:
        guess.wrong()
        raise Http404
    asked.acting = by
    plan = plan_of(by.place, by.today)
    found = feeds.own(lines(plan, by.today), by) if plan else []
    journal.record(by=by, act="plan.feed", on=feeding.ON, ids=[plan.id if plan else None])
    with override(User.objects.get(id=by.person).language):
        body = feeds.calendar(found, _("Plan tegen mensenhandel"), by.at)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="plan.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _whose(told: feeds.Named | None, was: Acting) -> Acting | None:
    """Who is behind an address that works: the account still has a role here that reads the plan."""
    if told is None:
        return None
    try:
        by = enter(replace(was, user_id=told.user_id, municipality_id=told.municipality_id))
    except NotHere:
        return None
    row = Feed.objects.filter(user_id=told.user_id, ended_at=None, number=told.number).first()
    return by if row is not None and by.is_any(*READERS) else None
