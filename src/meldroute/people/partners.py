"""What one municipality says of itself, and the partners it works with (plan §3.3.1, §3.3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, require, yes
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from .models import Municipality, Organisation

MAY_SETTLE = (Role.ADMINISTRATOR,)
MAY_KEEP = (Role.ADMINISTRATOR, Role.MELDPUNT)
OWN = ("name", "meldpunt_phone", "meldpunt_mail", "mail_domains", "mma_contract_on", "mma_protocol_on")
PARTNER = ("name", "source", "recipient", "mail_domains", "mail", "phone", "about")


def settle(*, by: Acting, told: Mapping[str, Any]) -> Municipality:
    """Change what the active municipality says of itself; the fields of `OWN`. Raises Refused."""
    require(_role(by, MAY_SETTLE))
    place = Municipality.objects.get(id=by.place)
    changed = _take(place, told, OWN)
    journal.record(by=by, act="municipality.change", on="people.Municipality", ids=[place.id], fields=changed)
    return place


def add(*, by: Acting, told: Mapping[str, Any]) -> Organisation:
    """A new partner; the fields of `PARTNER`. Raises Refused."""
    require(_role(by, MAY_KEEP))
    made = Organisation.objects.create(municipality_id=by.place, **{name: told[name] for name in PARTNER})
    journal.record(by=by, act="partner.add", on="people.Organisation", ids=[made.id])
    return made


def change(*, by: Acting, partner: Organisation, told: Mapping[str, Any]) -> None:
    """New details of a partner. Raises Refused."""
    require(_role(by, MAY_KEEP))
    changed = _take(partner, told, PARTNER)
    journal.record(by=by, act="partner.change", on="people.Organisation", ids=[partner.id], fields=changed)


def end(*, by: Acting, partner: Organisation, on: date | None) -> None:
    """The cooperation ends (or, with None, goes on again): nothing is proposed for it any more. Raises Refused."""
    require(_role(by, MAY_KEEP))
    partner.ended_on = on
    partner.save(update_fields=["ended_on"])
    journal.record(by=by, act="partner.end" if on else "partner.resume", on="people.Organisation", ids=[partner.id])


def _take(row: Municipality | Organisation, told: Mapping[str, Any], names: tuple[str, ...]) -> list[str]:
    changed = [name for name in names if getattr(row, name) != told[name]]
    for name in changed:
        setattr(row, name, told[name])
    if changed:
        row.save(update_fields=changed)
    return changed


def _role(by: Acting, roles: tuple[Role, ...]) -> Verdict:
    if by.is_any(*roles):
        return yes()
    return no(gettext_noop("Dit past de beheerder aan."), "domain rules §3", "partner.role", roles)
