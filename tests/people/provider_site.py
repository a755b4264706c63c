"""A real identity provider: django-oauth-toolkit with its own SQLite.

Run as `python provider_site.py FOLDER PORT ISSUER BACK`.

It is a site of its own, with another Django than ours around it: nothing of meldroute is imported. People sign in with
their name, the password `PASSWORD` and, if they like, the code `CODE` as a second factor. `/beheer/` is for the tests:
putting somebody into groups, and ending somebody, which gives a logout token signed by the provider.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from uuid import uuid4
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

PASSWORD, CODE = "oefenen-bij-de-gemeente", "271828"
SECRET = "geheim-van-meldroute-om-te-oefenen"
CLIENT, OTHER = "meldroute", "andere-toepassing"
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"


def configure(folder: Path, issuer: str) -> None:
    """The settings of this site."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    apps = ["auth", "contenttypes", "sessions", "messages"]
    middleware = ["sessions.middleware.SessionMiddleware", "auth.middleware.AuthenticationMiddleware"]
    settings.configure(
        SECRET_KEY="alleen-voor-deze-oefening",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="provider_site",
        INSTALLED_APPS=[*(f"django.contrib.{name}" for name in apps), "oauth2_provider"],
        MIDDLEWARE=[f"django.contrib.{name}" for name in middleware],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "provider.sqlite3")}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        LOGIN_URL="/aanmelden/",
        USE_TZ=True,
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_ISS_ENDPOINT": issuer,
            "OIDC_RSA_PRIVATE_KEY": pem,
            "PKCE_REQUIRED": True,
            "SCOPES": {"openid": "openid", "profile": "profile", "email": "email"},
            "OAUTH2_VALIDATOR_CLASS": "provider_site.Validator",
            "ID_TOKEN_EXPIRE_SECONDS": 3600,
        },
    )
    django.setup()


if __name__ == "__main__":
    sys.modules["provider_site"] = sys.modules["__main__"]
    configure(Path(sys.argv[1]), sys.argv[3])

from django.contrib.auth import authenticate, login  # noqa: E402
from django.contrib.auth.models import Group, User  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpRequest, HttpResponse, JsonResponse  # noqa: E402
from django.shortcuts import redirect  # noqa: E402
from django.urls import include, path  # noqa: E402
from django.utils import timezone  # noqa: E402
from jwcrypto import jwt  # noqa: E402
from oauth2_provider.models import Application  # noqa: E402
from oauth2_provider.oauth2_validators import OAuth2Validator  # noqa: E402
from oauth2_provider.settings import oauth2_settings  # noqa: E402

SIGNED_IN: dict[int, tuple[str, list[str]]] = {}
"""Per user: the number of the last session, and how it was begun."""
EXTRA: dict[int, dict[str, object]] = {}


class Validator(OAuth2Validator):
    """What this provider says of people."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: object) -> dict[str, object]:
        """Name, mail, groups, and how somebody signed in."""
        user = request.user
        session, amr = SIGNED_IN[user.id]
        groups = sorted(user.groups.values_list("name", flat=True))
        told = {"name": user.get_full_name(), "email": user.email, "email_verified": True, "groups": groups}
        return told | {"sid": session, "amr": amr} | EXTRA.get(user.id, {})


def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password, and the code of a second factor for who gives it."""
    if request.method != "POST":
        return HttpResponse(
            '<form method="post"><input name="name"><input name="password"><input name="code"><button>Ja'
        )
    user = authenticate(request, username=request.POST["name"], password=request.POST["password"])
    if user is None:
        return HttpResponse("nee", status=403)
    login(request, user)
    SIGNED_IN[user.id] = (str(uuid4()), ["pwd", "otp", "mfa"] if request.POST.get("code") == CODE else ["pwd"])
    return redirect(request.GET["next"])


def person(request: HttpRequest) -> HttpResponse:
    """Make somebody, or put somebody into exactly these groups; `extra` are claims of another kind of provider."""
    told = json.loads(request.body)
    user, made = User.objects.get_or_create(username=told["name"], defaults={"email": told["mail"]})
    if made:
        user.set_password(PASSWORD)
        user.first_name = told["name"].capitalize()
        user.save()
    user.groups.set(Group.objects.get_or_create(name=name)[0] for name in told["groups"])
    User.objects.filter(id=user.id).update(is_active=True, email=told["mail"])
    EXTRA[user.id] = told.get("extra", {})
    return JsonResponse({"sub": str(user.id)})


def end(request: HttpRequest) -> HttpResponse:
    """Somebody leaves: no sign-in any more, and a logout token; `changed` claims for what is wrong."""
    told = json.loads(request.body)
    user = User.objects.get(username=told["name"])
    User.objects.filter(id=user.id).update(is_active=not told["gone"])
    Session.objects.all().delete()
    now = int(timezone.now().timestamp())
    claims = {
        "iss": oauth2_settings.OIDC_ISS_ENDPOINT,
        "aud": CLIENT,
        "iat": now,
        "exp": now + 120,
        "jti": str(uuid4()),
        "events": {LOGOUT: {}},
        "sub": str(user.id),
    }
    if told["session"]:
        claims["sid"] = SIGNED_IN[user.id][0]
    told = {"type": "logout+jwt"} | told
    claims = {name: value for name, value in (claims | told.get("changed", {})).items() if value is not None}
    key = Application.objects.get(client_id=CLIENT).jwk_key
    token = jwt.JWT(header={"typ": told["type"], "alg": "RS256", "kid": key.thumbprint()}, claims=claims)
    token.make_signed_token(key)
    return HttpResponse(token.serialize())


urlpatterns = [
    path("aanmelden/", sign_in),
    path("beheer/mens/", person),
    path("beheer/einde/", end),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]


class Server(ThreadingMixIn, WSGIServer):
    """A thread per request."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """No line per request."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def main(port: int, back: str) -> None:
    """Make the tables and two clients, and serve."""
    call_command("migrate", verbosity=0)
    for client in (CLIENT, OTHER):
        Application.objects.create(
            name=client,
            client_id=client,
            client_secret=SECRET,
            client_type="confidential",
            authorization_grant_type="authorization-code",
            redirect_uris=back,
            algorithm="RS256",
            skip_authorization=True,
        )
    make_server("127.0.0.1", port, get_wsgi_application(), Server, Quiet).serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[2]), sys.argv[4])
