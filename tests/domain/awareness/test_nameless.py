"""A note of a call points at nobody: what is refused and what may stand, on notes written by hand."""

from __future__ import annotations

import random

import pytest

from meldroute.domain.awareness.nameless import Why, personal

KNOWN = ("Toezicht en handhaving", "Publiekszaken", "Wij Heemstede", "Veilig Thuis", "HVO-Querido", "Rode Kruis", "CJG")

FINE = """
Een collega van Publiekszaken twijfelde over een inschrijving. Verteld hoe melden gaat.
Hoe herken je uitbuiting in de bouw? Uitgelegd, en de folder van het Rode Kruis gestuurd.
Vraag over delen met Veilig Thuis. Uitgelegd wat mag en wat niet.
Wilde weten wat de meldroute is; verwezen naar het meldpunt.
Team Toezicht en handhaving vroeg om een training in maart.
Twijfel over een bedrijf. Geen namen besproken.
Mevrouw dacht dat melden anoniem kan.
Vraag: mag dit? Ja, met toets 2A.
Op 12 maart opnieuw bellen om 10.30 uur.
School vroeg een les aan voor 3 klassen.
Iemand van de HVO-Querido vroeg naar ons spreekuur.
Zij had twee keer iets gezien. Advies: leg het vast als melding.
De GGD en het RIEC kennen dit ook.
Wat doe je bij gevaar? Bel 112.
Gesproken over Heemstede en Bloemendaal: samen een training geven.
""".strip().splitlines()
WRONG = """
Jansen belde over zijn buurman.|Jansen
Gesproken met Jan over de training.|Jan
Even gebeld met Fatima van het loket.|Fatima
mevrouw jansen vroeg naar de opvang|jansen
De heer Van der Berg belde|Berg
J. Bakker vroeg iets|Bakker
Kees Jansen vroeg iets|Kees
Iemand heet ahmed|ahmed
dhr. De Wit kwam langs|Wit
Het ging om Voorbeeldstraat 12.|Voorbeeldstraat 12
zij woont aan de oefenlaan 3|oefenlaan 3
Bel terug op 06-12345678|06-12345678
Terugbellen: nul zes twaalf 34 56 78|zes
bsn 123456782 genoemd|123456782
Mail naar piet@voorbeeld.nl|piet@voorbeeld.nl
auto met kenteken AB-12-CD|AB-12-CD
postcode 2101 AB|2101 AB
geboren op 3 mei 1987|3 mei 1987
Bij Cafe Oefening gaat het mis|Oefening
""".strip().splitlines()


@pytest.mark.parametrize("text", FINE)
def test_an_ordinary_note_may_stand(text: str) -> None:
    assert personal(text, [*KNOWN, "Heemstede", "Bloemendaal"]) == []


@pytest.mark.parametrize("line", WRONG)
def test_what_points_at_somebody_is_found_where_it_stands(line: str) -> None:
    text, piece = line.split("|")
    found = personal(text, KNOWN)
    assert any(piece in text[one.start : one.end] or text[one.start : one.end] in piece for one in found)


def test_why_says_what_it_looks_like() -> None:
    text = "Sanne gaat naar Voorbeeldstraat 12, bel 06-12345678"
    assert [one.why for one in personal(text)] == [Why.NAME, Why.ADDRESS, Why.NUMBER]


def test_a_month_is_no_name_and_a_known_team_in_any_case_neither() -> None:
    assert personal("Terugbellen in Maart; PUBLIEKSZAKEN wacht.", KNOWN) == []


def test_no_text_breaks_it_and_spans_lie_inside() -> None:
    """Ten thousand random strings of signs, letters and digits."""
    signs = "abcXYZ 0123456789.,-@'\n\tëÉij€straat laan"
    maker = random.Random(7)
    for _ in range(10_000):
        text = "".join(maker.choice(signs) for _ in range(maker.randrange(60)))
        for one in personal(text):
            assert 0 <= one.start < one.end <= len(text)
