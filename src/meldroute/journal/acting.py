"""Who acts, for which municipality, in which roles, from where and when."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from meldroute.domain.vocabulary import Role

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Acting:
    """One act's author. `user_id` None is the system itself; `at` is an aware instant (UTC).

    `unnamed`: somebody reports; the file keeps no name with what they did, the journal does.
    """

    user_id: UUID | None
    municipality_id: UUID | None
    roles: frozenset[Role] = field(default_factory=frozenset)
    at: datetime = field(kw_only=True)
    origin: str = field(default="", kw_only=True)
    unnamed: bool = field(default=False, kw_only=True)

    @property
    def today(self) -> date:
        """The local date of the act in Europe/Amsterdam."""
        return self.at.astimezone(AMSTERDAM).date()

    @property
    def place(self) -> UUID:
        """The municipality, for acts that only exist inside one."""
        if self.municipality_id is None:
            raise LookupError("no municipality is active")
        return self.municipality_id

    @property
    def person(self) -> UUID:
        """The user, for acts that only a person can do."""
        if self.user_id is None:
            raise LookupError("nobody is acting")
        return self.user_id

    @property
    def named(self) -> UUID | None:
        """Whose name the file keeps with this act."""
        return None if self.unnamed else self.user_id

    def is_any(self, *roles: Role) -> bool:
        """Whether one of `roles` is held here."""
        return bool(self.roles.intersection(roles))

    def moved(self, at: datetime) -> Acting:
        """The same author at another instant."""
        return replace(self, at=at)
