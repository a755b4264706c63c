"""The first account of an empty installation: a beheerder of every municipality, without case data.

The code is written to the state folder and printed at start; once a user exists it opens nothing.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from .models import Membership, Municipality, User


def first_token(state: Path) -> str:
    """The code, made at first use (mode 0600)."""
    path = state / "first-account"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24))
    return path.read_text().strip()


def first_account(*, name: str, mail: str, password: str, by: Acting) -> User:
    """The beheerder; the only role that is granted without a second person, because nobody is there yet."""
    user = User(email=mail.strip().lower(), name=name.strip())
    user.set_password(password)
    user.save(force_insert=True)
    for place in Municipality.objects.all():
        Membership.objects.create(
            user=user,
            municipality=place,
            role=Role.ADMINISTRATOR,
            starts=by.today,
            granted_at=by.at,
            confirmed_at=by.at,
        )
    journal.record(by=by, act="user.first", on="people.User", ids=[user.id])
    return user
