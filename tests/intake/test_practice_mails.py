"""The mails to practise with: the same invented ones as in the tests, marked as such, and readable."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake import mails
from meldroute.intake.message import read

FOLDER = Path(__file__).parents[2] / "practice/mails"
NAMES = {
    "1-inwoner.eml": mails.citizen,
    "2-inwoner-anoniem.eml": mails.citizen_anonymous,
    "3-team-prostitutie.eml": mails.prostitution_team,
    "4-zorg-met-bijlagen.eml": mails.care,
    "5-handhaver-met-foto.eml": mails.enforcement,
    "6-doorgestuurd-door-collega.eml": mails.official,
    "7-politie-met-kenmerk.eml": mails.police,
    "8-ggd-met-mail-als-bijlage.eml": mails.other_partner,
}


def test_nothing_else_lies_there() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_is_marked_and_reads_without_a_hand(name: str) -> None:
    raw = (FOLDER / name).read_bytes()
    assert raw == NAMES[name]()
    assert b"X-Meldroute-Oefening: ja" in raw
    reading = read(raw)
    assert mails.FOOTER in reading.text
    assert not reading.needs_hand
    assert reading.receipt_possible
