"""The application in English: every page, the switch, and what stays Dutch on purpose."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client

import objects_here
from intake import mails
from meetings import tables
from people_here import user

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
POLICIES = ROOT / "policies"
PRACTICE = ROOT / "practice" / "organisation.toml"
WORDS = """
    de het een en niet voor dat wie wat waar u uw zijn wordt worden bij naar om er nog geen als maar ook aan uit dit
    deze die heeft hebt kan moet mag waarom wanneer hier alleen eerst reden signaal signalen melder vraag terug toets
    weging dossier besluit feit feiten kies vul bekijk ja nee onbekend vandaag taak bewaar werkdagen
"""
DUTCH = frozenset(WORDS.split())
"""Words that English does not have."""
NOT_PAGES = ("gallery", "gallery-page")
"""Samples with invented Dutch text, for who builds a page."""
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "path", "circle", "rect", "line", "use"}
CARE = "Een cliënt werkt zeven dagen per week in een keuken aan het Proefplein 4 en krijgt geen loon."
NAMES = re.compile(r"\b[A-Z]\w+ (de|van|van de|het) [A-Z]\w+|Lokaal Overleg Ondermijning|[\w.-]+@\S+")


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


def dutch_in(html: str, data: frozenset[str]) -> list[str]:
    """What looks Dutch on an English page; `data` is what people and policies said."""
    page = Spoken()
    page.feed(html)
    found = []
    for text in page.found:
        own = NAMES.sub("", text)
        for said in sorted(data, key=len, reverse=True):
            own = own.replace(said, "")
        if DUTCH & set(re.findall(r"[a-zëéï]+", own.lower())):
            found.append(text)
    return found


def texts(value: object) -> Iterator[str]:
    """Every text in a policy."""
    if isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, str):
        yield value


def said() -> frozenset[str]:
    """What stays Dutch because somebody said it: laws and labels of the policies, the words of the tests."""
    sources = (*POLICIES.glob("*.toml"), PRACTICE)
    written = {
        text for source in sources for text in texts(tomllib.loads(source.read_text(encoding="utf-8"))) if " " in text
    }
    members = {
        "Mag dit?",
        "Staat er een pand?",
        "Brandt er licht boven de winkel?",
        "samenhang met een hulpvraag",
        "omdat dit in de melding staat",
        "art. 161 en art. 162 (aangifte)",
        CARE,
        mails.FOOTER,
    }
    return frozenset(written | members | {tables.RELEASED, tables.KEPT, tables.LATER, objects_here.SHORT})


def in_english(name: str = "") -> Client:
    """A browser in English, of one of the standing people."""
    client = Client()
    client.cookies["taal"] = "en"
    if name:
        client.force_login(user(name))
    return client


def test_no_page_says_a_dutch_word_of_its_own() -> None:
    made = objects_here.make_all()
    data, found, pages = said(), {}, 0
    readers = [in_english(name) for name in ("meldpunt", "beheer", "proceseigenaar", "handhaver")]
    for name, address in sorted(objects_here.addresses(made).items()):
        if name in NOT_PAGES or name == "logout":
            continue
        for client in readers:
            answer = client.get(address)
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                html = answer.content.decode()
                pages += 1
                assert '<html lang="en"' in html, name
                if dutch := dutch_in(html, data):
                    found[name] = dutch
            if answer.status_code in (200, 405):
                break
    assert not found, "\n".join(f"{name}: {text}" for name, texts in found.items() for text in texts)
    assert pages > 70
