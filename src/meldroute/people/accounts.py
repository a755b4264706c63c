"""Reading accounts and roles for the pages of Beheer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from meldroute.domain.vocabulary import Role

from .models import FactorReset, Identity, Membership, User


@dataclass(frozen=True)
class Held:
    """One role of one user, with whether it counts today."""

    membership: Membership
    label: str
    counts: bool
    waits: bool


@dataclass(frozen=True)
class Account:
    """A user with the roles in one municipality."""

    user: User
    roles: tuple[Held, ...]

    @property
    def is_tied(self) -> bool:
        """Whether it belongs to somebody at the identity provider of the municipality."""
        return Identity.objects.filter(user=self.user).exists()

    @classmethod
    def of(cls, user: User, municipality_id: UUID, today: date) -> Account:
        """The account of one user."""
        mine = Membership.objects.filter(user=user, municipality_id=municipality_id)
        return cls(user, tuple(held(row, today) for row in mine.select_related("stands_in_for")))


def held(row: Membership, today: date) -> Held:
    """One membership as it stands today."""
    running = row.starts <= today and (row.ends is None or row.ends >= today)
    ended = row.ends is not None and row.ends < today
    counts = row.confirmed_at is not None and running
    return Held(row, Role(row.role).label, counts, waits=row.confirmed_at is None and not ended)


def accounts_of(municipality_id: UUID, today: date) -> list[Account]:
    """Everybody who has or had a role there, by name."""
    rows = Membership.objects.filter(municipality_id=municipality_id).select_related("user", "stands_in_for")
    by_user = groupby(rows.order_by("user__name", "user_id", "starts"), key=lambda row: row.user)
    return [Account(user, tuple(held(row, today) for row in mine)) for user, mine in by_user]


def waiting(municipality_id: UUID, today: date) -> dict[str, list[Membership] | list[FactorReset]]:
    """What waits for a second person."""
    roles = Membership.objects.filter(municipality_id=municipality_id, confirmed_at__isnull=True)
    roles = roles.exclude(ends__lt=today)
    resets = FactorReset.objects.filter(municipality_id=municipality_id, confirmed_at__isnull=True)
    return {"roles": list(roles.select_related("user")), "resets": list(resets.select_related("user"))}
