"""The identity provider of the municipality: OpenID Connect, authorization code with PKCE.

OpenID Connect Core 1.0, Discovery 1.0 and Back-Channel Logout 1.0; RFC 7636 (PKCE, S256), RFC 9207 (`iss` in the
answer). Authlib and joserfc check signatures and claims; what is not believed raises `NotBelieved` with the name of
the check that failed, and nothing of what came in.
"""

from __future__ import annotations

import hmac
import json
import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.parse import quote_plus, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidClaimError, JoseError, MissingClaimError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Signatures with a public key only: never none, never a shared secret."""
LEEWAY = 60
"""Seconds that the clocks may differ."""
WAITS = timedelta(minutes=10)
"""How long somebody may take at the identity provider."""
LONGEST, NAME = 255, 120
"""Characters of a claim, and those that we keep of a name."""
KEPT = timedelta(hours=1)
AGAIN = timedelta(minutes=1)
LARGEST = 1_000_000
SECONDS = 10
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_TYPES = ("logout+jwt", "application/logout+jwt")
"""What the header of a logout token says it is; Keycloak says so among its claims."""
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
GROUPS_LEFT_OUT = "_claim_names"
"""Entra ID names the groups here, and leaves them out, when somebody is in too many."""


class NotBelieved(Exception):
    """What came in is no good sign-in; `check` is the name of what failed."""

    def __init__(self, check: str) -> None:
        super().__init__(check)
        self.check = check


@dataclass(frozen=True)
class Question:
    """What we asked the identity provider, kept in the session until the answer; `again` proves who sits there."""

    state: str
    nonce: str
    verifier: str
    at: str
    wanted: str
    again: bool

    @classmethod
    def fresh(cls, at: datetime, wanted: str, *, again: bool) -> Question:
        """A question that nobody can guess."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, at.isoformat(), wanted, again)

    @classmethod
    def kept(cls, told: Any) -> Question | None:
        """As it lay in the session."""
        return cls(**told) if told else None

    def to_keep(self) -> dict[str, Any]:
        """For the session."""
        return asdict(self)

    @property
    def asked_at(self) -> datetime:
        """When it was asked."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True)
class Told:
    """What the identity provider says of somebody, checked; `groups` None: it left them out."""

    issuer: str
    subject: str
    session: str
    mail: str
    mail_verified: bool | None
    name: str
    groups: tuple[str, ...] | None
    claims: Mapping[str, Any]

    @classmethod
    def of(cls, claims: Mapping[str, Any], group_claim: str) -> Told:
        """From the claims of an id token."""
        verified = claims.get("email_verified")
        return cls(
            issuer=_text(claims, "iss"),
            subject=_text(claims, "sub"),
            session=_text(claims, "sid"),
            mail=_text(claims, "email").lower(),
            mail_verified=None if verified is None else verified in (True, "true"),
            name=_text(claims, "name")[:NAME],
            groups=_groups(claims, group_claim),
            claims=claims,
        )

    def proven_since(self, moment: datetime) -> bool:
        """Whether the person signed in there after `moment`."""
        at = self.claims.get("auth_time")
        return isinstance(at, int | float) and at >= moment.timestamp() - LEEWAY


def _text(claims: Mapping[str, Any], name: str) -> str:
    """A claim as text, "" when it is not there. Raises NotBelieved for what no identity provider sends."""
    text = str(claims.get(name) or "").strip()
    if len(text) > LONGEST or "\0" in text:
        raise NotBelieved("claims")
    return text


def _groups(claims: Mapping[str, Any], name: str) -> tuple[str, ...] | None:
    if name in (claims.get(GROUPS_LEFT_OUT) or ()) or claims.get("hasgroups"):
        return None
    told = claims.get(name, [])
    return tuple(str(one) for one in (told if isinstance(told, list) else [told]))


@dataclass(frozen=True)
class Leaving:
    """A logout that the identity provider tells us of: of one session, or of everything of `subject`."""

    issuer: str
    subject: str
    session: str
    number: str


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """An identity provider answers itself."""


def safe_address(address: str) -> bool:
    """Whether `address` is https, or http on this machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL))


@dataclass
class _Known:
    """What was read of the provider, and when."""

    metadata: Mapping[str, Any]
    keys: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True)
class Provider:
    """One identity provider, as the installation set it (docs/operations/settings.md)."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    groups: str = "groups"
    scope: str = "openid profile email"
    known: list[_Known] = field(default_factory=list, compare=False, repr=False)
    """The last reading; empty before the first."""

    def question_address(self, question: Question, back: str) -> str:
        """Where the browser goes to sign in. Raises NotBelieved when the provider cannot be read."""
        told = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": back,
            "scope": self.scope,
            "state": question.state,
            "nonce": question.nonce,
            "code_challenge": create_s256_code_challenge(question.verifier),
            "code_challenge_method": "S256",
        }
        if question.again:
            told |= {"prompt": "login", "max_age": "0"}
        address = self._metadata(question.asked_at)["authorization_endpoint"]
        return f"{address}{'&' if '?' in address else '?'}{urlencode(told)}"

    def answer(self, given: Mapping[str, str], question: Question | None, back: str, at: datetime) -> Told:
        """Who signed in, from what the browser came back with. Raises NotBelieved."""
        if question is None or not hmac.compare_digest(given.get("state", "").encode(), question.state.encode()):
            raise NotBelieved("state")
        if at - question.asked_at > WAITS:
            raise NotBelieved("state")
        self._insist_issuer(given.get("iss"), at)
        if "error" in given or "code" not in given:
            raise NotBelieved("answer")
        tokens = self._exchange(given["code"], question, back, at)
        return Told.of(self._id_token(tokens, question, at), self.groups)

    def _insist_issuer(self, named: str | None, at: datetime) -> None:
        """RFC 9207: an answer of another provider than was asked is not taken to the token address."""
        says = self._metadata(at).get("authorization_response_iss_parameter_supported")
        if (named is None and says) or (named is not None and named != self.issuer):
            raise NotBelieved("issuer")

    def _exchange(self, code: str, question: Question, back: str, at: datetime) -> Mapping[str, Any]:
        told = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": question.verifier,
        }
        metadata = self._metadata(at)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if "client_secret_basic" in metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
            pair = f"{quote_plus(self.client)}:{quote_plus(self.secret)}"
            headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
        else:
            told |= {"client_id": self.client, "client_secret": self.secret}
        return _read(metadata["token_endpoint"], "code", urlencode(told).encode(), headers)

    def _id_token(self, tokens: Mapping[str, Any], question: Question, at: datetime) -> Mapping[str, Any]:
        text = tokens.get("id_token")
        if not isinstance(text, str):
            raise NotBelieved("answer")
        token = self._signed(text, at)
        told = {"client_id": self.client, "nonce": question.nonce, "access_token": tokens.get("access_token")}
        found = CodeIDToken(token.claims, token.header, self._wanted(), told)
        _checked(lambda: found.validate(now=int(at.timestamp()), leeway=LEEWAY))
        return dict(found)

    def _wanted(self) -> dict[str, Any]:
        return {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.client},
            "exp": {"essential": True},
            "iat": {"essential": True},
        }

    def leaving(self, text: str, at: datetime) -> Leaving:
        """What a logout token says (Back-Channel Logout 1.0, 2.6). Raises NotBelieved."""
        token = self._signed(text, at)
        claims = token.claims
        if token.header.get("typ") not in LOGOUT_TYPES and claims.get("typ") != "Logout":
            raise NotBelieved("typ")
        rules = JWTClaimsRegistry(int(at.timestamp()), LEEWAY, **self._wanted(), jti={"essential": True})
        _checked(lambda: rules.validate(claims))
        events = claims.get("events")
        if "nonce" in claims or not isinstance(events, dict) or not isinstance(events.get(LOGOUT), dict):
            raise NotBelieved("events")
        subject, session = _text(claims, "sub"), _text(claims, "sid")
        if not subject and not session:
            raise NotBelieved("sub")
        return Leaving(self.issuer, subject, session, str(claims["jti"]))

    def _signed(self, text: str, at: datetime) -> jwt.Token:
        """The token, when a key of the provider signed it; unknown keys are read anew, at most once a minute."""
        try:
            return _opened(text, self._read(at).keys)
        except NotBelieved:
            if at - self._read(at).at < AGAIN:
                raise
            self.known.clear()
            return _opened(text, self._read(at).keys)

    def _metadata(self, at: datetime) -> Mapping[str, Any]:
        return self._read(at).metadata

    def _read(self, at: datetime) -> _Known:
        """What the provider says of itself, read anew when that is an hour ago."""
        for known in self.known[:1]:
            if timedelta(0) <= at - known.at < KEPT:
                return known
        metadata = _read(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration", "unreachable")
        if metadata.get("issuer") != self.issuer:
            raise NotBelieved("issuer")
        addresses = [metadata.get(name, "") for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
        if not all(isinstance(one, str) and safe_address(one) for one in addresses):
            raise NotBelieved("unreachable")
        found = _Known(metadata, _read(addresses[2], "unreachable"), at)
        self.known[:] = [found]
        return found


def _read(
    address: str, check: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> Mapping[str, Any]:
    """A JSON object from the provider. Raises NotBelieved, with `check` when the provider itself says no."""
    request = Request(address, body, dict(headers or {}))  # noqa: S310 (held against `safe_address` before)
    try:
        with build_opener(_NoRedirect).open(request, timeout=SECONDS) as answer:
            told = json.loads(answer.read(LARGEST))
    except (URLError, HTTPException, OSError, ValueError) as error:
        refused = getattr(error, "code", 0) in (400, 401)
        raise NotBelieved(check if refused else "unreachable") from None
    if not isinstance(told, dict):
        raise NotBelieved("unreachable")
    return told


def _opened(text: str, keys: Mapping[str, Any]) -> jwt.Token:
    try:
        return jwt.decode(text, KeySet.import_key_set(_public(keys)), algorithms=ALGORITHMS)
    except (JoseError, ValueError, TypeError, KeyError):
        raise NotBelieved("signature") from None


def _public(keys: Mapping[str, Any]) -> Any:
    """The keys that sign; kinds that we do not know are no reason to refuse the others."""
    listed = keys.get("keys", [])
    return {"keys": [one for one in listed if one.get("kty") in ("RSA", "EC") and one.get("use", "sig") == "sig"]}


def _checked(check: Any) -> None:
    try:
        check()
    except ExpiredTokenError:
        raise NotBelieved("exp") from None
    except (InvalidClaimError, MissingClaimError) as error:
        raise NotBelieved(str(error.claim)) from None
    except (JoseError, ValueError, TypeError):
        raise NotBelieved("claims") from None
