"""Accounts and roles: proposed by the administrator, confirmed by a second person, ended at once for who leaves.

Rules: domain rules §3 and `domain/roles.py`; decisions.md, "Municipalities".
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password

from meldroute.domain.roles import may_combine, may_confirm, may_grant, needs_confirmation
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no, require
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from . import factors
from .models import FactorReset, Membership, User
from .places import counting
from .staying import end_sessions


def roles_held(user: User, municipality_id: UUID, today: date, *, also_proposed: bool = False) -> frozenset[Role]:
    """The roles that count on `today`, with `also_proposed` those that wait or begin later too."""
    mine = Membership.objects.filter(user=user, municipality_id=municipality_id)
    mine = mine.exclude(ends__lt=today) if also_proposed else mine.filter(counting(today))
    return frozenset(Role(name) for name in mine.values_list("role", flat=True))


def make_user(*, by: Acting, mail: str, name: str) -> User:
    """An account without a password: the invitation link lets its owner choose one."""
    require(may_grant(Role.REPORTER, by=by.roles, to_self=False))
    user, made = User.objects.get_or_create(
        email=mail.strip().lower(), defaults={"name": name.strip(), "password": make_password(None)}
    )
    journal.record(by=by, act="user.make" if made else "user.found", on="people.User", ids=[user.id])
    return user


def grant(
    *,
    by: Acting,
    user: User,
    role: Role,
    starts: date,
    ends: date | None = None,
    organisation_id: UUID | None = None,
    stands_in_for: User | None = None,
) -> Membership:
    """Propose a role. A role that sees cases counts only after confirmation by a second person.

    Raises: Refused when the actor may not, or the roles may not be together in one account.
    """
    require(may_grant(role, by=by.roles, to_self=user.id == by.user_id))
    held = roles_held(user, by.place, by.today, also_proposed=True)
    require(may_combine(held | {role}))
    if stands_in_for is not None and ends is None:
        raise Refused(no(gettext_noop("Een waarnemer heeft een einddatum nodig."), "domain rules §3", "grant.end"))
    waits = needs_confirmation([role])
    membership = Membership.objects.create(
        user=user,
        municipality_id=by.place,
        role=role,
        organisation_id=organisation_id,
        starts=starts,
        ends=ends,
        stands_in_for=stands_in_for,
        granted_by=by.user_id,
        granted_at=by.at,
        confirmed_by=None,
        confirmed_at=None if waits else by.at,
    )
    journal.record(by=by, act="role.propose" if waits else "role.grant", on="people.Membership", ids=[membership.id])
    return membership


def confirm(*, by: Acting, membership: Membership) -> None:
    """Let a proposed role count. Raises Refused for who proposed it or gets it."""
    require(
        may_confirm(
            by=by.roles,
            for_self=membership.user_id == by.user_id,
            own_proposal=membership.granted_by == by.user_id,
        )
    )
    Membership.objects.filter(id=membership.id, confirmed_at__isnull=True).update(
        confirmed_by=by.user_id, confirmed_at=by.at
    )
    journal.record(by=by, act="role.confirm", on="people.Membership", ids=[membership.id])


def end_role(*, by: Acting, membership: Membership) -> None:
    """End a role at once: its last day was yesterday, and who had it logs in again (ASVS 5.0, 7.4.2).

    A proposal that was never confirmed ends too.
    """
    require(may_grant(Role(membership.role), by=by.roles, to_self=membership.user_id == by.user_id))
    membership.ends = by.today - timedelta(days=1)
    membership.save(update_fields=["ends"])
    end_sessions(membership.user)
    journal.record(by=by, act="role.end", on="people.Membership", ids=[membership.id])


def bar(*, by: Acting, user: User) -> None:
    """Bar a leaver everywhere at once: account, sessions and second factor."""
    require(may_grant(Role.REPORTER, by=by.roles, to_self=user.id == by.user_id))
    user.is_active, user.barred_at = False, by.at
    user.set_unusable_password()
    user.save(update_fields=["is_active", "barred_at", "password"])
    end_sessions(user)
    factors.forget(user)
    journal.record(by=by, act="user.bar", on="people.User", ids=[user.id])


def end_sessions_of(*, by: Acting, user: User) -> int:
    """Log somebody out everywhere, as when a telephone or laptop is lost (ASVS 5.0, 7.4.5). How many sessions ended."""
    require(may_grant(Role.REPORTER, by=by.roles, to_self=user.id == by.user_id))
    ended = end_sessions(user)
    journal.record(by=by, act="session.end", on="people.User", ids=[user.id])
    return ended


def ask_factor_reset(*, by: Acting, user: User) -> FactorReset:
    """Ask to unbind somebody's second factor; with a case role a second person confirms it."""
    require(may_grant(Role.REPORTER, by=by.roles, to_self=user.id == by.user_id))
    reset = FactorReset.objects.create(user=user, municipality_id=by.place, asked_by=by.person, asked_at=by.at)
    journal.record(by=by, act="factor.ask_reset", on="people.User", ids=[user.id])
    if not needs_confirmation(roles_held(user, by.place, by.today)):
        _reset(reset, by=by)
    return reset


def confirm_factor_reset(*, by: Acting, reset: FactorReset) -> None:
    """The second person agrees: the factor is unbound. Raises Refused."""
    verdict = may_confirm(by=by.roles, for_self=reset.user_id == by.user_id, own_proposal=reset.asked_by == by.user_id)
    require(verdict)
    _reset(reset, by=by)


def _reset(reset: FactorReset, *, by: Acting) -> None:
    FactorReset.objects.filter(id=reset.id).update(confirmed_by=by.user_id, confirmed_at=by.at)
    factors.forget(reset.user)
    end_sessions(reset.user)
    journal.record(by=by, act="factor.reset", on="people.User", ids=[reset.user_id])
