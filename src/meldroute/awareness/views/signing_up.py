"""Signing up behind a link, without an account; and one's own place, calendar file and certificate behind another."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meldroute.journal.acting import Acting
from meldroute.people import attempts
from meldroute.people.gate import Request, public
from meldroute.people.models import Municipality
from meldroute.people.unit import NotHere, enter

from .. import links
from ..actions import signing_up as acts
from ..actions.inviting import when
from ..calendars import calendar
from ..certificates import pdf
from ..forms.people import SignUpForm
from ..models import Activity, Invitation, Participant
from ..policies import policy
from .page import tried
from .people import download

M = TypeVar("M", bound=Model)
View = Callable[..., HttpResponse]


def behind(kind: bytes, rows: Callable[[], QuerySet[Any]]) -> Callable[[View], View]:
    """Give the view the row behind a link that works; another link gets a page that says so."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, token: str) -> HttpResponse:
            asked = cast(Request, request)
            guess = attempts.link(request, asked.acting.at)
            if not guess.may():
                return render(request, "people/link_too_often.html", status=429)
            row = _row(asked, links.read(kind, token), rows)
            if row is None:
                asked.wrong_tries.append(guess)
                return _over(request, _("Deze link klopt niet, of u staat niet meer op de lijst."), 404)
            verdict = links.works(row.activity, asked.acting.today)
            if not verdict:
                return _over(request, _(verdict.reason), 410)
            return view(request, token, row)

        return inner

    return wrap


def _row(asked: Request, named: links.Named | None, rows: Callable[[], QuerySet[Any]]) -> Any:
    """The row of a token that we signed; enters its municipality as the system."""
    if named is None:
        return None
    was = asked.acting
    try:
        asked.acting = enter(Acting(None, named.municipality_id, at=was.at, origin=was.origin))
    except NotHere:
        return None
    return rows().filter(id=named.row_id).first()


def _over(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    return render(request, "awareness/link_over.html", {"reason": reason}, status=status)


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("activity", "group")


def _participants() -> QuerySet[Participant]:
    return Participant.objects.select_related("activity", "group", "invitation")


def _told(activity: Activity, **more: Any) -> dict[str, Any]:
    place = Municipality.objects.get(id=activity.municipality_id)
    days = policy().terms["names_days"]
    return {"row": activity, "when": when(activity), "place": place, "days": days} | more


@public
@require_http_methods(["GET", "POST"])
@behind(links.SIGN_UP, _invitations)
def sign_up(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """A name and a team."""
    by, activity = cast(Request, request).acting, invitation.activity
    open_ = links.open_to_sign_up(activity, by.today)
    form = SignUpForm(request.POST or None, activity=activity, first=invitation.group)
    if request.method == "POST" and form.is_valid():
        name, group = form.cleaned_data["name"], _group(form, invitation)
        made = tried(
            form, lambda: acts.sign_up(by=by, invitation=invitation, group=group, name=name), by=by, about=activity.id
        )
        if made is not None:
            own = links.token(links.OWN, made.municipality_id, made.id)
            return redirect("awareness:own", own)
    closed = "" if open_ else _(open_.reason)
    return render(request, "awareness/sign_up.html", _told(activity, form=form, closed=closed))


def _group(form: SignUpForm, invitation: Invitation) -> Any:
    wanted = form.group_id()
    if wanted == invitation.group_id:
        return invitation.group
    return invitation.activity.reaches.select_related("group").get(group_id=wanted).group


@public
@require_http_methods(["GET", "POST"])
@behind(links.OWN, _participants)
def own(request: HttpRequest, token: str, participant: Participant) -> HttpResponse:
    """One's own place: what it is, and leaving again."""
    by = cast(Request, request).acting
    open_ = bool(links.open_to_sign_up(participant.activity, by.today))
    if request.method == "POST" and open_:
        activity = participant.activity
        acts.leave(by=by, participant=participant)
        return render(request, "awareness/left.html", _told(activity))
    told = _told(participant.activity, participant=participant, token=token, open=open_)
    return render(request, "awareness/own.html", told | {"until": links.last_day(participant.activity)})


@public
@require_safe
@behind(links.OWN, _participants)
def own_calendar(request: HttpRequest, token: str, participant: Participant) -> HttpResponse:
    """The activity for one's own calendar."""
    made = calendar(participant.activity, stamped=cast(Request, request).acting.at)
    response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="bewustwording.ics"'
    return response


@public
@require_safe
@behind(links.OWN, _participants)
def own_certificate(request: HttpRequest, token: str, participant: Participant) -> HttpResponse:
    """One's own certificate, when one was there."""
    if not participant.present:
        raise Http404
    return download(pdf(participant))
