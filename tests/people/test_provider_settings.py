"""The settings of the identity provider: refused with a line that names the setting; practice stays on this machine."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from meldroute.people.provider import safe_address
from meldroute.web.environment import Environment

ISSUER = "MELDROUTE_OIDC_ISSUER"
REAL = {ISSUER: "https://login.voorbeeld.example/x", "MELDROUTE_OIDC_CLIENT": "m", "MELDROUTE_OIDC_SECRET": "geheim"}


def test_without_an_issuer_there_is_none_and_with_one_it_is_read() -> None:
    assert Environment({}).provider(ISSUER, practice=False) is None
    found = Environment(REAL).provider(ISSUER, practice=False)
    assert found is not None
    assert (found.issuer, found.client, found.secret, found.groups) == (REAL[ISSUER], "m", "geheim", "groups")
    assert "geheim" not in repr(found)
    named = Environment(REAL | {"MELDROUTE_OIDC_GROUPS": "roles"}).provider(ISSUER, practice=False)
    assert named is not None
    assert named.groups == "roles"


@pytest.mark.parametrize("name", ["MELDROUTE_OIDC_CLIENT", "MELDROUTE_OIDC_SECRET"])
def test_a_client_and_its_secret_must_be_there(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        Environment({key: value for key, value in REAL.items() if key != name}).provider(ISSUER, practice=False)


@pytest.mark.parametrize(
    "address", ["http://login.voorbeeld.example", "ftp://x", "login.voorbeeld.example", "https://"]
)
def test_an_issuer_is_reached_safely(address: str) -> None:
    assert not safe_address(address)
    with pytest.raises(ImproperlyConfigured, match=ISSUER):
        Environment(REAL | {ISSUER: address}).provider(ISSUER, practice=False)


def test_practice_knows_a_provider_on_this_machine_only() -> None:
    with pytest.raises(ImproperlyConfigured, match="oefening"):
        Environment(REAL).provider(ISSUER, practice=True)
    here = Environment(REAL | {ISSUER: "http://127.0.0.1:8080/o"}).provider(ISSUER, practice=True)
    assert here is not None
