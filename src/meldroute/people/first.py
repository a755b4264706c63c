"""The first two accounts of an empty installation: a beheerder, and a process owner who confirms the roles after it.

A role that sees cases counts only after a second person confirmed it (domain/roles.py); at first nobody is there who
may. So two people each open an address of their own. The codes are written to the state folder and printed at start;
each works once, and opens nothing while somebody counts who can do without it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.crypto import constant_time_compare

from meldroute.domain.roles import CONFIRMERS
from meldroute.domain.term import gettext_noop
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from .models import Membership, Municipality, User
from .places import counting


@dataclass(frozen=True)
class First:
    """Which role the address gives, in which file its code is kept, and which roles make it unneeded."""

    role: Role
    file: str
    instead: tuple[Role, ...]
    title: str
    about: str

    def code(self, state: Path) -> str:
        """The code, made at first use (mode 0600)."""
        path = state / self.file
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(24))
        return path.read_text().strip()

    def forget_code(self, state: Path) -> None:
        """After use: who knew the code cannot use it again when the role is vacant once more."""
        (state / self.file).unlink(missing_ok=True)

    def lacking(self, today: date) -> list[Municipality]:
        """The municipalities where nobody counts who can do without this address."""
        held = Membership.objects.filter(counting(today), role__in=self.instead).values("municipality_id")
        return list(Municipality.objects.exclude(id__in=held))


FIRST = (
    First(
        Role.ADMINISTRATOR,
        "first-account",
        (Role.ADMINISTRATOR,),
        gettext_noop("Maak het eerste account"),
        gettext_noop("Dit wordt de beheerder: die maakt accounts en rollen, en ziet geen zaken."),
    ),
    First(
        Role.PROCESS_OWNER,
        "first-owner",
        CONFIRMERS,
        gettext_noop("Maak het account van de proceseigenaar"),
        gettext_noop(
            "Dit is voor een ander dan de beheerder: u bevestigt de rollen die de beheerder voorstelt, "
            "zodat niemand in zijn eentje zaken kan openen."
        ),
    ),
)


def lacking(today: date) -> Iterator[First]:
    """Those of the two that nobody has yet."""
    return (one for one in FIRST if one.lacking(today))


def first_of(code: str, state: Path, today: date) -> First | None:
    """What this code opens now; None when nothing. The beheerder comes first."""
    open_now = lacking(today) if User.objects.exists() else iter(FIRST[:1])
    return next((one for one in open_now if constant_time_compare(code, one.code(state))), None)


def first_account(*, first: First, name: str, mail: str, password: str, by: Acting) -> User:
    """Make the account with its role where nobody has it: the only grant without a second person.

    Raises ValueError when the mail address has an account: two people, two accounts.
    """
    if User.objects.filter(email__iexact=mail.strip()).exists():
        raise ValueError(mail)
    user = User(email=mail.strip().lower(), name=name.strip())
    user.set_password(password)
    user.save(force_insert=True)
    for place in first.lacking(by.today):
        Membership.objects.create(
            user=user,
            municipality=place,
            role=first.role,
            starts=by.today,
            granted_at=by.at,
            confirmed_at=by.at,
        )
    journal.record(by=by, act=f"user.first_{first.role.value}", on="people.User", ids=[user.id])
    return user
