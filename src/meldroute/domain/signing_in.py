"""Signing in through the municipality, roles from groups, and going over who still needs access.

Policy of one municipality (`policies/accounts.toml`); sources: BIO2 5.18 (access rights are reviewed), RFC 8176 (amr).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from .policy import PolicyError, Row, rows
from .vocabulary import Role

REVIEW, WARN, REMIND, SLEEP = "review", "warn", "remind", "sleep"
NAMED = frozenset({REVIEW, WARN, REMIND, SLEEP})
CLAIMS = ("amr", "acr")
SOURCE = "policies/accounts.toml"


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """`factors`: what in `amr` or `acr` says that a second factor was asked; `groups`: the roles of each group.

    `days`: the terms; `only_provider`: own people sign in through the municipality, but for the mail addresses of
    `break_glass`.
    """

    only_provider: bool
    break_glass: frozenset[str]
    factors: frozenset[tuple[str, str]]
    groups: Mapping[str, tuple[Role, ...]]
    days: Mapping[str, int]

    def roles_of(self, groups: Collection[str]) -> dict[Role, str]:
        """The roles that follow from `groups`, each with the first group that gives it."""
        found: dict[Role, str] = {}
        for group, roles in self.groups.items():
            if group in groups:
                for role in roles:
                    found.setdefault(role, group)
        return found

    def is_two_factor(self, claims: Mapping[str, Any]) -> bool:
        """Whether these claims of an identity provider say that it asked a second factor."""
        return any((name, value) in self.factors for name in CLAIMS for value in _listed(claims.get(name)))

    def is_break_glass(self, mail: str) -> bool:
        """Whether this is an account for when the identity provider is away."""
        return mail.casefold() in self.break_glass

    def refuses_password(self, mail: str, domains: Collection[str]) -> bool:
        """Whether `mail` is of the municipality's own (`domains`) and has to sign in there."""
        own = mail.casefold().rpartition("@")[2] in {domain.casefold() for domain in domains}
        return self.only_provider and own and not self.is_break_glass(mail)

    def lapses_on(self, since: date) -> date:
        """The last local date on which a role counts that was confirmed on `since`."""
        return since + timedelta(days=self.days[REVIEW])

    def warns_on(self, since: date) -> date:
        """From which local date that role stands on the list to go over."""
        return self.lapses_on(since) - timedelta(days=self.days[WARN])

    def turn(self, today: date) -> int:
        """The number of the turn in which a reminder may go once."""
        return (today.toordinal() - 1) // self.days[REMIND]  # day 1 was a Monday

    def sleeps_at(self, used: datetime) -> datetime:
        """When an account falls asleep that was used last at `used`."""
        return used + timedelta(days=self.days[SLEEP])


def _listed(value: Any) -> list[str]:
    """The texts of a claim: one, several or none."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def parse_sign_in(document: Mapping[str, Any]) -> SignIn:
    """The policy from the document of `accounts.toml`. Raises PolicyError that names row and field."""
    told = document.get("sign_in")
    if not isinstance(told, Mapping):
        raise PolicyError("er is geen [sign_in]")
    row = Row("sign_in", told, "sign_in")
    row.standing()
    return SignIn(
        only_provider=row.flag("only_provider"),
        break_glass=frozenset(mail.casefold() for mail in row.texts("break_glass")),
        factors=frozenset(_factor(one) for one in _some(document, "second_factor")),
        groups=_groups(document),
        days=_days(document),
    )


def completed(document: Mapping[str, Any], shipped: Mapping[str, Any]) -> dict[str, Any]:
    """The document with the terms of `shipped` that it lacks: one of an older version lets people in as well."""
    known = {row.get("duty") for row in document.get("term", ())}
    lacking = [row for row in shipped["term"] if row["duty"] not in known]
    return {**document, "term": [*document.get("term", ()), *lacking]}


def _some(document: Mapping[str, Any], table: str) -> list[Row]:
    """The rows of a table that may be absent."""
    return list(rows(document, table)) if table in document else []


def _factor(row: Row) -> tuple[str, str]:
    row.standing()
    claim = row.text("claim")
    if claim not in CLAIMS:
        raise row.error("claim", f"{claim!r} is geen van: {', '.join(CLAIMS)}")
    return claim, row.text("value")


def _groups(document: Mapping[str, Any]) -> dict[str, tuple[Role, ...]]:
    found: dict[str, tuple[Role, ...]] = {}
    for row in _some(document, "group"):
        row.standing()
        group = row.text("group")
        found[group] = (*found.get(group, ()), row.term("role", Role))
    return found


def _days(document: Mapping[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows(document, "term"):
        row.standing()
        duty = row.text("duty")
        if duty not in NAMED:
            raise row.error("duty", f"{duty!r} is geen van: {', '.join(sorted(NAMED))}")
        found[duty] = row.number("days")
        if found[duty] < 1:
            raise row.error("days", "moet 1 of meer zijn")
    if lacking := sorted(NAMED - set(found)):
        raise PolicyError(f"er is geen [[term]] met duty {', '.join(lacking)}")
    if found[WARN] >= found[REVIEW]:
        raise PolicyError("regel waarschuwen, veld days: moet minder zijn dan die van nalopen")
    return found
