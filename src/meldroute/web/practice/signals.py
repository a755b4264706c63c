"""Invented signals in every step of the route, made through the same actions as real ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from meldroute.domain.vocabulary import Form
from meldroute.people.models import Municipality
from meldroute.web.ticks import dates

from .play import ROUTE, Play, report_of

SENDER = "zorgcoordinatie@hvo-querido.oefen.example"
CASES = (
    (0, "Nieuwe bewoners boven een winkel, gordijnen altijd dicht", Form.UNCLEAR),
    (2, "Personeel slaapt in de opslag en mag niet naar buiten", Form.LABOUR),
    (7, "Elke ochtend om vijf uur haalt een busje mensen op", Form.LABOUR),
    (11, "Jongen brengt pakjes weg en heeft daar schulden voor", Form.CRIMINAL),
    (13, "Advertentie met steeds een andere kamer in dezelfde straat", Form.SEXUAL),
    (14, "Vrouw kent haar eigen adres niet", Form.SEXUAL),
)
"""After how many acts of the route each practice signal stands still, what was seen, and the form."""


def make_all(at: datetime, mails: Path) -> None:
    """Fill Heemstede with practice signals as they would stand at `at`, and its mailbox with practice mails."""
    place = Municipality.objects.get(slug="heemstede").id
    for number, (acts, what, form) in enumerate(CASES):
        play = Play(place, at - timedelta(days=len(CASES) - number, hours=2))
        _carry(play, acts, what, form, number)
    _unread(place, at, mails)
    dates(place, at)


def _carry(play: Play, acts: int, what: str, form: Form, number: int) -> None:
    raw = f"From: {SENDER}\nSubject: Oefening {number}\nX-Meldroute-Oefening: ja\n\n{what}. (Oefening.)\n"
    mail_id = play.comes_in(raw.encode())
    play.registered(mail_id, report_of(SENDER, what, [form]))
    for _, act in ROUTE[:acts]:
        act(play)


def _unread(place: UUID, at: datetime, mails: Path) -> None:
    """Two practice mails that wait in the mailbox."""
    for path in sorted(mails.glob("*.eml"))[:2]:
        Play(place, at - timedelta(hours=1)).comes_in(path.read_bytes())
