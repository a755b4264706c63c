"""Roles: scope, what goes together, grants, same-signal duties, stand-ins. Whole tables."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product

import pytest

from meldroute.domain import roles
from meldroute.domain.roles import Duty, Scope
from meldroute.domain.vocabulary import Role

TODAY = date(2026, 11, 23)


def test_every_role_has_a_scope_and_only_the_meldpunt_sees_all() -> None:
    assert set(roles.SCOPE) == set(Role)
    assert [role for role, scope in roles.SCOPE.items() if scope is Scope.ALL] == [Role.MELDPUNT]
    nobody = {role for role, scope in roles.SCOPE.items() if scope is Scope.NONE}
    assert nobody == {Role.ANALYST, Role.ADMINISTRATOR}


@pytest.mark.parametrize(
    ("held", "scope"),
    [
        ((), Scope.NONE),
        ((Role.ADMINISTRATOR,), Scope.NONE),
        ((Role.ANALYST, Role.BOARD), Scope.ITEM),
        ((Role.FG,), Scope.ITEM),
        ((Role.MELDPUNT, Role.LOO_MEMBER), Scope.ALL),
    ],
)
def test_the_widest_scope_counts(held: tuple[Role, ...], scope: Scope) -> None:
    assert roles.scope_of(held) is scope


def _refused_by_hand(first: Role, second: Role) -> bool:
    pair = {first, second}
    if Role.FG in pair or pair == {Role.PRIVACY_OFFICER, Role.PROCESS_OWNER}:
        return True
    if Role.ADMINISTRATOR in pair:
        return pair != {Role.ADMINISTRATOR, Role.ANALYST}
    return Role.PARTNER_REPORTER in pair and pair != {Role.PARTNER_REPORTER, Role.LOO_MEMBER}


@pytest.mark.parametrize(("first", "second"), list(combinations(Role, 2)))
def test_which_two_roles_go_together(first: Role, second: Role) -> None:
    verdict = roles.may_combine((first, second))
    assert verdict.allowed is not _refused_by_hand(first, second)
    assert verdict.allowed or (verdict.reason and verdict.ground)


@pytest.mark.parametrize("role", Role)
def test_one_role_alone_is_fine(role: Role) -> None:
    assert roles.may_combine((role, role))


def test_a_third_role_does_not_make_a_refused_pair_good() -> None:
    for first, second in combinations(Role, 2):
        if not roles.may_combine((first, second)):
            assert not [third for third in Role if roles.may_combine((first, second, third))]


@pytest.mark.parametrize("role", Role)
def test_nobody_grants_to_himself_and_only_the_administrator_grants(role: Role) -> None:
    for by in Role:
        assert not roles.may_grant(role, by=(by,), to_self=True)
        assert roles.may_grant(role, by=(by,), to_self=False).allowed is (by is Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", Role)
def test_a_case_role_needs_confirmation_and_others_do_not(role: Role) -> None:
    assert roles.needs_confirmation((role,)) is (role not in (Role.ANALYST, Role.ADMINISTRATOR))


@pytest.mark.parametrize("by", Role)
def test_who_confirms_is_meldpunt_or_process_owner_and_always_another(by: Role) -> None:
    allowed = by in (Role.MELDPUNT, Role.PROCESS_OWNER)
    assert roles.may_confirm(by=(by,), for_self=False, own_proposal=False).allowed is allowed
    assert not roles.may_confirm(by=(by,), for_self=True, own_proposal=False)
    assert not roles.may_confirm(by=(by,), for_self=False, own_proposal=True)


def test_a_grant_alerts_both_and_the_fg() -> None:
    assert set(roles.ALERTED) == {Role.MELDPUNT, Role.PROCESS_OWNER, Role.FG}


NEVER = {
    (Duty.REPORTER, Duty.HANDLER),
    (Duty.HANDLER, Duty.ADVISER),
    (Duty.HANDLER, Duty.DECIDER),
    (Duty.ADVISER, Duty.DECIDER),
    (Duty.DESTRUCTION_PROPOSER, Duty.DESTRUCTION_APPROVER),
}


@pytest.mark.parametrize(("duty", "held"), list(product(Duty, Duty)))
def test_duties_that_never_meet_on_one_signal(duty: Duty, held: Duty) -> None:
    apart = (duty, held) in NEVER or (held, duty) in NEVER
    verdict = roles.may_take(duty, {held})
    assert verdict.allowed is not apart
    assert verdict.allowed or verdict.reason.endswith(".")


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (None, None, "stand_in.dates"),
        (TODAY, None, "stand_in.dates"),
        (None, TODAY, "stand_in.dates"),
        (date(2026, 12, 2), date(2026, 12, 1), "stand_in.order"),
        (date(2026, 11, 1), date(2026, 11, 22), "stand_in.past"),
        (TODAY, TODAY, "stand_in.meldpunt"),
        (date(2026, 12, 24), date(2027, 1, 3), "stand_in.meldpunt"),
    ],
)
def test_a_stand_in_has_a_period_that_is_not_over(start: date | None, end: date | None, code: str) -> None:
    verdict = roles.may_stand_in(Role.MELDPUNT, start, end, TODAY)
    assert verdict.code == code
    assert verdict.allowed is (code == "stand_in.meldpunt")


@pytest.mark.parametrize(
    ("today", "active"), [("2026-12-23", False), ("2026-12-24", True), ("2027-01-03", True), ("2027-01-04", False)]
)
def test_a_stand_in_holds_the_role_from_the_first_through_the_last_day(today: str, active: bool) -> None:
    stand_in = roles.StandIn(Role.MELDPUNT, date(2026, 12, 24), date(2027, 1, 3))
    assert stand_in.is_active(date.fromisoformat(today)) is active
