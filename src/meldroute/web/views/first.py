"""The first account of an empty installation."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_http_methods

from meldroute.people.first import first_account, first_token
from meldroute.people.forms import FirstAccountForm
from meldroute.people.gate import Request, public
from meldroute.people.models import User


@public
@require_http_methods(["GET", "POST"])
def first(request: HttpRequest, token: str) -> HttpResponse:
    """The first account, with the code that the start of the empty installation printed."""
    if User.objects.exists() or not constant_time_compare(token, first_token(settings.MELDROUTE_STATE)):
        raise Http404
    form = FirstAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        first_account(name=told["name"], mail=told["mail"], password=told["password"], by=cast(Request, request).acting)
        return redirect("login")
    return render(request, "people/first_account.html", {"form": form})
