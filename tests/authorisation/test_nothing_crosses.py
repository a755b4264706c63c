"""What one municipality or a sealed signal has is in no count, list, export, search or mail of another asker (T22)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from email import message_from_bytes
from email.policy import default

import pytest
from django.test import Client
from django.urls import reverse

from authorisation.asking import BY_NAME, Address, Scene, Who, addresses, outside, undone
from authorisation.expected import table
from authorisation.municipality import CASE, MELDPUNT_MAIL, PEOPLE, SEALED, canary, make
from authorisation.watching import found_in, quiet
from meldroute.meetings.ticking import invite_all, make_all_dates
from meldroute.people.models import Municipality
from meldroute.people.unit import system
from meldroute.plan.ticking import remind_all
from meldroute.post.message import Letter
from meldroute.post.models import Delivery
from meldroute.post.sending import empty
from meldroute.post.wire import Told
from meldroute.route.models import Observation, Signal
from meldroute.route.searchable import keep_words, of_observation
from meldroute.web import middleware

ROLES = {"mel": "meldpunt", "boa": "board", "fg": "fg", "ana": "analyst", "adm": "administrator"}
NEIGHBOURS = {name: Who(name, account, code="BD") for name, account in ROLES.items()}
"""Of Bloemendaal, by the asker of the table with the same role in Heemstede."""
EACH_TIME = {"add-passkey", "bind-app", "second-factor"}
"""Show something made up for this one page."""
CHANGES = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|DTSTAMP:\w+')
FINDS = {
    "mel": CASE, "own+": CASE, "pri+": CASE, "boa+": CASE, "int+": SEALED,
    "bd": "", "enf": "", "mee": "", "pri": "", "own": "", "arc": "", "boa": "", "sub#": "",
}  # fmt: skip
"""What a search for the words and the numbers of both signals finds, as whom."""


def pages(made: Scene, who: Who) -> dict[str, bytes]:
    """Every page and file that opens for this role, without the token of its forms; not a PDF, which holds a time."""
    found = {}
    for name, address in addresses().items():
        opens = table()[name, "GET"].get(who.name) == "200" and name not in EACH_TIME
        if opens and not set(address.arguments) & {"token", "feed"}:
            answer = made.ask(who, "GET", address.url(made.there.case))
            assert answer.status_code == 200, name
            found[name] = b"" if answer.content.startswith(b"%PDF") else CHANGES.sub(b"", answer.content)
    return found


class Stopped(datetime):
    """A clock that stands still."""

    moment = datetime.now(UTC)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        """Always the same."""
        return cls.moment


def test_no_page_changes_when_another_municipality_gets_one_of_everything(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "datetime", Stopped)
    with django_db_blocker.unblock(), undone(), quiet():
        at = Stopped.moment - timedelta(minutes=30)
        Municipality.objects.update(meldpunt_mail=MELDPUNT_MAIL)
        there = make("BD", at)
        alone = Scene(there, there)
        for who in NEIGHBOURS.values():
            alone.client(who)
        outside()
        before = {who.name: pages(alone, who) for who in NEIGHBOURS.values()}
        make("HS", at)
        outside()
        after = {who.name: pages(alone, who) for who in NEIGHBOURS.values()}
    assert sum(len(one) for one in before.values()) > 150
    changed = [f"{who}: {name}" for who in before for name in before[who] if before[who][name] != after[who][name]]
    assert not changed, changed


@contextmanager
def searchable(made: Scene) -> Iterator[None]:
    """The words of the ordinary and of the sealed signal of Heemstede can be searched for."""
    with undone():
        with system(made.here.place, datetime.now(UTC)) as by:
            for kind, ids in ((CASE, made.here.case), (SEALED, made.here.sealed)):
                signal = Signal(id=ids["signal_id"], year=by.today.year)
                row = Observation(id=ids["observation_id"], text=canary(kind, "HS"))
                keep_words(signal, of_observation(row), by=by)
        outside()
        yield


def found(browser: Client, text: str) -> str:
    """The page with what a search finds."""
    sent = browser.post(reverse("route:search"), {"text": text})
    assert sent.status_code == 302, sent.status_code
    return browser.get(sent["Location"]).content.decode()


@pytest.mark.parametrize("name", FINDS)
def test_a_search_finds_what_the_asker_may_see_and_hints_at_nothing_else(made: Scene, name: str) -> None:
    ways = {CASE: made.here.case, SEALED: made.here.sealed}
    with searchable(made):
        browser = made.client(BY_NAME[name])
        for kind, ids in ways.items():
            file = reverse("route:file", args=[ids["signal_id"]])
            for text in (canary(kind, "HS"), ids["reference"]):
                assert (file in found(browser, text)) is (FINDS[name] == kind), (name, text)
            nearly = found(browser, canary(kind, "HS").replace("kanarie", "kanarei")).lower()
            assert (canary(kind, "HS").lower() in nearly) <= (FINDS[name] == kind), (name, kind)


@dataclass
class Kept:
    """A wire that keeps what it is given."""

    letters: list[Letter] = field(default_factory=list)

    def deliver(self, letter: Letter) -> Told:
        """Take it."""
        self.letters.append(letter)
        return Told(Delivery.SENT)


def everything_sent(made: Scene) -> None:
    """Press every button of the meldpunt, the administrator and the process owner that changes something."""
    for name in ("mel", "adm", "own+", "int+"):
        who = BY_NAME[name]
        for (page, method), answers in table().items():
            if method == "POST" and answers.get(name) == "done" and page != "people:bar":
                made.client(who).post(Address(page, addresses()[page].arguments).url(made.ids(who)))


@pytest.mark.parametrize("code", ["HS", "BD"])
def test_no_mail_holds_a_word_of_another_municipality_or_of_a_case(made: Scene, code: str) -> None:
    place = (made.here if code == "HS" else made.there).place
    wire, at = Kept(), datetime.now(UTC)
    with undone():
        if code == "HS":
            everything_sent(made)
        make_all_dates(place, at)
        invite_all(place, at)
        remind_all(place, at)
        empty(system, place, at + timedelta(hours=1), wire, most=200)
    words = {word for letter in wire.letters for word in found_in(text_of(letter))}
    assert len(wire.letters) > 1
    assert words <= {(PEOPLE, code)}


def text_of(letter: Letter) -> str:
    """Headers and every part, decoded."""
    mail = message_from_bytes(letter.data, policy=default)
    parts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([letter.to, *(str(value) for value in mail.values()), *map(str, parts)])
