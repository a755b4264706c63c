"""Invented signals in every step of the route, made through the same actions as real ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from meldroute.domain.vocabulary import Form
from meldroute.people.models import Municipality
from meldroute.web.ticks import dates

from .play import ROUTE, Play, report_of

SENDER = "zorgcoordinatie@hvo-querido.oefen.example"


@dataclass(frozen=True)
class Case:
    """After which act of the route a practice signal stands still, what was seen, and where."""

    until: str
    what: str
    form: Form
    sector: str
    street: str
    number: str


CASES = (
    Case("", "Nieuwe bewoners boven een winkel, gordijnen altijd dicht", Form.UNCLEAR, "woning", "Oefenlaan", "3"),
    Case("enriching", "Personeel slaapt in de opslag", Form.LABOUR, "horeca", "Voorbeeldstraat", "1"),
    Case("check_2a", "Elke ochtend haalt een busje mensen op", Form.LABOUR, "bouw", "Oefenplein", "12"),
    Case("in_loo", "Jongen brengt pakjes weg om schulden af te lossen", Form.CRIMINAL, "", "Voorbeeldweg", "8"),
    Case("feedback_due", "Advertentie met steeds een andere kamer", Form.SEXUAL, "website", "Oefensingel", "20"),
    Case("closed", "Vrouw kent haar eigen adres niet", Form.SEXUAL, "woning", "Oefenlaan", "41"),
    Case("enriching", "Weer mensen in de opslag, nu ook overdag", Form.LABOUR, "horeca", "Voorbeeldstraat", "1"),
)
"""The last one is about the same address as an earlier one: it asks a new joint weighing."""


def make_all(at: datetime, mails: Path) -> None:
    """Fill Heemstede with practice signals as they would stand at `at`, and its mailbox with practice mails."""
    place = Municipality.objects.get(slug="heemstede").id
    for number, case in enumerate(CASES):
        _carry(Play(place, at - timedelta(days=len(CASES) - number, hours=2)), case, number)
    _unread(place, at, mails)
    dates(place, at)


def _carry(play: Play, case: Case, number: int) -> None:
    raw = f"From: {SENDER}\nSubject: Oefening {number}\nX-Meldroute-Oefening: ja\n\n{case.what}. (Oefening.)\n"
    place = {"street": case.street, "house_number": case.number, "addition": "", "postcode": ""}
    report = replace(report_of(SENDER, case.what, [case.form]), sector=case.sector, place=place)
    play.registered(play.comes_in(raw.encode()), report)
    names = [name for name, _ in ROUTE]
    for _, act in ROUTE[: names.index(case.until) + 1 if case.until else 0]:
        act(play)


def _unread(place: UUID, at: datetime, mails: Path) -> None:
    """Two practice mails that wait in the mailbox."""
    for path in sorted(mails.glob("*.eml"))[:2]:
        Play(place, at - timedelta(hours=1)).comes_in(path.read_bytes())
