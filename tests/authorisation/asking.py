"""Every address asked by everybody: the addresses from the resolver, the askers by short name.

`Scene` makes both municipalities inside one transaction and undoes every request, so that thousands of them see the
same rows and leave nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse

from authorisation.municipality import ME, Made, make
from meldroute.domain.vocabulary import Role
from meldroute.people.factors import Factor
from meldroute.people.models import User
from meldroute.people.sessions import SessionStore
from meldroute.people.staying import begin
from objects_here import patterns

METHODS = ("GET", "POST")


@dataclass(frozen=True)
class Who:
    """One asker: `account` of which municipality asks for which objects of Heemstede."""

    name: str
    account: str = ""
    code: str = "HS"
    objects: str = "case"
    disabled: bool = False
    link_over: bool = False


ROLES = {
    "rep": Role.REPORTER,
    "par": Role.PARTNER_REPORTER,
    "mel": Role.MELDPUNT,
    "enf": Role.ENFORCEMENT,
    "mee": Role.MEETING_MEMBER,
    "loo": Role.LOO_MEMBER,
    "pri": Role.PRIVACY_OFFICER,
    "own": Role.PROCESS_OWNER,
    "fg": Role.FG,
    "arc": Role.ARCHIVIST,
    "boa": Role.BOARD,
    "int": Role.INTEGRITY,
    "ana": Role.ANALYST,
    "adm": Role.ADMINISTRATOR,
}
WITH_OWN = ("rep", "par", "enf", "mee", "loo", "pri", "own", "fg", "boa", "int")
OBJECTS = {"loo": "loo", "int": "sealed"}
WHO = (
    Who("an"),
    Who("over", link_over=True),
    Who("dis", "meldpunt", disabled=True),
    Who("bd", "meldpunt", code="BD"),
    *(Who(short, role.value) for short, role in ROLES.items()),
    *(Who(f"{short}+", ROLES[short].value + ME, objects=OBJECTS.get(short, "case")) for short in WITH_OWN),
    Who("mel#", "meldpunt", objects="sealed"),
    Who("sub#", "meeting_member" + ME, objects="sealed"),
)
BY_NAME = {who.name: who for who in WHO}

GIVEN: dict[str, Any] = {
    "code": "1",
    "kind": "1",
    "source": "bag",
    "recipient": "team_mensenhandel",
    "number": 1,
    "page": "knoppen",
    "token": "onzin",
}
"""Arguments that name no row."""
OTHERWISE: Mapping[str, Mapping[str, Any]] = {
    "awareness:make": {"kind": "=training"},
    "awareness:own": {"token": "own_token"},
    "awareness:own-calendar": {"token": "own_token"},
    "awareness:own-certificate": {"token": "own_token"},
    "awareness:sign-up": {"token": "sign_up_token"},
    "intake:partner": {"token": "partner_token"},
    "intake:partner-form": {"token": "partner_token", "code": "=abcdef01234567"},
    "intake:partner-draft": {"token": "partner_token", "code": "=abcdef01234567"},
    "intake:partner-check": {"token": "partner_token", "code": "=abcdef01234567"},
    "intake:partner-link-end": {"link_id": "partner_link_id"},
    "meetings:paper": {"kind": "=minutes"},
    "meetings:question": {"code": "=concrete"},
    "figures:file": {"kind": "=json"},
    "figures:figure-file": {"kind": "=json"},
    "reports:file": {"form": "=pdf"},
    "people:welcome": {"token": "welcome_token"},
    "sharing:policy": {"kind": "=sharing"},
    "sharing:policy-adopt": {"kind": "=sharing"},
    "sharing:policy-file": {"kind": "=sharing"},
    "sharing:policy-new": {"kind": "=sharing"},
    "route:feedback-compose": {"feedback_id": "blank_id"},
    "route:feedback-none": {"feedback_id": "blank_id"},
    "route:feedback-receipt": {"feedback_id": "receipt_id"},
    "route:outbox-mail": {"mail_id": "outgoing_id"},
}
"""Where an argument means another object than its name says; after `=` stands the value itself."""


@dataclass(frozen=True)
class Address:
    """A named address and the converters of its arguments."""

    name: str
    arguments: Mapping[str, str]

    def url(self, ids: Mapping[str, Any], absent: bool = False) -> str:
        """The address of these objects; with `absent` of rows that do not exist."""
        return reverse(self.name, kwargs={name: self._value(name, ids, absent) for name in self.arguments})

    def _value(self, name: str, ids: Mapping[str, Any], absent: bool) -> Any:
        if absent and self.arguments[name] == "UUIDConverter":
            return uuid4()
        wanted = OTHERWISE.get(self.name, {}).get(name, name)
        if wanted.startswith("="):
            return wanted[1:]
        known = {**GIVEN, **ids}
        if wanted not in known:
            raise LookupError(f"{self.name}: tests/authorisation/municipality.py makes no {name}; add it there")
        return known[wanted]

    @property
    def has_object(self) -> bool:
        """Whether it names a row."""
        return "UUIDConverter" in self.arguments.values()


@cache
def addresses() -> Mapping[str, Address]:
    """Every address of the application, from the resolver, by name."""
    return {
        name: Address(name, {argument: type(kind).__name__ for argument, kind in one.pattern.converters.items()})
        for name, one in sorted(patterns())
    }


@dataclass
class Scene:
    """Two municipalities with one of everything, and a browser session per account."""

    here: Made
    there: Made
    sessions: dict[UUID, str] = field(default_factory=dict)
    handlers: dict[bool, ClientHandler] = field(default_factory=dict)

    def made(self, who: Who) -> Made:
        """The municipality of the account."""
        return self.here if who.code == "HS" else self.there

    def ids(self, who: Who) -> Mapping[str, Any]:
        """The objects that this column asks for."""
        ids: Mapping[str, Any] = getattr(self.here, who.objects)
        return {**ids, "partner_token": ids["partner_token_over"]} if who.link_over else ids

    def client(self, who: Who, *, enforce_csrf_checks: bool = False) -> Client:
        """A browser with the session of the account."""
        client = Client(enforce_csrf_checks=enforce_csrf_checks, raise_request_exception=False)
        client.handler = self._handler(enforce_csrf_checks)
        if who.account:
            client.cookies[settings.SESSION_COOKIE_NAME] = self._session(self.made(who).people[who.account], who)
        return client

    def _handler(self, csrf: bool) -> ClientHandler:
        """The application behind its middleware; one for all, as loading that costs more than most pages."""
        if csrf not in self.handlers:
            self.handlers[csrf] = ClientHandler(enforce_csrf_checks=csrf)
            self.handlers[csrf].load_middleware()
        return self.handlers[csrf]

    def _session(self, user: User, who: Who) -> str:
        if user.id not in self.sessions:
            session = SessionStore()
            session[SESSION_KEY] = str(user.id)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session["municipality"] = str(self.made(who).place)
            session["factor"] = Factor.APP.value
            begin(session, at=datetime.now(UTC), device="")
            session.save()
            self.sessions[user.id] = str(session.session_key)
        return self.sessions[user.id]

    def ask(self, who: Who, method: str, url: str, client: Client | None = None, **more: Any) -> HttpResponse:
        """One request, undone afterwards; without `client` straight to the application, with the session only."""
        with undone():
            answer = client.generic(method, url, **more) if client else self._direct(who, method, url, **more)
            if answer.streaming:
                answer._container = [b"".join(answer.streaming_content)]  # read while the rows are there
        return answer

    def _direct(self, who: Who, method: str, url: str, **more: Any) -> HttpResponse:
        factory = RequestFactory()
        if who.account:
            factory.cookies[settings.SESSION_COOKIE_NAME] = self._session(self.made(who).people[who.account], who)
        request = factory.generic(method, url, **more)
        request._dont_enforce_csrf_checks = True
        return self._handler(False).get_response(request)


@contextmanager
def undone() -> Iterator[None]:
    """A block whose rows and settings are taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def scene() -> Iterator[Scene]:
    """Both municipalities, inside a transaction that is rolled back at the end."""
    with undone():
        at = datetime.now(UTC) - timedelta(minutes=30)
        made = Scene(make("HS", at), make("BD", at))
        for who in WHO:
            made.client(who)
        outside()
        yield made


def outside() -> None:
    """Leave the municipality that was entered: what follows starts behind the wall."""
    with connection.cursor() as cursor:
        for name in ("actor", "municipality", "scope", "at"):
            cursor.execute("SELECT set_config(%s, '', true)", [f"meldroute.{name}"])


@contextmanager
def standing(made: Scene, who: Who) -> Iterator[None]:
    """A block in which the account of the asker is as the asker says."""
    with undone():
        if who.disabled:
            User.objects.filter(id=made.made(who).people[who.account].id).update(is_active=False)
        yield
