"""Hints while writing: what is marked, and what stands there after one click."""

import tomllib

import pytest
from corpus_of_feedback import POLICY

from meldroute.domain.excess import Excess, hints, load, without

CATEGORIES = load(tomllib.loads((POLICY.parent / "excess.toml").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Haar BSN is 123456782.", "Haar BSN is [BSN]."),
        ("bsn: 123 456 789, zegt hij", "bsn: [BSN], zegt hij"),
        ("Zij is zwanger en bang.", "Zij is [gezondheid] en bang."),
        ("Hij lijkt verstandelijk beperkt.", "Hij lijkt [gezondheid]."),
        ("Zijn broer Karel Oefening wacht buiten.", "Zijn broer [naam] wacht buiten."),
        ("Haar moeder Els van der Oefening belt.", "Haar moeder [naam] belt."),
        ("Een man met een donkere huid.", "Een man met een [afkomst]."),
        ("Geboren 4-5-1990 te Oefendam", "Geboren [geboortedatum] te Oefendam"),
        ("Rekening NL02 ABNA 0123 4567 89 wordt leeggehaald", "Rekening [rekeningnummer] wordt leeggehaald"),
    ],
)
def test_a_hint_takes_out_exactly_the_excess(text: str, after: str) -> None:
    [hint] = hints(text, CATEGORIES)

    assert without(text, hint) == after


@pytest.mark.parametrize(
    "text",
    [
        "Vier matrassen boven de keuken, personeel durft niet te praten.",
        "De buurman belt vaak. Hij zegt niets.",
        "Moeder en kind slapen in de zaak.",
        "Bel 0800-2000 of 112.",
        "Op 12 november 2026 om 10.30 uur gezien.",
        "Er staan 123456789 dozen.",
        "",
    ],
)
def test_an_ordinary_observation_gets_no_hint(text: str) -> None:
    assert hints(text, CATEGORIES) == []


def test_every_category_has_a_source_and_a_status() -> None:
    assert all(category.source and category.status for category in CATEGORIES)
    assert {category.code for category in CATEGORIES} >= {"health", "belief", "origin"}


def test_hints_do_not_overlap() -> None:
    found = hints("Zus Aicha, zwanger, geboren 1-1-1999, BSN 123456782", CATEGORIES)

    assert [hint.kind for hint in found] == [Excess.NAME, Excess.WORD, Excess.BIRTHDATE, Excess.BSN]
