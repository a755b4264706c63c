"""What somebody changes about the own account: the password and the second factor."""

from __future__ import annotations

from uuid import UUID

from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from . import factors
from .models import Passkey, User


def change_password(*, by: Acting, user: User, password: str) -> None:
    """Another password. The caller ends the other sessions: it knows which one is this one."""
    user.set_password(password)
    user.save(update_fields=["password"])
    journal.record(by=by, act="user.password", on="people.User", ids=[user.id])


def bind_app(*, by: Acting, user: User, code: str) -> bool:
    """Bind the app that shows `code`; whether it did."""
    bound = factors.bind(user, code)
    if bound:
        journal.record(by=by, act="factor.bound", on="people.User", ids=[user.id])
    return bound


def only_one_left(user: User) -> bool:
    """Whether `user` has one way to give the second factor, so that it has to stay."""
    return Passkey.objects.filter(user=user).count() + bool(factors.confirmed_device(user)) <= 1


def _insist_another(user: User) -> None:
    if only_one_left(user):
        reason = gettext_noop("Dit is uw enige tweede factor. Koppel eerst een andere.")
        raise Refused(no(reason, "eigen werkregel", "factor.last"))


def remove_app(*, by: Acting, user: User) -> None:
    """Unbind the app. Raises Refused when nothing else is left."""
    _insist_another(user)
    factors.forget_app(user)
    journal.record(by=by, act="factor.remove", on="people.User", ids=[user.id])


def remove_passkey(*, by: Acting, user: User, passkey_id: UUID) -> None:
    """Remove one passkey of `user`. Raises Refused when nothing else is left."""
    mine = Passkey.objects.filter(user=user, id=passkey_id)
    if mine.exists():
        _insist_another(user)
        mine.delete()
        journal.record(by=by, act="factor.remove", on="people.Passkey", ids=[passkey_id])
