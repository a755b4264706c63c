"""Awareness in a real browser: a neighbour shares a training and both see it; every page is clean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from browser import PHONE, Site, aside, site, surveyed, wrong_with
from meldroute.awareness import links
from meldroute.awareness.models import Activity, Invitation, Participant
from meldroute.people.unit import unit
from meldroute.web.practice import awareness
from people_here import acting, here
from plan.plans_here import followed

NOW = datetime.now(UTC) - timedelta(minutes=5)


@pytest.fixture
def served(committed: str) -> Iterator[Site]:
    """The application on a fresh database."""
    with site() as running:
        yield running


def prepared() -> dict[str, str]:
    """The practice year; the pages to look at, by who looks."""
    followed(at=NOW)
    awareness.make_year(NOW)
    with unit(acting(at=NOW)) as by:
        coming = Activity.objects.get(title__startswith="Signalen aan")
        held = Activity.objects.get(title__startswith="Verdiepende")
        call = Activity.objects.filter(kind="sparring").latest("on")
        one, row = Invitation.objects.get(), Participant.objects.earliest("at")
        signs = links.token(links.SIGN_UP, by.place, one.id)
        own = links.token(links.OWN, by.place, row.id)
    return {
        "lijst": "meldpunt /bewustwording/",
        "lijst-lezer": "handhaver /bewustwording/",
        "bereikt": "meldpunt /bewustwording/bereikt/",
        "bereikt-lezer": "handhaver /bewustwording/bereikt/",
        "kies": "meldpunt /bewustwording/nieuw/",
        "training": "meldpunt /bewustwording/nieuw/training/",
        "folders": "meldpunt /bewustwording/nieuw/leaflet/",
        "sparren": "meldpunt /bewustwording/even-sparren/",
        "groepen": "meldpunt /bewustwording/groepen/",
        "komt": f"meldpunt /bewustwording/{coming.id}/",
        "geweest": f"meldpunt /bewustwording/{held.id}/",
        "gesprek": f"meldpunt /bewustwording/{call.id}/",
        "gehouden": f"meldpunt /bewustwording/{coming.id}/gehouden/",
        "uitnodigen": f"meldpunt /bewustwording/{coming.id}/uitnodigen/",
        "presentie": f"meldpunt /bewustwording/{coming.id}/presentielijst/",
        "aanmelden": f"- /aanmelden/{signs}/",
        "deelname": f"- /deelname/{own}/",
    }


def place(code: str) -> str:
    return str(here(code).id)


def test_a_training_is_shared_and_every_page_is_clean(served: Site) -> None:
    pages, heemstede, bloemendaal = aside(prepared), aside(lambda: place("HS")), aside(lambda: place("BD"))
    assert surveyed(served, pages, municipality=heemstede) == {}
    with served.page() as page:
        page.goto(served.url("/aanmelden/onzin/"))
        assert wrong_with(page, "aanmelden-klopt-niet") == []
    with served.page("meldpunt@oefen.example", javascript=False, municipality=heemstede) as page:
        page.goto(served.url("/bewustwording/nieuw/theme_evening/"))
        page.get_by_label("Titel").fill("Avond voor de buurt (oefening)")
        page.get_by_label("Begintijd").fill("19:30")
        page.get_by_role("button", name="Leg vast").click()
        page.get_by_role("button", name="Bied aan: Bloemendaal").click()
        assert page.get_by_text("Bloemendaal: aangeboden").is_visible()
    with served.page("waarnemer@oefen.example", javascript=False, municipality=bloemendaal, size=PHONE) as page:
        page.goto(served.url("/bewustwording/"))
        page.locator("li", has_text="Avond voor de buurt").get_by_role("button", name="Wij doen mee").click()
        page.get_by_role("link", name="Avond voor de buurt").click()
        assert page.get_by_text("Heemstede geeft dit.").is_visible()
        page.get_by_role("link", name="Het is gehouden").click()
        page.get_by_role("button", name="Leg vast").click()
        page.goto(served.url("/bewustwording/"))
        assert page.get_by_text("gehouden").first.is_visible()
    with served.page("meldpunt@oefen.example", javascript=False, municipality=heemstede) as page:
        page.goto(served.url("/bewustwording/"))
        page.get_by_role("link", name="Avond voor de buurt").click()
        assert page.get_by_text("Bloemendaal: doet mee").is_visible()
        page.get_by_role("link", name="Het is gehouden").click()
        page.get_by_role("button", name="Leg vast").click()
        page.goto(served.url("/plan/"))
        assert page.locator("h1").is_visible()
