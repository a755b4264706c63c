"""Which municipalities somebody belongs to, and which one is active."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from .models import Membership, Municipality, User


def counting(today: date) -> Q:
    """Memberships that count on `today`: confirmed, begun and not ended."""
    return (
        Q(confirmed_at__isnull=False)
        & Q(starts__lte=today)
        & (Q(ends__isnull=True) | Q(ends__gte=today))
        & Q(user__is_active=True)
    )


def of(user: User) -> QuerySet[Municipality]:
    """The municipalities where `user` has, or had, a role."""
    held = Membership.objects.filter(municipality=OuterRef("pk"), user=user, confirmed_at__isnull=False)
    return Municipality.objects.filter(Exists(held))


def wished(user: User, wanted: str | None) -> UUID | None:
    """The municipality of the session, else the last one used."""
    return UUID(wanted) if wanted else user.last_municipality


def choose(user: User, wanted: str | None, mine: Sequence[Municipality]) -> UUID | None:
    """The municipality of the session when it is among `mine`, else the last one used, else the first."""
    known = [place.id for place in mine]
    asked = wished(user, wanted)
    if asked in known:
        return asked
    return known[0] if known else None


def members(municipality_id: UUID, *roles: str, today: date) -> QuerySet[User]:
    """The users who have one of `roles` there on `today`."""
    held = Membership.objects.filter(counting(today), municipality_id=municipality_id, role__in=roles)
    return User.objects.filter(id__in=held.values("user_id")).order_by("name")
