"""The pages of what comes in, in a real browser: accessible, no wider than a phone, the same without a script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import FilePayload, Page, expect

from browser import PHONE, Site, aside, site, wrong_with
from intake import mails
from meldroute.intake.actions import links
from meldroute.intake.models import Draft
from meldroute.people.models import Municipality, Organisation
from meldroute.people.unit import unit
from meldroute.web.practice.play import Play, report_of
from people_here import acting, here

MELDPUNT, REPORTER = "meldpunt@oefen.example", "melder@oefen.example"
WHAT = "Vier matrassen. Zijn zus Aicha Oefening heeft BSN 111222333."
PHOTO: FilePayload = {"name": "foto.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"}
MODES = pytest.mark.parametrize("javascript", [True, False], ids=["phone", "phone-no-script"])
"""On a phone; every page is looked at in both widths."""


def a_full_mailbox() -> str:
    """Mails of every kind, one registered; the path of a partner's link."""
    play = Play(here().id, datetime.now(UTC) - timedelta(hours=6))
    settled = play.comes_in(mails.citizen(50))
    play.registered(settled, report_of("petra@inwoner.example", "Elke avond andere mensen"))
    urgent = "Zij is vastgehouden aan de Oefenlaan 21, vannacht hoorde ik geschreeuw. Zie https://oefen.example/kamer"
    for raw in (mails.care(), mails.enforcement(), mails.raw(mails.mail("Dringend", urgent)), mails.too_large()):
        play.comes_in(raw)
    play.comes_in(b"\x00\x01 dit is geen mail " + b"lang" * 200)
    Municipality.objects.filter(code="HS").update(mma_contract_on="2026-01-05", mma_protocol_on="2026-01-05")
    with unit(acting(at=datetime.now(UTC))) as by:
        partner = Organisation.objects.get(name="HVO-Querido")
        link = links.make(by=by, organisation=partner, days=7, uses=5)
    return f"/partner/{links.token_of(link)}/"


@pytest.fixture
def served(committed: str) -> Iterator[tuple[Site, str]]:
    path = a_full_mailbox()
    with site() as running:
        yield running, path


def sound(page: Page, name: str, *, javascript: bool) -> None:
    """Accessible and as wide as the screen."""
    assert wrong_with(page, name, javascript=javascript) == [], name


@MODES
def test_the_mailbox_its_mails_and_one_that_is_registered(served: tuple[Site, str], javascript: bool) -> None:
    running, _ = served
    with running.page(MELDPUNT, size=PHONE, javascript=javascript) as page:
        page.goto(running.url("/postbus/"))
        sound(page, "postbus", javascript=javascript)
        subjects = page.locator("#wacht ~ table th a, #wacht + table th a").all_text_contents()
        assert len(subjects) == 5
        for number, subject in enumerate(subjects):
            page.goto(running.url("/postbus/"))
            page.get_by_role("link", name=subject, exact=True).click()
            sound(page, f"mail-{number}", javascript=javascript)
        where = page.url
        for way in ("Hoort bij een bestaand signaal", "Geen signaal"):
            page.goto(where)
            page.get_by_role("link", name=way).first.click()
            sound(page, f"mail-{way.split()[0].lower()}", javascript=javascript)
        for path in ("telefoon-of-balie", "meld-misdaad-anoniem", "links"):
            page.goto(running.url(f"/postbus/{path}/"))
            sound(page, path, javascript=javascript)
        registered(page, running.url("/postbus/"), javascript=javascript)


def registered(page: Page, mailbox: str, *, javascript: bool) -> None:
    """A mail becomes a signal; without an answer about danger it does not."""
    page.goto(mailbox)
    page.get_by_role("link", name="Vermoeden arbeidsuitbuiting").click()
    page.get_by_role("button", name="Registreer").click()
    sound(page, "mail-wrong", javascript=javascript)
    page.get_by_label("Ik heb gekeken of er nu gevaar is").check()
    page.get_by_role("button", name="Registreer").click()
    expect(page.get_by_text("Geregistreerd als HS-")).to_be_visible()


def reporting(page: Page, start: str, *, javascript: bool, partner: bool) -> None:
    """From the first question to the receipt."""
    name = "partner" if partner else "melden"
    page.goto(start)
    sound(page, f"{name}-1-vraag", javascript=javascript)
    page.get_by_role("button", name="Verder").click()
    sound(page, f"{name}-1-fout", javascript=javascript)
    page.get_by_label("Iemand is jonger dan 18").check()
    page.get_by_role("button", name="Verder").click()
    sound(page, f"{name}-2-eerst-dit", javascript=javascript)
    expect(page.get_by_role("link", name="0800-2000")).to_be_visible()
    page.get_by_role("link", name="Verder met melden").click()
    sound(page, f"{name}-3-formulier", javascript=javascript)
    page.get_by_label("Wat hebt u gezien of gehoord?").fill(
        "Vier matrassen. Zijn zus Aicha Oefening heeft BSN 111222333."
    )
    page.get_by_label("Waar was dat?").fill("Voorbeeldstraat 12")
    page.get_by_label("Wanneer was dat?").fill("gisteravond")
    page.get_by_label("Gehoord van een ander").check()
    if partner:
        page.get_by_label("Uw naam").fill("Hanna de Graaf")
    page.get_by_role("button", name="Verder").click()
    sound(page, f"{name}-3-fout", javascript=javascript)
    page.get_by_label("Gehoord van wie?").fill("een buurtbewoner")
    page.get_by_label("Bijlagen").set_input_files(
        [{"name": "foto.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"}]
    )
    page.get_by_role("button", name="Verder").click()
    sound(page, f"{name}-4-nakijken", javascript=javascript)
    page.get_by_role("button", name="Vervang “111222333” door [BSN]").click()
    expect(page.get_by_text("Vervang “111222333”")).to_have_count(0)
    page.get_by_role("button", name="Verzenden").click()
    expect(page.get_by_role("heading", name="Uw melding is binnen")).to_be_visible()
    expect(page.get_by_text("Uw nummer is HS-")).to_be_visible()
    sound(page, f"{name}-5-binnen", javascript=javascript)


@MODES
def test_a_colleague_and_a_partner_report(served: tuple[Site, str], javascript: bool) -> None:
    running, path = served
    with running.page(REPORTER, size=PHONE, javascript=javascript) as page:
        reporting(page, running.url("/melden/"), javascript=javascript, partner=False)
    with running.page(size=PHONE, javascript=javascript) as page:
        reporting(page, running.url(path), javascript=javascript, partner=True)
        page.goto(running.url("/partner/onzin/"))
        sound(page, "partner-link-klopt-niet", javascript=javascript)


def test_the_draft_is_kept_while_somebody_types(served: tuple[Site, str]) -> None:
    running, _ = served
    with running.page(REPORTER, size=PHONE) as page:
        page.goto(running.url("/melden/formulier/?spoed=none"))
        page.get_by_label("Wat hebt u gezien of gehoord?").fill("Vier matrassen")
        expect(page.get_by_text("Concept bewaard om")).to_be_visible()

        def kept() -> str:
            with unit(acting("melder", at=datetime.now(UTC))):
                return str(Draft.objects.get().body["what"])

        assert aside(kept) == "Vier matrassen"
    with running.page(REPORTER, size=PHONE) as page:
        page.goto(running.url("/melden/"))
        expect(page.get_by_text("staat klaar")).to_be_visible()
        page.get_by_label("Nee, geen van deze").check()
        page.get_by_role("button", name="Verder").click()
        expect(page.get_by_label("Wat hebt u gezien of gehoord?")).to_have_value("Vier matrassen")
