"""Who leaves at the identity provider is out here: back-channel logout ends the sessions on the server."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from meldroute.journal.models import INSTALLATION, Entry
from meldroute.people.models import Session
from people.provider_here import OTHER, RealProvider
from people.sso_here import begin, said, sign_in
from people_here import user

LEAVE = "/inloggen/gemeente/afgemeld/"


def told(token: str, client: Client | None = None) -> Any:
    return (client or Client(enforce_csrf_checks=True)).post(LEAVE, {"logout_token": token})


def open_sessions(name: str = "meldpunt") -> int:
    return Session.objects.filter(user_id=user(name).id).count()


@pytest.mark.django_db
def test_who_is_gone_there_is_out_everywhere_at_the_next_request(provider: RealProvider) -> None:
    first, second, stranger = Client(), Client(), Client()
    sign_in(first, provider)
    sign_in(second, provider)
    stranger.force_login(user("melder"))
    assert open_sessions() == 2
    answer = told(provider.end("meldpunt", session=False))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    for client in (first, second):
        assert client.get("/signalen/").status_code == 302
    assert stranger.get("/mijn-account/").status_code == 200
    (entry,) = Entry.objects.filter(chain=INSTALLATION, act="session.logout")
    assert (entry.ids, entry.fields, entry.result) == ([user("meldpunt").id], ["provider"], "done")
    with pytest.raises(AssertionError):
        provider.sign_in(begin(Client()), "meldpunt")


@pytest.mark.django_db
def test_one_session_there_is_one_session_here(provider: RealProvider) -> None:
    first, second = Client(), Client()
    sign_in(first, provider)
    sign_in(second, provider)
    assert told(provider.end("meldpunt", session=True, gone=False)).status_code == 200
    assert first.get("/signalen/").status_code == 200
    assert second.get("/signalen/").status_code == 302


@pytest.mark.django_db
def test_a_logout_token_counts_once(provider: RealProvider) -> None:
    client = Client()
    sign_in(client, provider)
    token = provider.end("meldpunt", session=False, gone=False)
    assert told(token).status_code == 200
    sign_in(client, provider)
    assert told(token).status_code == 400
    assert client.get("/signalen/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://elders.example"},
        {"aud": OTHER},
        {"exp": 1},
        {"exp": None},
        {"iat": None},
        {"jti": None},
        {"events": {}},
        {"events": {"http://schemas.openid.net/event/backchannel-logout": None}},
        {"nonce": "n"},
        {"kind": "JWT"},
        {"sub": None},
    ],
)
def test_a_token_that_is_none_ends_nothing(provider: RealProvider, wrong: dict[str, object]) -> None:
    """Each signed by the provider, and each short of what Back-Channel Logout 1.0 asks (2.6)."""
    client = Client()
    sign_in(client, provider)
    assert told(provider.end("meldpunt", session=False, gone=False, **wrong)).status_code == 400
    assert client.get("/signalen/").status_code == 200
    refused = Entry.objects.filter(chain=INSTALLATION, act="POST sso-leave")
    assert [entry.result for entry in refused] == ["failed"]


@pytest.mark.django_db
def test_a_token_that_was_changed_or_is_old_ends_nothing(provider: RealProvider) -> None:
    client = Client()
    sign_in(client, provider)
    header, claims, signature = provider.end("meldpunt", session=False, gone=False).split(".")
    other = json.loads(urlsafe_b64decode(claims + "=" * (-len(claims) % 4))) | {"jti": "x"}
    again = urlsafe_b64encode(json.dumps(other).encode()).rstrip(b"=").decode()
    for token in (f"{header}.{again}.{signature}", f"{header}.{claims}.", "x", ""):
        assert told(token).status_code == 400
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=5), tick=False):
        assert told(f"{header}.{claims}.{signature}").status_code == 400
    assert client.get("/signalen/").status_code == 200


@pytest.mark.django_db
def test_the_way_of_keycloak_to_say_what_it_is_counts_too(provider: RealProvider) -> None:
    client = Client()
    sign_in(client, provider)
    assert told(provider.end("meldpunt", session=False, gone=False, kind="JWT", typ="Logout")).status_code == 200
    assert client.get("/signalen/").status_code == 302


@pytest.mark.django_db
def test_an_id_token_is_no_logout_token(provider: RealProvider) -> None:
    found: list[str] = []

    def take(path: str, body: bytes) -> bytes:
        if path == "/o/token/":
            found.append(json.loads(body)["id_token"])
        return body

    client = Client()
    provider.proxy.from_provider = take
    sign_in(client, provider)
    assert told(found[0]).status_code == 400
    assert client.get("/signalen/").status_code == 200


# A proof again, for who has no password here.


def _without_password(client: Client, provider: RealProvider) -> None:
    person = user("proceseigenaar")
    person.set_unusable_password()
    person.save()
    provider.person("proceseigenaar")
    sign_in(client, provider, "proceseigenaar")


@pytest.mark.django_db
def test_a_proof_is_given_there_and_what_was_typed_is_not_lost(client: Client, provider: RealProvider) -> None:
    _without_password(client, provider)
    now = datetime.now(UTC)
    with time_machine.travel(now + timedelta(minutes=14), tick=False):
        client.get("/")
    with time_machine.travel(now + timedelta(minutes=20), tick=False):
        page = client.post("/rollen-nalopen/", {"rol-x": "nodig"}).content.decode()
        assert "/inloggen/gemeente/?opnieuw=1" in page
        assert 'name="rol-x" value="nodig"' in page
        still = client.post("/rollen-nalopen/", {"rol-x": "nodig", "bewijs": "act"})
        assert still.status_code == 200
        again = client.get("/inloggen/gemeente/", {"opnieuw": "1"}).headers["Location"]
        assert "prompt=login" in again
        assert "max_age=0" in again
    with time_machine.travel(now + timedelta(minutes=20), tick=True):
        answer = client.get("/inloggen/gemeente/terug/", provider.sign_in(again, "proceseigenaar"))
        assert "niet" in said(answer)  # the provider's clock stands 20 minutes before ours: its sign-in is not recent
        last = Entry.objects.filter(act="session.login").latest("at")
        assert last.fields == ["provider", "auth_time"]


@pytest.mark.django_db
def test_a_recent_sign_in_there_is_a_proof(client: Client, provider: RealProvider) -> None:
    _without_password(client, provider)
    session = client.session
    session["proven"] = (datetime.now(UTC) - timedelta(minutes=16)).isoformat()
    session.save()
    assert client.post("/rollen-nalopen/", {"rol-x": "nodig"}).status_code == 200
    again = client.get("/inloggen/gemeente/", {"opnieuw": "1"}).headers["Location"]
    page = client.get("/inloggen/gemeente/terug/", provider.sign_in(again, "proceseigenaar"))
    assert "Bevestigd dat u het bent" in page.content.decode()
    assert client.post("/rollen-nalopen/", {"rol-x": "nodig", "bewijs": "act"}).status_code == 302


@pytest.mark.django_db
def test_the_proof_of_somebody_else_is_none(client: Client, provider: RealProvider) -> None:
    _without_password(client, provider)
    again = client.get("/inloggen/gemeente/", {"opnieuw": "1"}).headers["Location"]
    answer = client.get("/inloggen/gemeente/terug/", provider.sign_in(again, "meldpunt"))
    assert "iemand anders" in said(answer)


@pytest.mark.django_db
def test_what_was_sent_too_late_comes_along_through_the_municipality(client: Client, provider: RealProvider) -> None:
    sign_in(client, provider)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16), tick=False):
        over = client.post("/melden/", {"text": "Wat ik net had geschreven"})
        sealed = over.context["sealed"]
        page = client.post("/inloggen/gemeente/", {"meegenomen": sealed, "next": "/melden/"})
        assert "/inloggen/gemeente/?next=/melden/" in page.content.decode()
    answer = client.get("/inloggen/gemeente/terug/", provider.sign_in(begin(client, wanted="/melden/"), "meldpunt"))
    assert "Wat ik net had geschreven" in answer.content.decode()
