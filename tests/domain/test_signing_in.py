"""The policy of signing in: which roles follow from groups, what counts as two factors, who may use a password."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

import pytest

from meldroute.domain.policy import PolicyError, Status
from meldroute.domain.signing_in import SignIn, parse_sign_in
from meldroute.domain.vocabulary import Role
from meldroute.sharing import policy_files

SHIPPED = policy_files.load("accounts")
DOMAINS = ("heemstede.example", "Raad.Heemstede.example")


def changed(**told: Any) -> SignIn:
    """The shipped policy with these fields of [sign_in]."""
    body = deepcopy(SHIPPED)
    body["sign_in"] |= told
    return parse_sign_in(body)


def test_what_is_shipped_is_a_proposal_that_forces_nothing() -> None:
    found = parse_sign_in(SHIPPED)
    assert not found.only_provider
    assert not found.break_glass
    rows = [SHIPPED["sign_in"], *SHIPPED["second_factor"], *SHIPPED["group"], *SHIPPED["term"]]
    assert all(row["source"].strip() and Status(row["status"]) is Status.PROPOSAL for row in rows)


def test_no_shipped_group_gives_a_role_that_decides_advises_or_supervises() -> None:
    """Those few are given by hand: a group is kept by people who do not know what the role may see."""
    given = {role for roles in parse_sign_in(SHIPPED).groups.values() for role in roles}
    assert not given & {Role.PROCESS_OWNER, Role.PRIVACY_OFFICER, Role.FG, Role.INTEGRITY, Role.BOARD}


@pytest.mark.parametrize(
    ("claims", "counts"),
    [
        ({}, False),
        ({"amr": None}, False),
        ({"amr": []}, False),
        ({"amr": ["pwd"]}, False),
        ({"amr": ["pwd", "mfa"]}, True),
        ({"amr": "mfa"}, True),
        ({"amr": ["MFA"]}, False),
        ({"amr": [["mfa"]]}, False),
        ({"acr": "mfa"}, False),
        ({"acr": "2"}, True),
        ({"acr": 2}, False),
        ({"other": "mfa"}, False),
    ],
)
def test_two_factors_are_what_the_policy_names_and_nothing_like_it(claims: dict[str, Any], counts: bool) -> None:
    body = deepcopy(SHIPPED)
    body["second_factor"].append(
        {"id": "acr", "claim": "acr", "value": "2", "source": "x", "status": "proposal"},
    )
    assert parse_sign_in(body).is_two_factor(claims) is counts


@pytest.mark.parametrize("only", [True, False])
@pytest.mark.parametrize(
    ("mail", "own", "glass"),
    [
        ("a@heemstede.example", True, False),
        ("A@HEEMSTEDE.example", True, False),
        ("a@raad.heemstede.example", True, False),
        ("a@anders.heemstede.example", False, False),
        ("a@heemstede.example.elders.example", False, False),
        ("heemstede.example", True, False),
        ("politie@elders.example", False, False),
        ("nood@heemstede.example", True, True),
        ("Nood@Heemstede.example", True, True),
    ],
)
def test_a_password_is_refused_to_own_people_but_the_break_glass(mail: str, own: bool, glass: bool, only: bool) -> None:
    policy = changed(only_provider=only, break_glass=["NOOD@heemstede.example"])
    assert policy.is_break_glass(mail) is glass
    assert policy.refuses_password(mail, DOMAINS) is (only and own and not glass)


def test_roles_follow_from_groups_by_their_exact_name() -> None:
    body = deepcopy(SHIPPED)
    body["group"] = [
        {"id": str(number), "group": group, "role": role, "source": "x", "status": "proposal"}
        for number, (group, role) in enumerate([("A", "meldpunt"), ("A", "reporter"), ("B", "reporter")])
    ]
    policy = parse_sign_in(body)
    assert policy.roles_of(["A"]) == {Role.MELDPUNT: "A", Role.REPORTER: "A"}
    assert policy.roles_of(["B", "C"]) == {Role.REPORTER: "B"}
    assert policy.roles_of(["a", " A", "A "]) == {}
    assert policy.roles_of([]) == {}


def test_a_municipality_may_have_no_groups_and_no_second_factor_at_all() -> None:
    body = {name: value for name, value in SHIPPED.items() if name not in ("group", "second_factor")}
    found = parse_sign_in(body)
    assert found.roles_of(["meldroute-meldpunt"]) == {}
    assert not found.is_two_factor({"amr": ["mfa"]})


def test_the_terms() -> None:
    policy = parse_sign_in(SHIPPED)
    assert policy.lapses_on(date(2026, 11, 23)) == date(2027, 2, 22)
    assert policy.warns_on(date(2026, 11, 23)) == date(2027, 1, 25)
    assert policy.sleeps_at(datetime(2026, 11, 23, 8, tzinfo=UTC)) == datetime(2027, 2, 22, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("table", "row", "named"),
    [
        ("second_factor", {"claim": "groups", "value": "x"}, "veld claim"),
        ("second_factor", {"claim": "amr"}, "veld value"),
        ("group", {"group": "A", "role": "baas"}, "veld role"),
        ("group", {"group": " ", "role": "meldpunt"}, "veld group"),
        ("term", {"duty": "lunch", "days": 1}, "veld duty"),
        ("term", {"duty": "sleep", "days": 0}, "veld days"),
        ("term", {"duty": "warn", "days": 91}, "veld days"),
        ("term", {"duty": "sleep", "days": True}, "veld days"),
    ],
)
def test_a_wrong_row_is_named(table: str, row: dict[str, Any], named: str) -> None:
    body = deepcopy(SHIPPED)
    body[table].append({"id": "nieuw", "source": "x", "status": "proposal"} | row)
    with pytest.raises(PolicyError, match=named):
        parse_sign_in(body)


@pytest.mark.parametrize("duty", ["review", "warn", "sleep"])
def test_no_term_may_be_absent(duty: str) -> None:
    body = deepcopy(SHIPPED)
    body["term"] = [row for row in body["term"] if row["duty"] != duty]
    with pytest.raises(PolicyError, match=duty):
        parse_sign_in(body)


@pytest.mark.parametrize("told", [{"only_provider": "ja"}, {"break_glass": "a@b"}, {"source": ""}, {"status": "x"}])
def test_a_wrong_field_of_signing_in_is_named(told: dict[str, Any]) -> None:
    with pytest.raises(PolicyError, match="regel sign_in"):
        changed(**told)
    body = {name: value for name, value in SHIPPED.items() if name != "sign_in"}
    with pytest.raises(PolicyError, match="sign_in"):
        parse_sign_in(body)
