"""The neighbour journey in a real browser: Heemstede sends a hand-over, Bloemendaal takes it in, Heemstede reads the
receipt; one at a desk, the other on a phone; then the card "Wie bel ik nu" and the sheet for the stand-in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from browser import DESK, PHONE, Site, aside, site, wrong_with
from meldroute.route.actions import parcels
from meldroute.route.models import HandOver
from people_here import here
from route import parcels_here as parcel_of
from route.parcels_here import GOES, STAYS

PAGES = {"wie-bel-ik": "/bellen/", "nakijken": "/bellen/nakijken/", "draag-over": "/draag-over/"}
HOUR_AGO = timedelta(hours=1)


@pytest.fixture
def served(committed: str) -> Iterator[Site]:
    """The application on a fresh database."""
    with site() as running:
        yield running


def looked_at(page: Page, name: str) -> None:
    """Right for axe and as wide as the screen."""
    assert wrong_with(page, name) == [], name


def sends(served: Site, row: HandOver, size: tuple[int, int]) -> None:
    """The meldpunt of Heemstede, from what was shared to on its way."""
    with served.page("meldpunt@oefen.example", size=size) as page:
        page.goto(served.url(f"/signalen/{row.signal_id}/gedeeld/"))
        looked_at(page, "gedeeld")
        page.get_by_role("link", name="Verstuur naar een gemeente in Meldroute").click()
        looked_at(page, "versturen")
        page.get_by_role("button", name="Verstuur").click()
        looked_at(page, "versturen-fout")
        page.get_by_label("Bloemendaal").check()
        page.get_by_label(GOES).check()
        page.get_by_label("Waarom is het voor hen?").fill("Het pand staat aan de overkant van de grens.")
        page.get_by_role("button", name="Verstuur").click()
        expect(page.get_by_text("onderweg")).to_be_visible()
        looked_at(page, "verstuurd")


def takes_in(served: Site, size: tuple[int, int]) -> str:
    """The meldpunt of Bloemendaal, from Vandaag to its own number."""
    with served.page("bloemendaal@oefen.example", size=size, municipality=str(aside(lambda: here("BD").id))) as page:
        page.goto(served.url("/"))
        page.get_by_role("link", name="Overdracht van Heemstede").click()
        expect(page.get_by_text(GOES)).to_be_visible()
        assert STAYS not in page.content()
        looked_at(page, "ontvangen")
        parcel = page.url.rstrip("/").rpartition("/")[2]
        page.get_by_role("button", name="Neem in").click()
        looked_at(page, "ontvangen-fout")
        page.get_by_label("Nee, geen van deze").check()
        page.get_by_role("button", name="Neem in").click()
        told = page.get_by_text("De andere gemeente ziet dit nummer")
        expect(told).to_be_visible()
        number = str(told.inner_text()).split()[2].rstrip(".")
        page.goto(served.url(f"/gemeenten/{parcel}/"))
        looked_at(page, "beantwoord")
        return number


def reads_the_receipt(served: Site, row: HandOver, number: str, size: tuple[int, int]) -> None:
    """Heemstede sees the number at once, and in the file when the worker has noted it."""
    with served.page("meldpunt@oefen.example", size=size) as page:
        page.goto(served.url("/gemeenten/"))
        expect(page.get_by_text(f"ingenomen als {number}")).to_be_visible()
        looked_at(page, "ontvangst")
        page.goto(served.url(f"/signalen/{row.signal_id}/gedeeld/"))
        expect(page.get_by_text(f"Bloemendaal, {number}")).to_be_visible()


def test_a_hand_over_crosses_the_border_and_its_receipt_comes_back(served: Site) -> None:
    row = aside(lambda: parcel_of.handed_over(datetime.now(UTC) - HOUR_AGO))
    sends(served, row, DESK)
    number = takes_in(served, PHONE)
    assert number.startswith("BD-")
    assert aside(lambda: parcels.note_answers(here().id, datetime.now(UTC))) == 1
    reads_the_receipt(served, row, number, PHONE)
    with served.page("meldpunt@oefen.example", size=PHONE) as page:
        for name, path in PAGES.items():
            page.goto(served.url(path))
            looked_at(page, name)
