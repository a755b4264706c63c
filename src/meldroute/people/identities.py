"""Who signed in at the identity provider is which account, and which roles follow from the groups there.

A role that follows from a group is a proposal, as one of the administrator is: a second person confirms it. Who leaves
the group loses the role at the next sign-in. Rules: `domain/signing_in.py`, `domain/roles.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from meldroute.domain.roles import may_combine
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from .actions import roles_held
from .models import Identity, Membership, Municipality, User
from .provider import Leaving, NotBelieved, Told
from .sessions import Session
from .staying import end_sessions

LONGEST_MAIL = 254


def account_of(told: Told) -> User | None:
    """The account that this person is tied to, else the one with the mail address; None when there is none.

    Raises NotBelieved for an account that is closed, or that is tied to somebody else there.
    """
    known = Identity.objects.filter(issuer=told.issuer, subject=told.subject).select_related("user").first()
    if known is not None:
        return _open(known.user)
    if not _is_mail_proven(told):
        raise NotBelieved("email")
    user = User.objects.filter(email__iexact=told.mail).first()
    if user is not None and Identity.objects.filter(issuer=told.issuer, user=user).exists():
        raise NotBelieved("sub")
    return _open(user) if user else None


def _open(user: User) -> User:
    if user.asleep_at is not None:
        raise NotBelieved("asleep")
    if not user.is_active:
        raise NotBelieved("barred")
    return user


def _is_mail_proven(told: Told) -> bool:
    """The provider speaks for the municipality's own addresses only: those of guests and partners anybody may claim."""
    if told.mail_verified is False or not _is_address(told.mail):
        return False
    return Municipality.objects.filter(mail_domains__contains=[told.mail.rpartition("@")[2]]).exists()


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_MAIL


def tie(*, by: Acting, told: Told, user: User | None) -> User:
    """Tie the person to the account, or to a new one without a password."""
    if user is None:
        fields = {"name": told.name or told.mail[:120], "password": make_password(None)}
        user, _ = User.objects.get_or_create(email=told.mail, defaults=fields)
        journal.record(by=by, act="user.make", on="people.User", ids=[user.id], fields=["groups"])
    _, made = Identity.objects.get_or_create(
        issuer=told.issuer, user=user, defaults={"subject": told.subject, "made_at": by.at}
    )
    if made:
        journal.record(by=by, act="user.tie", on="people.User", ids=[user.id])
    return user


def follow_groups(*, by: Acting, user: User, wanted: Mapping[Role, str]) -> None:
    """Propose the roles `wanted` (with their group) in the active municipality, end those whose group was withdrawn."""
    _withdraw(by, user, wanted)
    held = roles_held(user, by.place, by.today, also_proposed=True)
    for role in sorted(wanted.keys() - held, key=list(Role).index):
        held |= _propose(by, user, role, wanted[role], held)


def _withdraw(by: Acting, user: User, wanted: Collection[Role]) -> None:
    mine = Membership.objects.filter(user=user, municipality_id=by.place).exclude(group="").exclude(ends__lt=by.today)
    gone = [row for row in mine if Role(row.role) not in wanted]
    if not gone:
        return
    Membership.objects.filter(id__in=[row.id for row in gone]).update(ends=by.today - timedelta(days=1))
    end_sessions(user)
    for row in gone:
        journal.record(by=by, act="role.end", on="people.Membership", ids=[row.id], fields=["group"])


def _propose(by: Acting, user: User, role: Role, group: str, held: frozenset[Role]) -> frozenset[Role]:
    """The role as a set when it was proposed; what may not be together is refused and told."""
    if not may_combine(held | {role}):
        refused = journal.Result.REFUSED
        journal.record(by=by, act="role.propose", on="people.User", ids=[user.id], fields=["group"], result=refused)
        return frozenset()
    made = Membership.objects.create(
        user=user, municipality_id=by.place, role=role, starts=by.today, granted_at=by.at, group=group[:200]
    )
    journal.record(by=by, act="role.propose", on="people.Membership", ids=[made.id], fields=["group"])
    return frozenset({role})


def leave(*, by: Acting, told: Leaving) -> int:
    """End what the identity provider says has ended: one session, or without its name all of the person's."""
    known = Identity.objects.filter(issuer=told.issuer, subject=told.subject).select_related("user").first()
    if told.session:
        rows = Session.objects.filter(provider_session=told.session)
        rows = rows.filter(user_id=known.user_id) if known else rows
        whose = sorted({row for row in rows.values_list("user_id", flat=True) if row})
        ended = rows.delete()[0]
    else:
        whose = [known.user_id] if known else []
        ended = end_sessions(known.user) if known else 0
    journal.record(by=replace(by, user_id=None), act="session.logout", on="people.User", ids=whose, fields=["provider"])
    return ended
