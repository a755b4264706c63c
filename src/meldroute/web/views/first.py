"""The first two accounts of an empty installation."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meldroute.people import attempts
from meldroute.people.first import First, first_account, first_of
from meldroute.people.forms import FirstAccountForm
from meldroute.people.gate import Request, public


@public
@require_http_methods(["GET", "POST"])
def first(request: HttpRequest, token: str) -> HttpResponse:
    """One of the two accounts, with the code that the start of the empty installation printed."""
    asked = cast(Request, request)
    guess = attempts.link(request, asked.acting.at)
    if not guess.may():
        return render(request, "people/link_too_often.html", status=429)
    wanted = first_of(token, settings.MELDROUTE_STATE, asked.acting.today)
    if wanted is None:
        asked.wrong_tries.append(guess)
        raise Http404
    form = FirstAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _made(request, wanted, form):
        messages.success(request, _("Het account is gemaakt. Log nu in; u stelt dan een tweede factor in."))
        return redirect("login")
    told = {"form": form, "title": _(wanted.title), "about": _(wanted.about)}
    return render(request, "people/first_account.html", told)


def _made(request: HttpRequest, wanted: First, form: FirstAccountForm) -> bool:
    told = {name: form.cleaned_data[name] for name in ("name", "mail", "password")}
    try:
        first_account(first=wanted, by=cast(Request, request).acting, **told)
    except ValueError:
        form.add_error("mail", _("Dit adres heeft al een account. Dit tweede account is van een ander persoon."))
        return False
    wanted.forget_code(settings.MELDROUTE_STATE)
    return True
