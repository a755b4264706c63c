"""One's own account: where one is logged in, the password, the second factor."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.journal import actions as journal
from meldroute.people import attempts, factors, own, passkeys
from meldroute.people.forms import OldPasswordForm, PasskeyForm
from meldroute.people.gate import Request, allowed
from meldroute.people.models import Passkey, User
from meldroute.people.proving import fresh
from meldroute.people.staying import end_sessions, sessions_of

from ..forms import CodeForm
from .factor import app_shown


def _me(request: HttpRequest) -> User:
    return cast(User, request.user)


@allowed()
@require_safe
def own_account(request: HttpRequest) -> HttpResponse:
    """What one may see and change about the own account."""
    asked, user = cast(Request, request), _me(request)
    left = factors.codes_left(user)
    told = {
        "sessions": sessions_of(user, asked.acting.at, asked.rules),
        "this": request.session.get("handle", ""),
        "app": factors.confirmed_device(user),
        "passkeys": Passkey.objects.filter(user=user),
        "codes_left": left,
        "few": factors.is_bound(user) and left <= factors.FEW,
        "bound": factors.is_bound(user),
        "last": own.only_one_left(user),
        "has_password": user.has_usable_password(),
    }
    journal.record(by=asked.acting, act="look", on="people.User", ids=[user.id])
    return render(request, "web/own.html", told)


@allowed()
@require_POST
def end_session(request: HttpRequest, handle: UUID) -> HttpResponse:
    """End one of the other sessions."""
    user = _me(request)
    ended = end_sessions(user, keep=request.session.session_key, handle=handle)
    if ended:
        journal.record(by=cast(Request, request).acting, act="session.end", on="people.User", ids=[user.id])
        messages.success(request, _("Daar bent u uitgelogd."))
    return redirect("own-account")


@allowed()
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all other sessions."""
    user = _me(request)
    end_sessions(user, keep=request.session.session_key)
    journal.record(by=cast(Request, request).acting, act="session.end", on="people.User", ids=[user.id])
    messages.success(request, _("U bent overal anders uitgelogd."))
    return redirect("own-account")


@allowed()
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Another password; every other session ends."""
    asked, user = cast(Request, request), _me(request)
    form = OldPasswordForm(request.POST or None, user=user)
    status = 200
    if request.method == "POST" and form.is_valid():
        guess = attempts.password(request, user.email, asked.acting.at)
        if not guess.may():
            form.too_many()
            status = 429
        elif not user.check_password(form.cleaned_data["old"]):
            guess.wrong()
            form.wrong()
            _tell_refused(asked, "user.password")
        else:
            own.change_password(by=asked.acting, user=user, password=form.cleaned_data["password"])
            update_session_auth_hash(request, user)
            end_sessions(user, keep=request.session.session_key)
            messages.success(request, _("Uw wachtwoord is gewijzigd. Overal anders bent u uitgelogd."))
            return redirect("own-account")
    return render(request, "web/own_password.html", {"form": form}, status=status)


@allowed()
@fresh("look")
@require_http_methods(["GET", "POST"])
def bind_app(request: HttpRequest) -> HttpResponse:
    """Bind an app with codes, or another one."""
    asked, user = cast(Request, request), _me(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        guess = attempts.code(request, user, asked.acting.at)
        if not guess.may():
            form.too_many()
        elif own.bind_app(by=asked.acting, user=user, code=form.cleaned_data["code"]):
            end_sessions(user, keep=request.session.session_key)
            return _bound(request, user)
        else:
            guess.wrong()
            form.wrong()
            _tell_refused(asked, "factor.bound")
    return render(request, "web/own_app.html", {"form": form, **app_shown(user)})


@allowed()
@fresh("look")
@require_http_methods(["GET", "POST"])
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Register a passkey and give it a name."""
    asked, user = cast(Request, request), _me(request)
    form = PasskeyForm(request.POST or None)
    address = asked.rules.address
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = passkeys.register(user, told["passkey"], told["name"], request.session, address, asked.acting.at)
        if made is not None:
            journal.record(by=asked.acting, act="factor.bound", on="people.Passkey", ids=[made.id])
            return _bound(request, user)
        form.add_error(None, _("De passkey is niet gemaakt. Probeer het opnieuw."))
    options = passkeys.registration(user, request.session, address)
    return render(request, "web/own_passkey.html", {"form": form, "passkey_options": options})


def _tell_refused(request: Request, act: str) -> None:
    """What somebody could not prove about the own account stands in the journal too."""
    user = _me(request)
    journal.record(by=request.acting, act=act, on="people.User", ids=[user.id], result=journal.Result.REFUSED)


def _bound(request: HttpRequest, user: User) -> HttpResponse:
    """Bound. Who has no recovery codes yet gets them now."""
    if factors.codes_left(user):
        messages.success(request, _("Gekoppeld. Bij de volgende keer inloggen kunt u dit gebruiken."))
        return redirect("own-account")
    return render(request, "web/second_factor_codes.html", {"codes": factors.fresh_codes(user)})


@allowed()
@fresh()
@require_POST
def remove_app(request: HttpRequest) -> HttpResponse:
    """Unbind the app, when a passkey is left."""
    own.remove_app(by=cast(Request, request).acting, user=_me(request))
    return _removed(request)


@allowed()
@fresh()
@require_POST
def remove_passkey(request: HttpRequest, passkey_id: UUID) -> HttpResponse:
    """Remove a passkey, when another or the app is left."""
    own.remove_passkey(by=cast(Request, request).acting, user=_me(request), passkey_id=passkey_id)
    return _removed(request)


def _removed(request: HttpRequest) -> HttpResponse:
    end_sessions(_me(request), keep=request.session.session_key)
    messages.success(request, _("Losgekoppeld. Overal anders bent u uitgelogd."))
    return redirect("own-account")


@allowed()
@fresh()
@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes; the old ones end."""
    user = _me(request)
    journal.record(by=cast(Request, request).acting, act="factor.codes", on="people.User", ids=[user.id])
    told = {"codes": factors.fresh_codes(user), "next_url": "/mijn-account/"}
    return render(request, "web/second_factor_codes.html", told)
