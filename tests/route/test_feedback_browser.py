"""The pages of feedback in a real browser: no axe violations, no sideways scroll; composing without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from browser import PHONE, Site, aside, site, surveyed, wrong_with
from meldroute.domain.feedback import Level
from meldroute.domain.vocabulary import NoFeedback, SourceKind
from meldroute.people.unit import unit
from meldroute.post.models import Delivery, Outgoing
from meldroute.route.actions import feedback
from meldroute.route.models import Feedback, FeedbackKind, Signal
from people_here import acting, here, user
from route.words import ended, owes
from signals_here import opened, place, reporter

TELLS = "Beste Oefen,\n\nWij keken in de Voorbeeldstraat 1. Bel 06 12 34 56 78.\n"
KEEPS = "Beste Oefen,\n\nWij zijn klaar. Vragen? Bel 023 511 22 33.\n\nMet vriendelijke groet,\nGemeente Heemstede\n"


@pytest.fixture
def served(committed: str) -> Iterator[Site]:
    """The application on a fresh database."""
    with site() as running:
        yield running


def given(state: Delivery) -> Feedback:
    """Feedback whose mail ended like this."""
    with unit(acting(at=datetime.now(UTC) - timedelta(minutes=3))) as by:
        row = ended(by)
        level = feedback.levels(row)[0]
        feedback.give(by=by, feedback=row, word=feedback.Word(level, *feedback.proposed(row, level), "mail"))
    with unit(acting(None)) as by:
        Outgoing.objects.filter(id=row.outgoing_id).update(state=state, settled_at=by.at, attempts=1)
    return row


def prepared() -> dict[str, str]:
    """One signal in each position; the pages to look at."""
    failed, uncertain = given(Delivery.FAILED), given(Delivery.UNCERTAIN)
    given(Delivery.SENT)
    with unit(acting(at=datetime.now(UTC) - timedelta(minutes=2))) as by:
        free = ended(by)
        place(by, free.signal)
        waits = ended(by, protected=True)
        word = feedback.Word(Level.CLOSED, "Uw bericht aan de gemeente", KEEPS, "mail")
        feedback.ask_second_reader(by=by, feedback=waits, word=word, why="Dit is ons eigen nummer voor vragen")
        silent = ended(by)
        feedback.give_none(by=by, feedback=silent, because=NoFeedback.NOT_SAFE, reason="Deelt de telefoon")
        signal = opened(by, source_kind=SourceKind.CITIZEN)
        who = reporter(by, signal, source_kind=SourceKind.CITIZEN, how_safe="overdag bellen")
        receipt = owes(by, signal, FeedbackKind.RECEIPT, who)
    return {
        "lijst": "meldpunt /terugkoppeling/",
        "opstellen": f"meldpunt /terugkoppeling/{free.id}/",
        "meelezen": f"waarnemer /terugkoppeling/{waits.id}/lezen/",
        "meelezen-eigen": f"meldpunt /terugkoppeling/{waits.id}/lezen/",
        "ontvangst": f"meldpunt /terugkoppeling/{receipt.id}/ontvangst/",
        "geen": f"meldpunt /terugkoppeling/{free.id}/geen/",
        "post": "meldpunt /verzonden-post/",
        "post-onzeker": f"meldpunt /verzonden-post/{uncertain.outgoing_id}/",
        "post-mislukt": f"meldpunt /verzonden-post/{failed.outgoing_id}/",
        "dossier": f"meldpunt /signalen/{failed.signal_id}/",
    }


def test_every_page_of_feedback_is_clean(served: Site) -> None:
    pages = aside(prepared)
    found: dict[str, object] = {**surveyed(served, pages, municipality=aside(lambda: str(here().id)))}
    with served.page("meldpunt@oefen.example", size=PHONE) as page:
        page.goto(served.url(pages["opstellen"].split(" ", 1)[1]))
        for name, text in (("verraadt", TELLS), ("houdt", KEEPS)):
            page.get_by_label("Tekst").fill(text)
            page.get_by_label("Per mail").check()
            page.get_by_role("button", name="Controleer").click()
            found |= {name: wrong} if (wrong := wrong_with(page, name)) else {}
        page.get_by_role("button", name="Neem de voorgestelde tekst").click()
        page.get_by_role("button", name="Controleer").click()
        found |= {"schoon": wrong} if (wrong := wrong_with(page, "schoon")) else {}
    assert found == {}


def test_a_word_goes_out_without_javascript(served: Site) -> None:
    def one() -> Signal:
        with unit(acting(at=datetime.now(UTC) - timedelta(minutes=2))) as by:
            row = ended(by)
            place(by, row.signal)
            return row.signal

    signal = aside(one)
    with served.page("meldpunt@oefen.example", javascript=False) as page:
        page.goto(served.url(f"/signalen/{signal.id}/terugkoppeling/"))
        page.get_by_label("Per mail").check()
        page.get_by_label("Tekst").fill(TELLS)
        page.get_by_role("button", name="Controleer").click()
        assert page.locator("mark").all_inner_texts() == ["Voorbeeldstraat 1", "06 12 34 56 78"]
        page.get_by_role("button", name="Neem de voorgestelde tekst").click()
        page.get_by_label("Per mail").check()
        page.get_by_role("button", name="Controleer").click()
        assert "melder@oefen.example" in page.locator("#voorbeeld").locator("..").inner_text()
        page.get_by_role("button", name="Verstuur").click()
        assert page.url.endswith(f"/signalen/{signal.id}/")

    def queued() -> list[str]:
        with unit(acting()):
            assert user("meldpunt").id == Feedback.objects.get(signal=signal).by
            return [mail.to for mail in Outgoing.objects.all()]

    assert aside(queued) == ["melder@oefen.example"]
