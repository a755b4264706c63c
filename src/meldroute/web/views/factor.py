"""The second factor: asked after the password, and bound the first time."""

from __future__ import annotations

from base64 import b32encode
from typing import Any, cast

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from meldroute.journal import actions as journal
from meldroute.people import attempts, carried, factors, passkeys
from meldroute.people.factors import Factor
from meldroute.people.gate import Request, public
from meldroute.people.models import User

from ..forms import CodeForm
from .session import back_to, go_on


@public
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for a passkey, a code of the app or a recovery code; first time: set it up."""
    user = request.user
    if not isinstance(user, User):
        return redirect("login")
    if not factors.is_bound(user):
        return redirect("second-factor-setup")
    asked = cast(Request, request)
    form = CodeForm(request.POST if "code" in request.POST else None)
    status = 200
    if form.is_bound and form.is_valid():
        given = _given(asked, user, form)
        if given is not None:
            return _entered(asked, user, given)
        status = 429 if form.full else 200
    told = {
        "form": form,
        "sealed": request.POST.get(carried.FIELD, ""),
        "next": back_to(request, ""),
        "passkey_options": passkeys.question(user, request.session, asked.rules.address),
        "has_app": factors.confirmed_device(user) is not None,
    }
    return render(request, "web/second_factor.html", told, status=status)


def _given(request: Request, user: User, form: CodeForm) -> Factor | None:
    """What was given; None with the reason on the form."""
    at, told = request.acting.at, form.cleaned_data
    if told["passkey"]:
        right = passkeys.proves(user, told["passkey"], request.session, request.rules.address, at)
        given = Factor.PASSKEY if right else None
    else:
        guess = attempts.code(request, user, at)
        if not guess.may():
            form.too_many()
            return None
        given = factors.match(user, told["code"])
        if given is None:
            guess.wrong()
    result = journal.Result.DONE if given else journal.Result.REFUSED
    journal.record(by=request.acting, act="session.second_factor", on="people.User", ids=[user.id], result=result)
    if given is None:
        form.wrong()
    return given


def _entered(request: Request, user: User, given: Factor) -> HttpResponse:
    """In: the session gets another key. Who used a recovery code hears how many are left."""
    request.session["factor"] = given.value
    request.session.cycle_key()
    if given is Factor.RECOVERY:
        left = factors.codes_left(user)
        told = ngettext("U hebt nog %(count)d reservecode.", "U hebt nog %(count)d reservecodes.", left)
        messages.warning(request, told % {"count": left} + " " + _("Nieuwe maakt u bij Mijn account."))
    return go_on(request, user)


@public
@require_http_methods(["GET", "POST"])
def second_factor_setup(request: HttpRequest) -> HttpResponse:
    """Bind an app or a passkey, once; afterwards it is done on the page of one's own account."""
    user = request.user
    if not isinstance(user, User):
        return redirect("login")
    if factors.is_bound(user):
        return redirect("second-factor")
    asked = cast(Request, request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if bound := _bound(asked, user, form):
            request.session["factor"] = bound.value
            request.session.cycle_key()
            journal.record(by=asked.acting, act="factor.bound", on="people.User", ids=[user.id])
            response = render(request, "web/second_factor_codes.html", {"codes": factors.fresh_codes(user)})
            attempts.know_device(request, response, user)
            return response
        form.wrong()
    return render(request, "web/second_factor_setup.html", {"form": form, **app_shown(user), **_passkey(asked, user)})


def _bound(request: Request, user: User, form: CodeForm) -> Factor | None:
    told = form.cleaned_data
    if told["passkey"]:
        made = passkeys.register(
            user, told["passkey"], "passkey", request.session, request.rules.address, request.acting.at
        )
        return Factor.PASSKEY if made else None
    guess = attempts.code(request, user, request.acting.at)
    if not guess.may():
        return None
    if factors.bind(user, told["code"]):
        return Factor.APP
    guess.wrong()
    return None


def _passkey(request: Request, user: User) -> dict[str, Any]:
    return {"passkey_options": passkeys.registration(user, request.session, request.rules.address)}


def app_shown(user: User) -> dict[str, Any]:
    """The picture and the secret of the app that waits to be bound."""
    device = factors.waiting_device(user)
    svg = segno.make(device.config_url).svg_inline(scale=5, border=2, svgclass=None, lineclass=None)
    return {"qr_svg": mark_safe(svg), "secret": b32encode(device.bin_key).decode().rstrip("=")}
