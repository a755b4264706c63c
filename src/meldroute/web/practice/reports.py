"""Reports of the practice installation: a half-year report that is being written, a year report that was adopted."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from meldroute.domain.reporting.kinds import Kind, Section
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality, User
from meldroute.people.unit import unit
from meldroute.reports.actions import adopting, making

AHEAD = (
    "Het komende jaar vraagt de folder voor opvanglocaties aandacht: die is niet elk kwartaal uitgedeeld. "
    "Het college kiest begin 2027 welke acties in het volgende plan komen. (Oefening.)"
)


def make_reports(at: datetime) -> None:
    """A draft for the staf veiligheid about this half year, and last year's report for the council."""
    place = Municipality.objects.get(slug="heemstede").id
    year = at.year - 1
    with unit(_acting("meldpunt", place, at)) as by:
        row = making.make(by=by, wanted=making.wanted_of(by, Kind.YEAR, date(year, 12, 31)))
        row = making.write(by=by, report=row, edition=row.edition, texts={Section.AHEAD: AHEAD})
        making.make(by=by, wanted=making.wanted_of(by, Kind.HALF_YEAR, by.today))
    with unit(_acting("proceseigenaar", place, at)) as by:
        decision = f"Collegebesluit van 3 februari {year + 1} (oefening)"
        adopting.adopt(by=by, report=row, edition=row.edition, decision=decision)


def _acting(name: str, place: UUID, at: datetime) -> Acting:
    user = User.objects.get(email=f"{name}@oefen.example")
    return Acting(user.id, place, at=at, origin="oefening")
