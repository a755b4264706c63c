"""Asking again who sits there, before facts leave or rights change (ASVS 5.0, 7.5.3).

`@fresh()` stands below `@allowed(...)`. A proof that is recent (logging in is one) is enough; else a page asks the
password, a code or a passkey. What was posted is carried through that page as it was, and done when the proof is right.
"""

from __future__ import annotations

from functools import wraps
from typing import Any, Literal, cast

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from meldroute.journal import actions as journal

from . import attempts, factors, passkeys
from .carried import fields_of
from .forms import ProofForm
from .gate import Request, View, WrapView
from .models import User
from .staying import is_fresh, prove

PROOF = ("bewijs-password", "bewijs-code", "bewijs-passkey", "bewijs")
WITHOUT = frozenset(PROOF)
CAN_LOOK = frozenset({"GET", "HEAD"})
Asks = Literal["act", "look"]


def fresh(asks: Asks = "act") -> WrapView:
    """Ask for a recent proof: before an act (POST), or with "look" before seeing or downloading too."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            asked = cast(Request, request)
            if "bewijs" in request.POST:
                refused = None if _is_proven(asked) else _prove(asked)
                if refused is not None:
                    return refused
                if request.POST["bewijs"] == "look":
                    return redirect(request.get_full_path())
                request.POST = _without_proof(request)
            elif _must_prove(asked, asks):
                return _ask(asked, ProofForm(user=cast(User, request.user), prefix="bewijs"))
            return view(request, *args, **kwargs)

        inner.__dict__["asks_proof"] = asks
        return inner

    return wrap


def _must_prove(request: Request, asks: Asks) -> bool:
    if request.method in CAN_LOOK and asks != "look":
        return False
    return not _is_proven(request)


def _is_proven(request: Request) -> bool:
    """Recently enough, perhaps meanwhile in another tab: at the identity provider that is where it is done."""
    return is_fresh(request.session, request.acting.at, request.rules)


def _prove(request: Request) -> HttpResponseBase | None:
    """None when the proof is right; else the page again. The session gets another key (step-up)."""
    user, acting = cast(User, request.user), request.acting
    form = ProofForm(request.POST, user=user, prefix="bewijs")
    given = _given(request, form) if form.is_valid() else None
    if given is not None:
        result = journal.Result.DONE if given else journal.Result.REFUSED
        journal.record(by=acting, act="session.prove", on="people.User", ids=[user.id], result=result)
    if not given:
        return _ask(request, form)
    prove(request.session, acting.at)
    request.session.cycle_key()
    return None


def _given(request: Request, form: ProofForm) -> bool:
    """Whether what was given proves it; guesses count as they do at login."""
    user, at, told = cast(User, request.user), request.acting.at, form.cleaned_data
    if told.get("passkey"):
        right = passkeys.proves(user, told["passkey"], request.session, request.rules.address, at)
        return right or form.wrong()
    by_code = bool(told.get("code"))
    guess = attempts.code(request, user, at) if by_code else attempts.password(request, user.email, at)
    if not guess.may():
        return form.too_many()
    right = bool(factors.match(user, told["code"])) if by_code else user.check_password(told["password"])
    if not right:
        guess.wrong()
    return right or form.wrong()


def _ask(request: Request, form: ProofForm) -> HttpResponseBase:
    user = cast(User, request.user)
    looks = request.method in CAN_LOOK or request.POST.get("bewijs") == "look"
    told = {
        "form": form,
        "looks": "look" if looks else "act",
        "carried": () if looks else fields_of(request.POST, WITHOUT),
        "files": list(request.FILES),
        "passkey_options": passkeys.question(user, request.session, request.rules.address),
        "minutes": int(request.rules.fresh.total_seconds() // 60),
        "by_sso": "by_provider" in request.session or not user.has_usable_password(),
        "sso_url": request.rules.provider,
    }
    return render(request, "people/prove.html", told)


def _without_proof(request: HttpRequest) -> Any:
    posted = request.POST.copy()
    for name in PROOF:
        posted.pop(name, None)
    posted._mutable = False
    return posted
