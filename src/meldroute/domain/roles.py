"""Roles: what each may see, what goes together, who confirms a grant, who stands in.

Sources: domain rules §3 (roles, separation of duties), AVG art. 38 and 39 (independence of the FG),
and the rules for granting a role (a second person confirms).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from .term import Term, gettext_noop
from .verdict import Verdict, no, yes
from .vocabulary import Role


class Scope(Term):
    """How far a role sees in one municipality (the database's row security uses the same three words)."""

    ALL = "all", gettext_noop("alle signalen van de gemeente")
    ITEM = "item", gettext_noop("alleen wat met deze persoon is gedeeld")
    NONE = "none", gettext_noop("geen zaakgegevens")


SCOPE: Mapping[Role, Scope] = MappingProxyType(
    {
        Role.REPORTER: Scope.ITEM,
        Role.PARTNER_REPORTER: Scope.ITEM,
        Role.MELDPUNT: Scope.ALL,
        Role.ENFORCEMENT: Scope.ITEM,
        Role.MEETING_MEMBER: Scope.ITEM,
        Role.LOO_MEMBER: Scope.ITEM,
        Role.PRIVACY_OFFICER: Scope.ITEM,
        Role.PROCESS_OWNER: Scope.ITEM,
        Role.FG: Scope.ITEM,
        Role.ARCHIVIST: Scope.ITEM,
        Role.BOARD: Scope.ITEM,
        Role.INTEGRITY: Scope.ITEM,
        Role.ANALYST: Scope.NONE,
        Role.ADMINISTRATOR: Scope.NONE,
    }
)

CASE_ROLES = frozenset(role for role, scope in SCOPE.items() if scope is not Scope.NONE)
CONFIRMERS = (Role.MELDPUNT, Role.PROCESS_OWNER)
ALERTED = (Role.MELDPUNT, Role.PROCESS_OWNER, Role.FG)


def scope_of(roles: Collection[Role]) -> Scope:
    """The widest scope of these roles; none for nobody."""
    scopes = {SCOPE[role] for role in roles}
    return next((scope for scope in Scope if scope in scopes), Scope.NONE)


def may_combine(roles: Collection[Role]) -> Verdict:
    """May one account in one municipality hold all these roles?"""
    held = frozenset(roles)
    for refuses, verdict in _NOT_TOGETHER:
        if refuses(held):
            return verdict
    return yes(code="roles.combine")


def _fg_with_another(held: frozenset[Role]) -> bool:
    return Role.FG in held and len(held) > 1


def _administrator_with_cases(held: frozenset[Role]) -> bool:
    return Role.ADMINISTRATOR in held and bool(held & CASE_ROLES)


def _partner_with_another(held: frozenset[Role]) -> bool:
    return Role.PARTNER_REPORTER in held and bool(held - {Role.PARTNER_REPORTER, Role.LOO_MEMBER})


def _adviser_and_decider(held: frozenset[Role]) -> bool:
    return {Role.PRIVACY_OFFICER, Role.PROCESS_OWNER} <= held


_NOT_TOGETHER = (
    (
        _fg_with_another,
        no(
            gettext_noop("De functionaris gegevensbescherming is onafhankelijk en heeft geen andere rol."),
            "AVG art. 38 lid 6",
            "roles.fg_alone",
        ),
    ),
    (
        _administrator_with_cases,
        no(
            gettext_noop("Een beheerder ziet geen zaakgegevens. Gebruik voor deze rol een ander account."),
            "eigen werkregel",
            "roles.administrator_no_cases",
        ),
    ),
    (
        _partner_with_another,
        no(
            gettext_noop("Een melder van een partner heeft geen rol binnen de gemeente."),
            "eigen werkregel",
            "roles.partner_outside",
        ),
    ),
    (
        _adviser_and_decider,
        no(
            gettext_noop("Wie adviseert over de privacytoets, besluit er niet over."),
            "eigen werkregel; AVG art. 24",
            "roles.advice_apart",
        ),
    ),
)


def may_grant(role: Role, *, by: Collection[Role], to_self: bool) -> Verdict:
    """May somebody with the roles `by` propose this role for an account (or reset its second factor)?"""
    if to_self:
        return no(gettext_noop("Niemand geeft zichzelf een rol."), "eigen werkregel", "grant.self")
    if Role.ADMINISTRATOR not in by:
        reason = gettext_noop("Alleen de beheerder kan rollen geven.")
        return no(reason, "eigen werkregel", "grant.administrator", (Role.ADMINISTRATOR,))
    return yes(code="grant.allowed")


def needs_confirmation(roles: Collection[Role]) -> bool:
    """True when granting these roles, or resetting the factor of who has them, needs a second person."""
    return bool(frozenset(roles) & CASE_ROLES)


def may_confirm(*, by: Collection[Role], for_self: bool, own_proposal: bool) -> Verdict:
    """May somebody with the roles `by` confirm a grant of a case role or the reset of a factor?"""
    if for_self or own_proposal:
        reason = gettext_noop("Een ander moet dit bevestigen: niet wie het voorstelde en niet wie het krijgt.")
        return no(reason, "eigen werkregel", "confirm.other", CONFIRMERS)
    if not frozenset(by) & frozenset(CONFIRMERS):
        reason = gettext_noop("Alleen het meldpunt of de proceseigenaar kan dit bevestigen.")
        return no(reason, "eigen werkregel", "confirm.role", CONFIRMERS)
    return yes(code="confirm.allowed")


class Duty(Term):
    """What one person has done or does on one signal; some of these may not meet in one person."""

    REPORTER = "reporter", gettext_noop("melder van dit signaal")
    HANDLER = "handler", gettext_noop("behandelt en weegt dit signaal")
    ADVISER = "adviser", gettext_noop("adviseert over een privacytoets")
    DECIDER = "decider", gettext_noop("besluit over een privacytoets")
    DESTRUCTION_PROPOSER = "destruction_proposer", gettext_noop("stelt vernietiging voor")
    DESTRUCTION_APPROVER = "destruction_approver", gettext_noop("keurt vernietiging goed")


# Unordered pairs that never meet in one person on the same signal, with the reason that people read.
APART: Mapping[frozenset[Duty], str] = MappingProxyType(
    {
        frozenset({Duty.REPORTER, Duty.HANDLER}): gettext_noop(
            "U hebt dit signaal zelf gemeld. Een collega weegt het."
        ),
        frozenset({Duty.HANDLER, Duty.ADVISER}): gettext_noop(
            "Wie het signaal behandelt, adviseert niet over de privacytoets."
        ),
        frozenset({Duty.HANDLER, Duty.DECIDER}): gettext_noop(
            "Wie het signaal behandelt, besluit niet over de privacytoets."
        ),
        frozenset({Duty.ADVISER, Duty.DECIDER}): gettext_noop(
            "Wie adviseert over de privacytoets, besluit er niet over."
        ),
        frozenset({Duty.DESTRUCTION_PROPOSER, Duty.DESTRUCTION_APPROVER}): gettext_noop(
            "Wie vernietiging voorstelt, keurt haar niet zelf goed."
        ),
    }
)


def may_take(duty: Duty, held: Collection[Duty]) -> Verdict:
    """May somebody who holds these duties on a signal also take this one?"""
    for other in held:
        reason = APART.get(frozenset({duty, other}))
        if reason and duty is not other:
            return no(reason, "eigen werkregel", f"apart.{other.value}_{duty.value}")
    return yes(code="apart.free")


@dataclass(frozen=True)
class StandIn:
    """Somebody who holds a role for a period, first and last day included."""

    role: Role
    start: date
    end: date

    def is_active(self, today: date) -> bool:
        """True on every local date of the period."""
        return self.start <= today <= self.end


def may_stand_in(role: Role, start: date | None, end: date | None, today: date) -> Verdict:
    """A stand-in needs a period with a last day that has not passed."""
    ground = "eigen werkregel"
    if start is None or end is None:
        return no(
            gettext_noop("Een vervanger heeft een begindatum en een einddatum nodig."),
            ground,
            "stand_in.dates",
        )
    if end < start:
        return no(gettext_noop("De einddatum ligt voor de begindatum."), ground, "stand_in.order")
    if end < today:
        return no(gettext_noop("De einddatum is al voorbij."), ground, "stand_in.past")
    return yes(code=f"stand_in.{role.value}")
