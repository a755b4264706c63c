"""Which roles a view lets in, stated once, beside the view. A view without a statement fails the build."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from meldroute.domain.vocabulary import Role
from meldroute.journal.acting import Acting

from .models import Municipality

View: TypeAlias = Callable[..., HttpResponseBase]
EVERYBODY = frozenset(Role)


class Request(HttpRequest):
    """A request after the middleware: it knows who acts, and where else this user has a role."""

    acting: Acting
    places: list[Municipality]


def public(view: View) -> View:
    """No account needed."""
    view.__dict__["lets_in"] = None
    return view


def allowed(*roles: Role) -> Callable[[View], View]:
    """Only for accounts with one of `roles` in the active municipality; without any: every account."""
    wanted = frozenset(roles) or EVERYBODY

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            acting = cast(Request, request).acting
            if acting.user_id is None:
                return redirect_to_login(request.get_full_path())
            if not acting.roles & wanted:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        inner.__dict__["lets_in"] = wanted
        return inner

    return wrap
