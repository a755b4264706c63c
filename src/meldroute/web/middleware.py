"""One request is one unit of work, entered for one municipality; what is refused is journalled too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from meldroute.domain.verdict import Refused
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.journal.models import Entry
from meldroute.people import carried
from meldroute.people.gate import Request
from meldroute.people.models import User
from meldroute.people.outside import SEALED
from meldroute.people.staying import Rules, begin, is_over, note_use, rough_device
from meldroute.people.unit import NotHere, enter, enter_own
from meldroute.route.conflict import Conflict
from meldroute.route.terms import holidays_of
from meldroute.vault import keys

from . import shown
from .views.errors import conflicted, refused

Respond = Callable[[HttpRequest], HttpResponse]
RESULTS = {404: journal.Result.ABSENT, 403: journal.Result.REFUSED, 429: journal.Result.REFUSED}
AWAY = 503
"""The database does not answer: there is no journal to tell it to."""
MOVED = (301, 302, 303, 307)
"""Answers that show nothing: what was looked up for the act is no look of its own."""
UNVERIFIED = ("/tweede-factor/", "/uitloggen/", "/static/", "/taal/", "/inloggen/gemeente/")


def rules() -> Rules:
    """How long sessions and proofs last here."""
    return Rules(
        idle=timedelta(minutes=settings.MELDROUTE_SESSION_MINUTES),
        whole=timedelta(hours=settings.MELDROUTE_SESSION_HOURS),
        fresh=timedelta(minutes=settings.MELDROUTE_PROOF_MINUTES),
        address=settings.MELDROUTE_BASE_URL,
        provider=reverse("sso") if settings.MELDROUTE_OIDC else "",
    )


def origin(request: HttpRequest) -> str:
    """Where the request came from; the proxy's word counts only from a trusted proxy (the WSGI server sets it)."""
    return str(request.META.get("REMOTE_ADDR", ""))


class SecureHeaders:
    """Headers of every answer, also of errors and files."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers of T40."""
        response = self.respond(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        return response


class UnitOfWork:
    """Opens the transaction; an answer of 400 or above undoes everything, then tells the journal so."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within one transaction."""
        asked = cast(Request, request)
        asked.acting = Acting(None, None, at=datetime.now(UTC), origin=origin(request))
        asked.rules, asked.wrong_tries = rules(), []
        asked.holidays = lambda: holidays_of(asked.acting.place)
        try:
            with transaction.atomic(), journal.told() as entries, shown.watched() as seen:
                response = self.respond(request)
                if response.status_code >= 400:
                    entries.clear()
                    transaction.set_rollback(True)
                elif response.status_code in MOVED:
                    entries[:] = [entry for entry in entries if entry.act != "look"] or entries[:1]
                elif seen.errors and request.method == "POST":
                    self.tell_wrong(asked, entries)
            if response.status_code == AWAY:
                connection.close()  # whatever state it is in, the next request begins with a good one
            elif response.status_code >= 400:
                self.count_again(asked)
                self.tell_refusal(asked, response)
        finally:
            keys.forget_opened()
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal and a conflict have pages of their own."""
        if isinstance(exception, Refused):
            return refused(request, exception.verdict)
        if isinstance(exception, Conflict):
            return conflicted(request, exception)
        return None

    def count_again(self, request: Request) -> None:
        """Wrong tries of a link, undone with the rest, count nevertheless."""
        with transaction.atomic():
            for one in request.wrong_tries:
                one.wrong()

    def tell_wrong(self, request: Request, entries: list[Entry]) -> None:
        """One entry for a form that is shown again because of an error, when a rule that refused it told none."""
        if request.acting.user_id is not None and not any(one.result == journal.Result.REFUSED for one in entries):
            _tell(request, request.acting, journal.Result.FAILED)

    def tell_refusal(self, request: Request, response: HttpResponse) -> None:
        """One entry for what was refused, not found or went wrong, for somebody who is logged in."""
        acting = request.acting
        if acting.user_id is None and response.status_code == 404:
            return
        with transaction.atomic(), journal.told():
            _tell(request, _entered(acting), RESULTS.get(response.status_code, journal.Result.FAILED))


def _tell(request: Request, acting: Acting, result: journal.Result) -> None:
    """What was asked for, by the name of its address, and how it ended."""
    match = request.resolver_match
    journal.record(
        by=acting,
        act=f"{request.method} {match.view_name if match else '?'}",
        on="url",
        ids=[v for v in (match.kwargs.values() if match else ()) if isinstance(v, UUID)],
        result=result,
    )


def _entered(acting: Acting) -> Acting:
    if acting.user_id is None:
        return Acting(None, None, at=acting.at, origin=acting.origin)
    try:
        return enter(acting)
    except NotHere:
        return Acting(acting.user_id, None, at=acting.at, origin=acting.origin)


def _back(request: HttpRequest) -> str:
    """Where to go after the second factor."""
    looks = request.method == "GET" and request.path != "/"
    return f"?{urlencode({'next': request.get_full_path()}, safe='/')}" if looks else ""


class Enter:
    """Enters the municipality of the session; asks for the second factor; bars who left."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as who is logged in."""
        asked = cast(Request, request)
        user = asked.user
        if not isinstance(user, User):
            return self.respond(request)
        if is_over(request.session, asked.acting.at, asked.rules):
            self.end(asked, user)
            return self.respond(request)
        if "began" not in request.session:
            begin(request.session, at=asked.acting.at, device=rough_device(request.headers.get("User-Agent", "")))
        note_use(request.session, asked.acting.at)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(user.language)
        try:
            asked.places, asked.acting = enter_own(user, request.session.get("municipality"), asked.acting)
        except NotHere:
            logout(request)
            return redirect("login")
        if not self.verified(asked) and not request.path.startswith(UNVERIFIED):
            return redirect(f"{reverse('second-factor')}{_back(request)}")
        return self.respond(request)

    def end(self, request: Request, user: User) -> None:
        """The session is over: end it on the server; what was just sent goes along to the login page, sealed."""
        journal.record(by=request.acting, act="session.over", on="people.User", ids=[user.id])
        sealed = carried.seal(request, user, request.acting.at) if request.method == "POST" else ""
        setattr(request, SEALED, sealed)
        logout(request)
        request.user = AnonymousUser()

    def verified(self, request: Request) -> bool:
        """Whether the second factor was given, or this is practice, where none is asked."""
        return bool(settings.MELDROUTE_PRACTICE or request.session.get("factor"))
