"""Single sign-on: to the identity provider of the municipality and back, and its word that somebody left."""

from __future__ import annotations

from dataclasses import replace
from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout as end_session
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.journal import actions as journal
from meldroute.people import attempts, carried, identities
from meldroute.people.factors import Factor
from meldroute.people.gate import Request, public
from meldroute.people.models import Identity, User
from meldroute.people.provider import NotBelieved, Provider, Question, Told
from meldroute.people.staying import prove

from .. import sign_in
from ..forms import LoginForm
from .session import REFUSED, ask, back_to, in_language, onward
from .session import start as begin

QUESTION, SEALED = "sso_question", "sso_sealed"


def _provider() -> Provider:
    if settings.MELDROUTE_OIDC is None:
        raise Http404
    return settings.MELDROUTE_OIDC


def _back() -> str:
    return f"{settings.MELDROUTE_BASE_URL}{reverse('sso-back')}"


@public
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """To the identity provider; what was sent while the session had ended waits, sealed, in the session.

    A form may not lead to another site (content security policy), so that POST gives a page with a link.
    """
    provider, at = _provider(), cast(Request, request).acting.at
    asking = attempts.sign_on(request, at)
    if not asking.may():
        return ask(request, LoginForm(request), status=429)
    asking.wrong()  # every one counts
    if request.method == "POST":
        request.session[SEALED] = request.POST.get(carried.FIELD, "")
        address = f"{reverse('sso')}?{urlencode({'next': back_to(request)}, safe='/')}"
        return render(request, "web/sso_go_on.html", {"address": address})
    question = Question.fresh(at, back_to(request), again="opnieuw" in request.GET)
    try:
        address = provider.question_address(question, _back())
    except NotBelieved as wrong:
        return _refused(request, wrong)
    request.session[QUESTION] = question.to_keep()
    return HttpResponseRedirect(address)


@public
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Back from the identity provider: in, or proven again, or refused with one entry that names the check."""
    provider, at = _provider(), cast(Request, request).acting.at
    question = Question.kept(request.session.pop(QUESTION, None))
    try:
        told = provider.answer(request.GET.dict(), question, _back(), at)
        assert question is not None
        return _proven(request, told, question) if question.again else _in(request, told, question)
    except NotBelieved as wrong:
        return _refused(request, wrong)


def _in(request: HttpRequest, told: Told, question: Question) -> HttpResponse:
    """A new session; the second factor is asked here when it was not asked there."""
    asked, sealed = cast(Request, request), request.session.pop(SEALED, "")
    end_session(request)
    asked.acting = sign_in.nobody(asked.acting)
    user, two_factors = sign_in.admit(asked.acting, told)
    begin(request, user)
    request.session.update({"by_provider": True, "provider_session": told.session})
    if two_factors:
        request.session["factor"] = Factor.SSO.value
    journal.record(by=asked.acting, act="session.login", on="people.User", ids=[user.id], fields=["provider"])
    return in_language(onward(request, user, sealed, question.wanted), user.language)


def _proven(request: HttpRequest, told: Told, question: Question) -> HttpResponse:
    """Who is logged in signed in there anew, for an act that asks a recent proof."""
    acting, user = cast(Request, request).acting, request.user
    if not isinstance(user, User):
        raise NotBelieved("other")
    if not Identity.objects.filter(issuer=told.issuer, subject=told.subject, user=user).exists():
        raise NotBelieved("other")
    if not told.proven_since(question.asked_at):
        raise NotBelieved("auth_time")
    prove(request.session, acting.at)
    request.session["provider_session"] = told.session
    request.session.cycle_key()
    journal.record(by=acting, act="session.prove", on="people.User", ids=[user.id], fields=["provider"])
    return render(request, "web/sso_proven.html")


def _refused(request: HttpRequest, wrong: NotBelieved) -> HttpResponse:
    """To the login page, which says why; one entry names the check that failed."""
    acting = cast(Request, request).acting
    refused = journal.Result.REFUSED
    journal.record(by=acting, act="session.login", on="url", fields=["provider", wrong.check], result=refused)
    return redirect(f"{reverse('login')}?{urlencode({REFUSED: wrong.check})}")  # away from the answer in the address


@public
@csrf_exempt
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """The identity provider says that somebody left (Back-Channel Logout 1.0): the sessions end here, on the server.

    No cookie counts here: the token is signed. Each is taken once.
    """
    provider, acting = _provider(), cast(Request, request).acting
    try:
        told = provider.leaving(request.POST.get("logout_token", ""), acting.at)
    except NotBelieved:
        return HttpResponseBadRequest("invalid_request", content_type="text/plain")
    if not attempts.once(f"logout:{told.number}", acting.at):
        return HttpResponseBadRequest("invalid_request", content_type="text/plain")
    identities.leave(by=replace(acting, user_id=None, municipality_id=None), told=told)
    return HttpResponse(status=200, content_type="text/plain")
