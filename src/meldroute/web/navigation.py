"""The menu: only what the role may use, with how much waits there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meldroute.awareness.roles import LOOKERS
from meldroute.domain.vocabulary import Role
from meldroute.plan.roles import READERS as PLAN_READERS
from meldroute.routine.roles import DOERS

R = Role
INSIDE = (R.MELDPUNT, R.INTEGRITY, R.FG, R.PRIVACY_OFFICER, R.PROCESS_OWNER, R.BOARD)


@dataclass(frozen=True, eq=False)
class Place:
    """One line of the menu: address name, label, who may use it; there is one of each."""

    name: str
    label: object
    roles: tuple[Role, ...]


MENU = (
    Place("today", _("Vandaag"), tuple(Role)),
    Place("intake:triage", _("Postbus"), (R.MELDPUNT,)),
    Place("route:queue", _("Signalen"), INSIDE),
    Place("intake:report", _("Melden"), (R.MELDPUNT, R.REPORTER, R.PARTNER_REPORTER, R.ENFORCEMENT)),
    Place("route:mine", _("Mijn meldingen"), (R.REPORTER, R.PARTNER_REPORTER, R.ENFORCEMENT)),
    Place("route:tasks", _("Taken"), (R.ENFORCEMENT, R.MEETING_MEMBER, R.MELDPUNT, R.PROCESS_OWNER)),
    Place("people:call-card", _("Wie bel ik nu"), tuple(Role)),
    Place("meetings:list", _("Overleg"), (R.MELDPUNT, R.MEETING_MEMBER, R.LOO_MEMBER, R.PROCESS_OWNER)),
    Place("awareness:list", _("Bewustwording"), LOOKERS),
    Place("route:waiting", _("Wacht op u"), (R.PRIVACY_OFFICER, R.PROCESS_OWNER, R.FG, R.MELDPUNT)),
    Place("route:feedback-list", _("Terugkoppeling"), (R.MELDPUNT,)),
    Place("plan:grid", _("Plan"), PLAN_READERS),
    Place("routine:now", _("Routine"), DOERS),
    Place("figures:list", _("Cijfers"), (R.ANALYST, R.BOARD)),
    Place("reports:list", _("Rapporten"), (R.MELDPUNT, R.PROCESS_OWNER, R.BOARD)),
    Place("people:journal", _("Inzage & logboek"), (R.PRIVACY_OFFICER, R.FG)),
    Place("meetings:all-series", _("Reeksen van overleg"), (R.ADMINISTRATOR,)),
    Place("sharing:policies", _("Beleid"), (R.PROCESS_OWNER, R.PRIVACY_OFFICER, R.FG, R.MELDPUNT, R.INTEGRITY)),
    Place("people:partners", _("Partners"), (R.ADMINISTRATOR, R.MELDPUNT)),
    Place("review", _("Toegang nalopen"), (R.PROCESS_OWNER, R.PRIVACY_OFFICER)),
    Place("people:accounts", _("Beheer"), (R.ADMINISTRATOR, R.MELDPUNT, R.PROCESS_OWNER)),
)


@dataclass(frozen=True)
class Line:
    """What the menu shows of a place: how much waits there, and whether it is the one that is open."""

    place: Place
    url: str
    count: int
    active: bool

    @property
    def label(self) -> object:
        """Its name, in the language of the reader."""
        return self.place.label


def menu(roles: frozenset[Role], path: str, counts: Mapping[str, int]) -> list[Line]:
    """The lines for these roles; the one whose address opens `path` is active."""
    return [
        Line(place, url, counts.get(place.name, 0), path == url if url == "/" else path.startswith(url))
        for place, url in _open_to(roles)
    ]


@lru_cache(maxsize=256)
def _open_to(roles: frozenset[Role]) -> tuple[tuple[Place, str], ...]:
    """The places of these roles with their addresses. Kept: both stand in the program."""
    return tuple((place, reverse(place.name)) for place in MENU if roles & set(place.roles))
