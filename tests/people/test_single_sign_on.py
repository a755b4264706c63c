"""Single sign-on at a real identity provider (django-oauth-toolkit): who is let in, and everything that is not."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from authlib.oidc.core.util import create_half_hash
from django.test import Client
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from meldroute.journal.models import INSTALLATION, Entry
from meldroute.people.models import Identity, Membership, Session, User
from people.provider_here import CLIENT, CODE, OTHER, RealProvider
from people.sso_here import BACK, RETURN, START, begin, said, sign_in
from people_here import user


def refused_once(check: str) -> None:
    """Exactly one entry, which names the check, and nobody is in."""
    entries = Entry.objects.filter(chain=INSTALLATION, act="session.login")
    assert [(entry.result, entry.fields) for entry in entries] == [("refused", ["provider", check])]
    assert not Session.objects.filter(user_id__isnull=False).exists()


@pytest.mark.django_db
def test_the_question_holds_what_protects_it(client: Client, provider: RealProvider) -> None:
    told = {name: one for name, (one,) in parse_qs(urlsplit(begin(client)).query).items()}
    assert told["response_type"] == "code"
    assert told["code_challenge_method"] == "S256"
    assert len(told["code_challenge"]) == 43
    assert min(len(told["state"]), len(told["nonce"])) >= 43
    again = {name: one for name, (one,) in parse_qs(urlsplit(begin(client)).query).items()}
    assert not {told[name] for name in ("state", "nonce", "code_challenge")} & set(again.values())


@pytest.mark.django_db
def test_somebody_comes_in_and_is_led_to_the_page_that_was_asked_for(client: Client, provider: RealProvider) -> None:
    answer = client.get(RETURN, provider.sign_in(begin(client, wanted="/signalen/"), "meldpunt"))
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/signalen/"
    assert client.get("/signalen/").status_code == 200
    assert Identity.objects.get().user == user("meldpunt")
    (entry,) = Entry.objects.filter(chain=INSTALLATION, act="session.login")
    assert (entry.result, entry.fields, entry.ids) == ("done", ["provider"], [user("meldpunt").id])


@pytest.mark.django_db
def test_it_never_leads_elsewhere(client: Client, provider: RealProvider) -> None:
    answer = client.get(RETURN, provider.sign_in(begin(client, wanted="https://elders.example/"), "meldpunt"))
    assert answer.headers["Location"] == "/"


@pytest.mark.django_db
def test_local_accounts_stay_and_without_a_provider_there_is_no_address(client: Client, settings: Any) -> None:
    assert "Inloggen via uw gemeente" not in said(client.get("/inloggen/"))
    for address in (START, RETURN):
        assert client.get(address).status_code == 404
    assert client.post("/inloggen/gemeente/afgemeld/").status_code == 404
    known = {"username": "meldpunt@oefen.example", "password": "oefenen-is-veilig"}
    assert client.post("/inloggen/", known).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "counts"), [("", False), (CODE, True)])
def test_two_factors_there_are_enough_else_ours_is_asked(
    client: Client, provider: RealProvider, settings: Any, code: str, counts: bool
) -> None:
    settings.MELDROUTE_PRACTICE = False
    sign_in(client, provider, code=code)
    answer = client.get("/signalen/")
    assert answer.status_code == (200 if counts else 302)
    if not counts:
        assert answer.headers["Location"].startswith("/tweede-factor/")


# What is not believed: each with one entry, a plain sentence and nobody in.

WRONG = "De aanmelding die binnenkwam klopt niet."


@pytest.mark.django_db
def test_an_answer_counts_once(client: Client, provider: RealProvider) -> None:
    told = provider.sign_in(begin(client), "meldpunt")
    assert client.get(RETURN, told).status_code == 302
    client.logout()
    answer = client.get(RETURN, told)
    assert "verlopen of al gebruikt" in said(answer)
    entries = Entry.objects.filter(chain=INSTALLATION, act="session.login").order_by("seq")
    assert [(one.result, one.fields) for one in entries] == [
        ("done", ["provider"]),
        ("refused", ["provider", "state"]),
    ]
    assert client.get("/signalen/").status_code == 302


@pytest.mark.django_db
def test_the_answer_of_another_browser_is_refused(client: Client, provider: RealProvider) -> None:
    told = provider.sign_in(begin(Client()), "meldpunt")
    begin(client)
    assert "verlopen of al gebruikt" in said(client.get(RETURN, told))
    refused_once("state")


@pytest.mark.django_db
def test_an_answer_without_a_question_is_refused(client: Client, provider: RealProvider) -> None:
    client.get(RETURN, {"code": "x", "state": "y"})
    refused_once("state")


@pytest.mark.django_db
def test_the_code_of_another_sign_in_is_refused(client: Client, provider: RealProvider) -> None:
    """The attacker's code with the victim's state: the provider holds the PKCE verifier against it."""
    theirs = provider.sign_in(begin(Client()), "meldpunt")
    mine = provider.sign_in(begin(client), "meldpunt")
    assert WRONG in said(client.get(RETURN, mine | {"code": theirs["code"]}))
    refused_once("code")


@pytest.mark.django_db
def test_an_answer_that_names_another_provider_is_refused(client: Client, provider: RealProvider) -> None:
    told = provider.sign_in(begin(client), "meldpunt")
    assert WRONG in said(client.get(RETURN, told | {"iss": "https://elders.example"}))
    refused_once("issuer")


@pytest.mark.django_db
def test_a_provider_that_says_it_is_another_is_refused(client: Client, provider: RealProvider) -> None:
    provider.proxy.from_provider = changed("/o/.well-known/openid-configuration", {"issuer": "https://elders.example"})
    assert WRONG in said(client.get(START))
    refused_once("issuer")


@pytest.mark.django_db
def test_what_the_provider_does_not_finish_is_refused(client: Client, provider: RealProvider) -> None:
    state = parse_qs(urlsplit(begin(client)).query)["state"][0]
    answer = client.get(RETURN, {"error": "access_denied", "error_description": "<b>x</b>", "state": state})
    assert "niet afgemaakt" in said(answer)
    assert "access_denied" not in said(answer)
    refused_once("answer")


@pytest.mark.django_db
def test_a_provider_that_is_away_is_said(client: Client, provider: RealProvider, settings: Any) -> None:
    settings.MELDROUTE_OIDC = provider.client(issuer="http://127.0.0.1:9")
    assert "niet bereikbaar" in said(client.get(START))
    refused_once("unreachable")


@pytest.mark.django_db
def test_a_wrong_secret_is_refused(client: Client, provider: RealProvider, settings: Any) -> None:
    settings.MELDROUTE_OIDC = provider.client(secret="een-ander")
    sign_in(client, provider)
    refused_once("code")


@pytest.mark.django_db
def test_without_its_verifier_the_provider_gives_nothing(client: Client, provider: RealProvider) -> None:
    """PKCE is really asked: a proxy that changes the verifier gets no token."""
    provider.proxy.to_provider = lambda path, body: body.replace(b"code_verifier=", b"code_verifier=X")
    sign_in(client, provider)
    refused_once("code")


def changed(where: str, told: dict[str, Any]) -> Callable[[str, bytes], bytes]:
    """A proxy that puts `told` into the JSON at one path."""

    def change(path: str, body: bytes) -> bytes:
        return json.dumps(json.loads(body) | told).encode() if path == where else body

    return change


def remade(make: Callable[[dict[str, Any], dict[str, Any]], str]) -> Callable[[str, bytes], bytes]:
    """A proxy that puts another id token in the place of the real one: made of its header and claims."""

    def change(path: str, body: bytes) -> bytes:
        if path != "/o/token/":
            return body
        told = json.loads(body)
        parts = told["id_token"].split(".")
        header, claims = (json.loads(_plain(part)) for part in parts[:2])
        return json.dumps(told | {"id_token": make(header, claims)}).encode()

    return change


def _plain(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _by_a_stranger(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return jwt.encode(header, claims, RSAKey.generate_key(2048))


def _by_nobody(header: dict[str, Any], claims: dict[str, Any]) -> str:
    parts = (urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in ({"alg": "none"}, claims))
    return ".".join([*parts, ""])


def _by_a_shared_secret(header: dict[str, Any], claims: dict[str, Any]) -> str:
    secret = OctKey.import_key("geheim-van-meldroute-om-te-oefenen")
    return jwt.encode({"alg": "HS256", "kid": header["kid"]}, claims, secret)


@pytest.mark.django_db
@pytest.mark.parametrize("make", [_by_a_stranger, _by_nobody, _by_a_shared_secret])
def test_a_token_that_the_provider_did_not_sign_is_refused(
    client: Client, provider: RealProvider, make: Callable[[dict[str, Any], dict[str, Any]], str]
) -> None:
    provider.proxy.from_provider = remade(make)
    assert WRONG in said(sign_in(client, provider))
    refused_once("signature")


@pytest.mark.django_db
def test_a_token_with_a_letter_changed_is_refused(client: Client, provider: RealProvider) -> None:
    def change(path: str, body: bytes) -> bytes:
        told = json.loads(body) if path == "/o/token/" else {}
        if not told:
            return body
        header, claims, signature = told["id_token"].split(".")
        claims = claims[:-8] + ("A" if claims[-8] != "A" else "B") + claims[-7:]
        return json.dumps(told | {"id_token": f"{header}.{claims}.{signature}"}).encode()

    provider.proxy.from_provider = change
    sign_in(client, provider)
    refused_once("signature")


def taken(provider: RealProvider, settings: Any, **client: str) -> dict[str, Any]:
    """The tokens of a sign-in of somebody else, really given by the provider."""
    found: list[dict[str, Any]] = []

    def take(path: str, body: bytes) -> bytes:
        if path == "/o/token/":
            found.append(json.loads(body))
        return body

    before = settings.MELDROUTE_OIDC
    settings.MELDROUTE_OIDC = provider.client(**client)
    provider.proxy.from_provider = take
    other = Client()
    other.get(RETURN, provider.sign_in(begin(other), "meldpunt"))
    other.logout()
    settings.MELDROUTE_OIDC = before
    provider.proxy.honest()
    Session.objects.all().delete()
    return found[0]


def last_refused(check: str) -> None:
    entry = Entry.objects.filter(chain=INSTALLATION, act="session.login").latest("seq")
    assert (entry.result, entry.fields) == ("refused", ["provider", check])
    assert not Session.objects.filter(user_id__isnull=False).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("of", "check"), [(OTHER, "aud"), (CLIENT, "nonce")])
def test_a_real_token_that_is_not_for_this_sign_in_is_refused(
    client: Client, provider: RealProvider, settings: Any, of: str, check: str
) -> None:
    """One that the provider gave another application, and one of an earlier sign-in here."""
    told = taken(provider, settings, client=of)
    provider.proxy.from_provider = changed("/o/token/", {name: told[name] for name in ("id_token", "access_token")})
    assert WRONG in said(sign_in(client, provider))
    last_refused(check)


@pytest.mark.django_db
def test_a_token_of_another_provider_is_refused(client: Client, provider: RealProvider, settings: Any) -> None:
    """Mixed up: the answer of another provider, with keys that fit, is not of the one that was asked."""
    settings.MELDROUTE_OIDC = provider.client(issuer=provider.address.replace("127.0.0.1", "localhost"))
    provider.proxy.from_provider = changed(
        "/o/.well-known/openid-configuration", {"issuer": settings.MELDROUTE_OIDC.issuer}
    )
    sign_in(client, provider)
    refused_once("iss")


@pytest.mark.django_db
def test_an_access_token_that_does_not_belong_to_it_is_refused(client: Client, provider: RealProvider) -> None:
    provider.proxy.from_provider = changed("/o/token/", {"access_token": "van-een-ander"})
    sign_in(client, provider)
    refused_once("at_hash")


@pytest.mark.django_db
def test_the_provider_really_binds_its_tokens(provider: RealProvider, settings: Any) -> None:
    """So that the test before this one means something."""
    told = taken(provider, settings)
    claims = json.loads(_plain(told["id_token"].split(".")[1]))
    assert claims["at_hash"] == create_half_hash(told["access_token"], "RS256").decode()


@pytest.mark.django_db
def test_a_token_that_is_over_is_refused(client: Client, provider: RealProvider) -> None:
    """The provider's tokens hold for an hour; by our clock it is two hours later."""
    later = datetime.now(UTC) + timedelta(hours=2)
    with time_machine.travel(later, tick=False):
        told = provider.sign_in(begin(client), "meldpunt")
        assert "verlopen" in said(client.get(RETURN, told))
    refused_once("exp")


@pytest.mark.django_db
def test_who_stays_away_too_long_begins_anew(client: Client, provider: RealProvider) -> None:
    told = provider.sign_in(begin(client), "meldpunt")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11), tick=False):
        client.get(RETURN, told)
    refused_once("state")


@pytest.mark.django_db
def test_new_keys_of_the_provider_are_read_when_they_are_needed(provider: RealProvider, settings: Any) -> None:
    """An hour long the keys are kept; a signature that fits none asks for them once more."""
    settings.MELDROUTE_OIDC.question_address(question := SimpleNamespace(**QUESTION), BACK)
    known = settings.MELDROUTE_OIDC.known[0]
    stale = {"keys": [RSAKey.generate_key(2048).as_dict(private=False)]}
    known.keys, known.at = stale, known.at - timedelta(minutes=2)
    assert sign_in(Client(), provider).status_code == 302
    assert settings.MELDROUTE_OIDC.known[0].keys != stale
    assert question.again is False


QUESTION = {
    "state": "s",
    "nonce": "n",
    "verifier": "v" * 43,
    "asked_at": datetime.now(UTC),
    "again": False,
}


@pytest.mark.django_db
def test_one_address_asks_so_often_and_no_more(client: Client, provider: RealProvider) -> None:
    for _ in range(100):
        assert client.get(START, REMOTE_ADDR="192.0.2.7").status_code == 302
    assert client.get(START, REMOTE_ADDR="192.0.2.7").status_code == 429
    assert client.get(START, REMOTE_ADDR="192.0.2.8").status_code == 302


# Whose account it is.


@pytest.mark.django_db
def test_nobody_takes_over_the_account_of_who_had_the_mail_address_before(
    client: Client, provider: RealProvider
) -> None:
    assert sign_in(client, provider).status_code == 302
    client.logout()
    provider.person("opvolger", mail="meldpunt@oefen.example")
    answer = sign_in(client, provider, "opvolger")
    assert "hoort al een andere aanmelding" in said(answer)
    last = Entry.objects.filter(chain=INSTALLATION, act="session.login").latest("seq")
    assert last.fields == ["provider", "sub"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mail", "verified", "lets_in"),
    [
        ("iemand@heemstede.oefen.example", None, True),
        ("iemand@heemstede.oefen.example", True, True),
        ("iemand@heemstede.oefen.example", False, False),
        ("agent@politie.example", True, False),
        ("agent@politie.example", None, False),
        ("agent@heemstede.oefen.example.elders.example", True, False),
        ("", True, False),
    ],
)
def test_the_provider_speaks_for_the_addresses_of_the_municipality_only(
    client: Client, provider: RealProvider, mail: str, verified: bool | None, lets_in: bool
) -> None:
    """Whoever keeps it could otherwise claim the account of a partner."""
    User.objects.filter(email="handhaver@oefen.example").update(email="iemand@heemstede.oefen.example")
    User.objects.filter(email="politie@oefen.example").update(email="agent@politie.example")
    provider.person("gast", mail=mail or "leeg@oefen.example", email_verified=verified, email=mail)
    answer = sign_in(client, provider, "gast")
    if lets_in:
        assert answer.status_code == 302
    else:
        assert "mailadres" in said(answer)
        refused_once("email")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("claim", "value", "check"),
    [
        ("name", "x\0y", "claims"),
        ("sid", "s" * 256, "claims"),
        ("email", ["a@b"], "email"),
        ("email", "geen adres", "email"),
        ("email", f"{'x' * 64}@{'y' * 63}.{'z' * 63}.{'w' * 61}.nl", "claims"),
    ],
)
def test_claims_that_no_provider_sends_are_refused(
    client: Client, provider: RealProvider, claim: str, value: object, check: str
) -> None:
    """Signed they are, so that it is no attacker; it is no fault of ours either."""
    provider.person("raar", "meldroute-meldpunt", **{claim: value})
    sign_in(client, provider, "raar")
    refused_once(check)


@pytest.mark.django_db
def test_groups_and_factors_of_a_strange_kind_are_none(client: Client, provider: RealProvider, settings: Any) -> None:
    settings.MELDROUTE_PRACTICE = False
    provider.person("meldpunt", groups={"meldroute-beheer": True}, amr=[["mfa"], {"x": 1}, 2], name="N" * 200)
    assert sign_in(client, provider).status_code == 302
    assert client.get("/signalen/").headers["Location"].startswith("/tweede-factor/")
    assert not Membership.objects.exclude(group="").exists()


@pytest.mark.django_db
def test_who_has_no_account_and_no_group_stays_outside(client: Client, provider: RealProvider) -> None:
    provider.person("vreemde", "een-andere-groep")
    assert "nog geen rol" in said(sign_in(client, provider, "vreemde"))
    refused_once("account")
    assert not User.objects.filter(email="vreemde@oefen.example").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "check"), [("barred_at", "barred"), ("asleep_at", "asleep")])
def test_a_closed_account_stays_closed(client: Client, provider: RealProvider, field: str, check: str) -> None:
    User.objects.filter(email="meldpunt@oefen.example").update(is_active=False, **{field: datetime.now(UTC)})
    sign_in(client, provider)
    refused_once(check)


@pytest.mark.django_db
def test_groups_that_were_left_out_are_no_empty_list(client: Client, provider: RealProvider) -> None:
    """Entra ID leaves them out when there are too many; taking that for none would withdraw roles, or keep them."""
    provider.person("meldpunt", groups=None, _claim_names={"groups": "src1"})
    assert "in welke groepen" in said(sign_in(client, provider))
    refused_once("groups")
    assert not Membership.objects.exclude(group="").exists()
