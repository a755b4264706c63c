"""Reports in a real browser: the meldpunt makes one, the mayor reads it on a phone; axe clean, no sideways scroll."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page

from browser import PHONE, Site, aside, site, wrong_with
from meldroute.domain.reporting.kinds import Kind
from meldroute.people.unit import unit
from meldroute.reports.actions import making
from meldroute.reports.models import Report
from people_here import acting
from plan.plans_here import followed
from reports.reports_here import DECISION, adopted, signals

MELDPUNT, MAYOR = "meldpunt@oefen.example", "burgemeester@oefen.example"
TEXT = "Een jaar waarin meer teams signalen leerden herkennen."


@pytest.fixture
def served(committed: str) -> Iterator[Site]:
    """The application on a fresh database."""
    with site() as running:
        yield running


def looked(page: Page, name: str) -> None:
    """The page has no violations and fits."""
    assert wrong_with(page, name) == [], name


def prepared() -> list[Report]:
    """An adopted year report and three drafts, the first of them its second version."""
    now = datetime.now(UTC) - timedelta(hours=2)
    followed(now)
    signals(12, now - timedelta(days=3))
    adopted(at=now)
    with unit(acting(at=now + timedelta(minutes=10))) as by:
        kinds = (Kind.YEAR, Kind.HALF_YEAR, Kind.NEXT_PLAN)
        return [making.make(by=by, wanted=making.wanted_of(by, kind, by.today)) for kind in kinds]


def test_the_meldpunt_makes_a_report_and_the_mayor_reads_it(served: Site) -> None:
    second, half, draft = aside(prepared)
    with served.page(MELDPUNT) as page:
        page.goto(served.url("/rapporten/nieuw/"))
        looked(page, "nieuw")
        page.get_by_label("Notitie voor de Driehoek").check()
        page.get_by_role("button", name="Maak het concept").click()
        looked(page, "driehoek")
        page.goto(served.url(f"/rapporten/{second.id}/schrijven/"))
        page.get_by_label("Samenvatting").fill(TEXT)
        looked(page, "schrijven")
        page.get_by_role("button", name="Bewaar de teksten").click()
        looked(page, "concept")
        page.get_by_role("link", name="Verschil met de vorige versie").click()
        looked(page, "verschil")
        page.goto(served.url(f"/rapporten/{second.id}/vaststellen/"))
        page.get_by_label("Wie heeft dit wanneer vastgesteld?").fill(DECISION)
        looked(page, "vaststellen")
        page.get_by_role("button", name="Stel vast").click()
        page.get_by_text("Vastgesteld. Dit rapport verandert niet meer").wait_for()
        for name, row in (("staf", half), ("volgend", draft)):
            page.goto(served.url(f"/rapporten/{row.id}/"))
            looked(page, name)
        page.goto(served.url("/rapporten/"))
        looked(page, "lijst")
    with served.page(MAYOR, size=PHONE) as page:
        page.goto(served.url("/rapporten/"))
        looked(page, "burgemeester")
        assert "Halfjaarrapport" not in page.content()
        page.get_by_role("link", name="Jaarrapport voor de raad").first.click()
        looked(page, "gelezen")
        assert TEXT in page.content()
