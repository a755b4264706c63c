"""The queue and the file in a real browser: no accessibility faults, nothing wider than a phone, no script needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from browser import DESK, PHONE, Site, site, wrong_with
from meldroute.domain.vocabulary import Category, Confidence, Truth
from meldroute.people.unit import unit
from meldroute.route.actions import attaching, elements, facts, linking
from people_here import acting
from signals_here import CANARY, noted, opened, person, place, reporter, statement

MAIL = "meldpunt@oefen.example"


def a_full_file() -> UUID:
    """A signal with something in every part of its page."""
    with unit(acting(at=datetime.now(UTC) - timedelta(hours=3))) as by:
        before, signal = opened(by), opened(by, received_at=by.at - timedelta(days=5))
        place(by, before)
        place(by, signal)
        who = person(by, signal, minor=True)
        old = noted(by, signal, observed_on=by.today, text="Drie matrassen in de ruimte boven de keuken")
        facts.correct(by=by, observation=old, statement=statement(observed_on=by.today), why="geteld: vier")
        noted(by, signal, truth=Truth.IMPRESSION, text="Personeel keek naar de eigenaar", subject_id=who.id)
        heard = {"truth": Truth.HEARSAY, "source": "buurtbewoner, niet bij naam", "confidence": Confidence.UNSURE}
        later = by.today + timedelta(days=90)
        noted(by, signal, text="“Paspoorten liggen in de kluis”", category=Category.PLACE, expires_on=later, **heard)
        elements.add_element(by=by, signal=signal, part="act", code="house")
        attaching.attach(by=by, signal=signal, name="foto.png", body=b"\x89PNG\r\n\x1a\n oefening")
        linking.link(by=by, signal=signal, reference=before.reference, reason="zelfde adres")
        reporter(by, signal, protected=True)
    return signal.id


@pytest.fixture
def here_now(committed: str) -> Iterator[tuple[Site, UUID]]:
    """The running application with a full file in it."""
    signal_id = a_full_file()
    with site() as running:
        yield running, signal_id


PATHS = (
    "",
    "tijdlijn/",
    "toegang/",
    "waarneming/",
    "wie-en-waar/?soort=address",
    "kenmerken/",
    "eerder/",
    "behandelaar/",
)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_the_file_and_its_pages_are_accessible_and_fit(here_now: tuple[Site, UUID], javascript: bool) -> None:
    running, signal_id = here_now
    with running.page(MAIL, size=DESK, javascript=javascript) as page:
        for path in ("/signalen/", *(f"/signalen/{signal_id}/{path}" for path in PATHS)):
            answer = page.goto(running.url(path))
            assert answer is not None
            assert answer.status == 200, path
            assert CANARY not in page.content()
            name = f"dossier-{path.strip('/').rpartition('/')[2]}"
            assert wrong_with(page, name, javascript=javascript) == [], path


def test_on_a_phone_what_to_do_comes_first(here_now: tuple[Site, UUID]) -> None:
    running, signal_id = here_now
    with running.page(MAIL, size=PHONE) as page:
        page.goto(running.url(f"/signalen/{signal_id}/"))
        tops = {name: page.locator(f"#{name}").bounding_box() for name in ("nu-te-doen", "weten", "wie", "tijdlijn")}
        found = [name for name, box in sorted(tops.items(), key=lambda one: one[1]["y"] if one[1] else -1)]
    assert found == ["nu-te-doen", "weten", "wie", "tijdlijn"]


def test_a_name_is_read_with_the_keyboard_and_without_script(here_now: tuple[Site, UUID]) -> None:
    running, signal_id = here_now
    with running.page(MAIL, javascript=False) as page:
        page.goto(running.url(f"/signalen/{signal_id}/"))
        page.get_by_role("link", name="Naam bekijken").press("Enter")
        page.get_by_label("Reden").fill("nodig voor de weging")
        page.get_by_role("button", name="Bekijk").press("Enter")
        assert page.get_by_text(CANARY).is_visible()
        page.goto(running.url(f"/signalen/{signal_id}/"))
        assert page.get_by_text("Naam bekeken van persoon A").is_visible()
        assert page.get_by_text(CANARY).count() == 0
