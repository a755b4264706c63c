"""Logging in and out, the municipality and the language."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login as begin_session
from django.contrib.auth import logout as end_session
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meldroute.journal import actions as journal
from meldroute.people import attempts, carried, places
from meldroute.people.gate import Request, allowed, public
from meldroute.people.models import User
from meldroute.people.staying import begin, rough_device

from .. import sign_in
from ..forms import LoginForm

NO_CONTENT_LEFT = '"cache", "storage"'
REFUSED = "geweigerd"
"""Names the check at which a sign-in through the municipality failed."""
MODEL = "django.contrib.auth.backends.ModelBackend"


def back_to(request: HttpRequest, default: str = "/") -> str:
    """The page asked for before, when it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    if ours and wanted.startswith("/"):  # a bare word is taken for the name of a view, which is not there
        return wanted
    return default


@public
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Mail address and password; the same answer and the same work for an unknown user, and few guesses (T43)."""
    if "username" not in request.POST:
        return ask(request, LoginForm(request))
    acting = cast(Request, request).acting
    guess = attempts.password(request, request.POST["username"], acting.at)
    form: AuthenticationForm = LoginForm(request, request.POST)
    if not guess.may():
        form = LoginForm(request, initial={"username": request.POST["username"]})
        return ask(request, form, status=429)
    if not form.is_valid():
        guess.wrong()
        journal.record(by=acting, act="session.login", result=journal.Result.REFUSED)
        return ask(request, form)
    user = form.get_user()
    if sign_in.refuses_password(acting, user):
        journal.record(by=acting, act="session.login", fields=["only_provider"], result=journal.Result.REFUSED)
        return ask(request, form, refusal=_("U logt in via uw gemeente. Met een wachtwoord kan dat niet."))
    start(request, user)
    sign_in.tell_break_glass(acting, user)
    journal.record(by=acting, act="session.login", on="people.User", ids=[user.id])
    response = go_on(request, user) if settings.MELDROUTE_PRACTICE else to_factor(request)
    return in_language(response, user.language)


def start(request: HttpRequest, user: User) -> None:
    """A new session, with a new key, for who just proved to be `user`."""
    begin_session(request, user, backend=MODEL)
    at = cast(Request, request).acting.at
    begin(request.session, at=at, device=rough_device(request.headers.get("User-Agent", "")))


def ask(request: HttpRequest, form: AuthenticationForm, *, status: int = 200, refusal: str = "") -> HttpResponse:
    """The login page; `refusal` says why somebody is not in."""
    told = {
        "form": form,
        "next": back_to(request, ""),
        "sealed": request.POST.get(carried.FIELD, ""),
        "over": "weg" in request.GET,
        "too_many": status == 429,
        "minutes": settings.MELDROUTE_SESSION_MINUTES,
        "refusal": refusal or sign_in.reason_of(request.GET.get(REFUSED, "")),
        "provider": (provider := cast(Request, request).rules.provider),
        "provider_address": f"{provider}?{urlencode({'next': back_to(request)}, safe='/')}",
    }
    return render(request, "web/login.html", told, status=status)


def to_factor(request: HttpRequest) -> HttpResponse:
    """On to the second factor, with what was carried along."""
    sealed = request.POST.get(carried.FIELD, "")
    if not sealed:
        return redirect(back_to(request))  # the middleware asks for the factor, and leads back
    return render(request, "web/go_on.html", {"next": back_to(request), "sealed": sealed})


def go_on(request: HttpRequest, user: User) -> HttpResponse:
    """To the page asked for, or to what was sent while the session had ended."""
    return onward(request, user, request.POST.get(carried.FIELD, ""), back_to(request))


def onward(request: HttpRequest, user: User, sealed: str, wanted: str) -> HttpResponse:
    """To `wanted`, or to the form that is `sealed`."""
    found = carried.open_for(user, sealed, cast(Request, request).acting.at)
    response = render(request, "people/carried.html", {"carried": found, "next": wanted}) if found else redirect(wanted)
    attempts.know_device(request, response, user)
    return response


@public
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session on the server and clear what the browser kept."""
    acting = cast(Request, request).acting
    if acting.user_id is not None:
        journal.record(by=acting, act="session.logout", on="people.User", ids=[acting.user_id])
    end_session(request)
    response = redirect("login")
    response.headers["Clear-Site-Data"] = NO_CONTENT_LEFT
    return response


@allowed()
@require_POST
def switch_municipality(request: HttpRequest) -> HttpResponse:
    """Go to another municipality where one has a role; switching is explicit."""
    user = cast(User, request.user)
    wanted = request.POST.get("municipality", "")
    place = next((one for one in places.of(user) if str(one.id) == wanted), None)
    if place is not None:
        request.session["municipality"] = str(place.id)
        user.last_municipality = place.id
        user.save(update_fields=["last_municipality"])
        acting = cast(Request, request).acting
        journal.record(by=acting, act="session.switch", on="people.Municipality", ids=[place.id])
    return redirect("/")


def in_language(response: HttpResponse, language: str) -> HttpResponse:
    """Keep the language in the browser; logging in puts that of the account there."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=31536000,
        secure=settings.USE_TLS,
        httponly=True,
        samesite="Lax",
    )
    return response


@public
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Dutch or English, kept in a cookie and, for who is logged in, with the account."""
    language = request.POST.get("language", "")
    response = redirect(back_to(request))
    if not check_for_language(language) or language not in dict(settings.LANGUAGES):
        return response
    in_language(response, language)
    if request.user.is_authenticated:
        user = request.user
        user.language = language
        user.save(update_fields=["language"])
    return response
