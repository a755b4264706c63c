"""The application in English: every page, the switch, and what stays Dutch on purpose."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

import objects_here
from awareness import awareness_here
from intake import mails
from meetings import tables
from meldroute.people.models import Membership
from people_here import user

pytestmark = pytest.mark.django_db
WORDS = """
    de het een en niet voor dat wie wat waar u uw zijn wordt worden bij naar om er nog geen als maar ook aan uit dit
    deze die heeft hebt kan moet mag waarom wanneer hier alleen eerst reden signaal signalen melder vraag terug toets
    weging dossier besluit feit feiten kies vul bekijk ja nee onbekend vandaag taak bewaar werkdagen
"""
DUTCH = frozenset(WORDS.split())
"""Words that English does not have."""
NOT_PAGES = ("gallery", "gallery-page", "logout")
"""Samples with invented Dutch text, for who builds a page."""
READERS = ("meldpunt", "beheer", "proceseigenaar", "handhaver", "privacy", "fg", "waarnemer", "burgemeester", "analist")
"""Of the roles; who comes first sees most."""
CLOSED = {
    "first-account",
    "intake:report-received",
    "route:danger-account",
    "route:earlier-open",
    "route:follow-up",
    "route:internet",
    "route:parcel-send",
    "route:source-ask",
    "sso",
    "sso-back",
}
"""What the state of the one signal of `objects_here` keeps shut for every reader."""
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "path", "circle", "rect", "line", "use"}
SAID = (
    "Een cliënt werkt zeven dagen per week in een keuken aan het Proefplein 4 en krijgt geen loon.",
    "Mag dit?",
    "Staat er een pand?",
    "Brandt er licht boven de winkel?",
    "samenhang met een hulpvraag",
    "omdat dit in de melding staat",
    mails.FOOTER,
    tables.RELEASED,
    tables.KEPT,
    tables.LATER,
    objects_here.SHORT,
    awareness_here.TITLE,
)
"""What the people of `objects_here` wrote. All other Dutch on a page is marked as Dutch, or is a fault."""
NAMES = (
    r"Wetboek van Strafvordering art\. 161 en art\. 162 \(aangifte\)",
    r"\b[A-Z]\w+ (?:de|van|van de|het) [A-Z]\w+",
    r"Lokaal Overleg Ondermijning",
    r"Basisregistratie Adressen en Gebouwen",
    r"[\w.-]+@\S+",
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    r"\b[A-Z2-7]{32}\b",
)
"""An article of a law, people, organisations, registers, addresses, ids, and the key of an app (by chance "U")."""
OURS = re.compile("|".join((*map(re.escape, sorted(SAID, key=len, reverse=True)), *NAMES)))


class Spoken(HTMLParser):
    """What a page says in its own language: text and labels, without what is marked as Dutch."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    @property
    def silent(self) -> bool:
        return bool(self.open and self.open[-1][1])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        silent = told["lang"] != "en" if told.get("lang") else self.silent or tag in ("script", "style", "textarea")
        if tag not in VOID:
            self.open.append((tag, silent))
        if not silent:
            self.found += [told[name] or "" for name in ("title", "alt", "aria-label", "placeholder") if told.get(name)]

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.found.append(" ".join(data.split()))


def dutch_in(html: str) -> list[str]:
    """What looks Dutch on an English page and nobody said."""
    page = Spoken()
    page.feed(html)
    return [text for text in page.found if DUTCH & set(re.findall(r"[a-zëéï]+", OURS.sub("", text).lower()))]


def in_english(name: str) -> Client:
    """A browser in English, of one of the standing people."""
    client = Client()
    client.cookies["taal"] = "en"
    client.force_login(user(name))
    return client


def roles_of(name: str) -> frozenset[str]:
    return frozenset(
        Membership.objects.filter(user=user(name), confirmed_at__isnull=False).values_list("role", flat=True)
    )


def test_no_page_says_a_dutch_word_of_its_own() -> None:
    """Every address, as the first reader whom its gate lets in and who gets the page."""
    made = objects_here.make_all()
    readers = {name: (in_english(name), roles_of(name)) for name in READERS}
    found: dict[str, list[str]] = {}
    pages, closed = 0, set()
    for name, pattern in objects_here.patterns():
        if name in NOT_PAGES:
            continue
        wanted = pattern.callback.__dict__["lets_in"]
        address = reverse(name, kwargs=made.arguments(name, pattern))
        for client in (client for client, roles in readers.values() if wanted is None or wanted & roles):
            answer = client.get(address)
            if answer.status_code in (403, 404):
                continue
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                html = answer.content.decode()
                pages += 1
                assert '<html lang="en"' in html, name
                if dutch := dutch_in(html):
                    found[name] = dutch
            break
        else:
            closed.add(name)
    assert not found, "\n".join(f"{name}: {text}" for name, texts in found.items() for text in texts)
    assert closed == CLOSED
    assert pages > 80
