"""Which roles a view lets in, stated once, beside the view. A view without a statement fails the build."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, TypeAlias, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from meldroute.domain.vocabulary import Role
from meldroute.journal.acting import Acting

from .attempts import Try
from .models import Municipality
from .outside import to_login
from .staying import Rules

View: TypeAlias = Callable[..., HttpResponseBase]
WrapView: TypeAlias = Callable[[View], View]
EVERYBODY = frozenset(Role)


class Request(HttpRequest):
    """A request after the middleware: it knows who acts, and where else this user has a role.

    `holidays` reads the days that are no working days there, from the policy of the municipality.
    """

    acting: Acting
    places: list[Municipality]
    rules: Rules
    holidays: Callable[[], frozenset[date]]
    wrong_tries: list[Try]


def public(view: View) -> View:
    """No account needed."""
    view.__dict__["lets_in"] = None
    return view


def allowed(*roles: Role) -> WrapView:
    """Only for accounts with one of `roles` in the active municipality; without any: every account."""
    wanted = frozenset(roles) or EVERYBODY

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            acting = cast(Request, request).acting
            if acting.user_id is None:
                return to_login(request)
            if not acting.roles & wanted:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        inner.__dict__["lets_in"] = wanted
        return inner

    return wrap
