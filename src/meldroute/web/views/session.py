"""Logging in and out, the second factor, the municipality and the language."""

from __future__ import annotations

from base64 import b32encode
from typing import cast

import segno
from django.conf import settings
from django.contrib.auth import login as begin_session
from django.contrib.auth import logout as end_session
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import check_for_language
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as verify_session

from meldroute.journal import actions as journal
from meldroute.people import places
from meldroute.people.factors import (
    LONGEST,
    confirmed_device,
    fresh_codes,
    matching_device,
    waiting_device,
)
from meldroute.people.gate import Request, allowed, public
from meldroute.people.models import User

from ..forms import CodeForm, LoginForm

NO_CONTENT_LEFT = '"cache", "storage"'


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
    """Mail address and password; the answer is the same for an unknown user."""
    form: AuthenticationForm = LoginForm(request, request.POST or None)
    acting = cast(Request, request).acting
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        begin_session(request, user, backend="django.contrib.auth.backends.ModelBackend")
        journal.record(by=acting, act="session.login", on="people.User", ids=[user.id])
        return _in_language(redirect(back_to(request)), user.language)
    if request.method == "POST":
        journal.record(by=acting, act="session.login", result=journal.Result.REFUSED)
    return render(request, "web/login.html", {"form": form, "next": back_to(request, "")})


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


@public
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for a code of the app or a recovery code; first time: set it up."""
    if not request.user.is_authenticated:
        return redirect("login")
    user = request.user
    if confirmed_device(user) is None:
        return redirect("second-factor-setup")
    form = CodeForm(request.POST or None)
    acting = cast(Request, request).acting
    if request.method == "POST" and form.is_valid():
        device = matching_device(user, form.cleaned_data["code"])
        journal.record(
            by=acting,
            act="session.second_factor",
            on="people.User",
            ids=[user.id],
            result=journal.Result.DONE if device else journal.Result.REFUSED,
        )
        if device is not None:
            verify_session(request, device)
            request.session.cycle_key()
            return redirect(back_to(request))
        form.wrong()
    return render(request, "web/second_factor.html", {"form": form})


@public
@require_http_methods(["GET", "POST"])
def second_factor_setup(request: HttpRequest) -> HttpResponse:
    """Bind an app with codes, once; afterwards only a reset by two people opens this again."""
    if not request.user.is_authenticated:
        return redirect("login")
    user = request.user
    if confirmed_device(user) is not None:
        return redirect("second-factor")
    device = waiting_device(user)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if device.verify_token(form.cleaned_data["code"][:LONGEST]):
            device.confirmed = True
            device.save(update_fields=["confirmed"])
            verify_session(request, device)
            request.session.cycle_key()
            journal.record(by=cast(Request, request).acting, act="factor.bound", on="people.User", ids=[user.id])
            return render(request, "web/second_factor_codes.html", {"codes": fresh_codes(user)})
        form.wrong()
    svg = segno.make(device.config_url).svg_inline(scale=5, border=2, svgclass=None, lineclass=None)
    told = {"form": form, "qr_svg": mark_safe(svg), "secret": b32encode(device.bin_key).decode().rstrip("=")}
    return render(request, "web/second_factor_setup.html", told)


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


def _in_language(response: HttpResponse, language: str) -> HttpResponse:
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
    _in_language(response, language)
    if request.user.is_authenticated:
        user = request.user
        user.language = language
        user.save(update_fields=["language"])
    return response
