"""Going over who still needs access: roles lapse that nobody confirmed in time, accounts sleep that nobody uses.

The terms are policy (`domain/signing_in.py`); BIO2 5.18. Nobody goes over the own roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from meldroute.domain.roles import may_grant
from meldroute.domain.signing_in import SignIn
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, Verdict, no, require, yes
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import AMSTERDAM, Acting

from .models import Membership, User
from .places import counting
from .staying import end_sessions

REVIEWERS = (Role.PROCESS_OWNER, Role.PRIVACY_OFFICER)


@dataclass(frozen=True)
class Due:
    """A role that counts, with the last day it does unless somebody says that it is needed."""

    membership: Membership
    label: str
    lapses_on: date
    soon: bool


@dataclass(frozen=True)
class ToReview:
    """A person with roles to go over; `own` may not be gone over by who looks."""

    user: User
    roles: tuple[Due, ...]
    own: bool

    @property
    def soon(self) -> bool:
        """Whether one of the roles lapses soon."""
        return any(one.soon for one in self.roles)


def may_review(by: Acting, user_id: UUID) -> Verdict:
    """May `by` say of this person's roles whether they are needed?"""
    if not by.is_any(*REVIEWERS):
        told = gettext_noop("De proceseigenaar of de privacyadviseur loopt na wie welke rol nodig heeft.")
        return no(told, "BIO2 5.18", "review.role", REVIEWERS)
    if user_id == by.user_id:
        told = gettext_noop("Uw eigen rollen loopt een ander na.")
        return no(told, "eigen werkregel", "review.self", REVIEWERS)
    return yes(code="review.allowed")


def since(row: Membership) -> date:
    """The local date on which this role was last confirmed."""
    at = row.reviewed_at or row.confirmed_at or row.granted_at
    return max(at.astimezone(AMSTERDAM).date(), row.starts)


def to_review(by: Acting, policy: SignIn) -> list[ToReview]:
    """Everybody with a role that counts, the role that lapses first on top."""
    rows = Membership.objects.filter(counting(by.today), municipality_id=by.place).select_related("user")
    found = [
        ToReview(user, tuple(_due(row, policy, by.today) for row in mine), user.id == by.user_id)
        for user, mine in groupby(rows.order_by("user_id", "starts"), key=lambda row: row.user)
    ]
    return sorted(found, key=lambda one: (min(due.lapses_on for due in one.roles), one.user.name))


def _due(row: Membership, policy: SignIn, today: date) -> Due:
    confirmed = since(row)
    return Due(row, Role(row.role).label, policy.lapses_on(confirmed), policy.warns_on(confirmed) <= today)


def lapse_soon(by: Acting, policy: SignIn) -> list[Due]:
    """The roles of others that lapse soon and that `by` may go over."""
    return soon_for(by.person, by=by, policy=policy) if by.is_any(*REVIEWERS) else []


def soon_for(reviewer: UUID, *, by: Acting, policy: SignIn) -> list[Due]:
    """The roles that lapse soon, but for those of `reviewer`."""
    return [due for one in to_review(by, policy) if one.user.id != reviewer for due in one.roles if due.soon]


def keep(*, by: Acting, membership: Membership) -> None:
    """Say that this role is still needed: its term begins anew. Raises Refused."""
    require(may_review(by, membership.user_id))
    membership.reviewed_by, membership.reviewed_at = by.user_id, by.at
    membership.save(update_fields=["reviewed_by", "reviewed_at"])
    journal.record(by=by, act="role.keep", on="people.Membership", ids=[membership.id])


def drop(*, by: Acting, membership: Membership) -> None:
    """Say that this role is not needed any more: it ends at once. Raises Refused."""
    require(may_review(by, membership.user_id))
    _end(by, membership, "role.drop")


def _end(by: Acting, membership: Membership, act: str) -> None:
    membership.ends = by.today - timedelta(days=1)
    membership.save(update_fields=["ends"])
    end_sessions(membership.user)
    journal.record(by=by, act=act, on="people.Membership", ids=[membership.id])


def lapse(*, by: Acting, policy: SignIn) -> int:
    """End every role that nobody confirmed in time; how many."""
    rows = Membership.objects.filter(counting(by.today), municipality_id=by.place).select_related("user")
    over = [row for row in rows if policy.lapses_on(since(row)) < by.today]
    for row in over:
        _end(by, row, "role.lapse")
    return len(over)


def fall_asleep(*, by: Acting, policy: SignIn) -> int:
    """Close the accounts that nobody used for the term, but for the break-glass ones; how many."""
    rows = Membership.objects.filter(counting(by.today), municipality_id=by.place).select_related("user")
    quiet = [
        user
        for user, mine in groupby(rows.order_by("user_id"), key=lambda row: row.user)
        if policy.sleeps_at(_used(user, list(mine))) <= by.at and not policy.is_break_glass(user.email)
    ]
    for user in quiet:
        user.is_active, user.asleep_at = False, by.at
        user.save(update_fields=["is_active", "asleep_at"])
        end_sessions(user)
        journal.record(by=by, act="user.sleep", on="people.User", ids=[user.id])
    return len(quiet)


def _used(user: User, mine: list[Membership]) -> datetime:
    """The last sign-in, or when somebody last confirmed or woke, for who has yet to sign in."""
    moments = [user.last_login, user.woken_at, *(row.confirmed_at for row in mine)]
    return max(moment for moment in moments if moment is not None)


def wake(*, by: Acting, user: User) -> None:
    """Open an account that fell asleep. Raises Refused for who may not, and for an account that was barred."""
    require(may_grant(Role.REPORTER, by=by.roles, to_self=user.id == by.user_id))
    if not user.is_asleep:
        raise Refused(no(gettext_noop("Dit account slaapt niet."), "eigen werkregel", "wake.not"))
    user.is_active, user.asleep_at, user.woken_at = True, None, by.at
    user.save(update_fields=["is_active", "asleep_at", "woken_at"])
    journal.record(by=by, act="user.wake", on="people.User", ids=[user.id])
