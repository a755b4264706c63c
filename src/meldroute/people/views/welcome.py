"""Before one has an account: choosing a password with a link that works once."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meldroute.journal import actions as journal

from .. import attempts
from ..forms import PasswordForm
from ..gate import Request, public
from ..invitations import user_of


@public
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password; the link works once."""
    asked = cast(Request, request)
    guess = attempts.link(request, asked.acting.at)
    if not guess.may():
        return render(request, "people/link_too_often.html", status=429)
    user = user_of(token)
    if user is None:
        asked.wrong_tries.append(guess)
        return render(request, "people/link_ended.html", status=410)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user.set_password(form.cleaned_data["password"])
        user.save(update_fields=["password"])
        journal.record(by=asked.acting, act="user.welcome", on="people.User", ids=[user.id])
        return redirect("login")
    return render(request, "people/welcome.html", {"form": form, "account_user": user})
