"""People at the screen: each has a browser of their own, and every page somebody comes to is looked at.

A page is looked at for axe violations at the size of the walk (each chapter's own test looks in both), and at 1280 and
360 pixels for sideways scroll; for its weight, and whether it has one heading. Without JavaScript axe cannot run: then
the width is looked at, and the walk itself is the proof.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timedelta

from django.utils import timezone
from playwright.sync_api import Page

from browser import PHONE, Site, wrong_with
from meldroute.web.practice import PASSWORD

HEAVIEST = 250_000
"""Bytes of a page with everything it brings, not compressed."""
WEIGHT = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .reduce((sum, one) => sum + one.encodedBodySize, 0)"""


class Walker:
    """Everybody in one journey, at one size, with or without JavaScript."""

    def __init__(self, site: Site, size: tuple[int, int], *, javascript: bool, stack: ExitStack) -> None:
        self.site, self.size, self.javascript = site, size, javascript
        self.stack = stack
        self.people: dict[str, Page] = {}
        self.found: dict[str, list[str]] = {}
        self.seen: set[str] = set()

    def page(self, who: str) -> Page:
        """The screen of this person. The first one logs in with a password, the others come with a session."""
        mail = f"{who}@oefen.example"
        if who not in self.people:
            known = mail if self.people else ""
            page = self.stack.enter_context(self.site.page(known, size=self.size, javascript=self.javascript))
            if not known:
                self.log_in(page, mail)
            self.people[who] = page
        return self.people[who]

    def log_in(self, page: Page, mail: str) -> None:
        """Through the page for it."""
        page.goto(self.site.url("/inloggen/"))
        self.look(page, "inloggen")
        page.get_by_label("Mailadres").fill(mail)
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Inloggen").click()

    def start(self, who: str) -> Page:
        """This person on the start page."""
        page = self.page(who)
        page.goto(self.site.url("/"))
        self.look(page, f"vandaag-{who}")
        return page

    def menu(self, page: Page, name: str) -> None:
        """Choose from the menu, which is folded on a phone."""
        if self.size == PHONE:
            page.locator("summary", has_text="Menu").click()
        page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name=name).click()

    def may_open(self, who: str, url: str) -> bool:
        """Whether this person gets this page."""
        page = self.page(who)
        response = page.request.get(url, max_redirects=0)
        return response.status == 200

    def look(self, page: Page, name: str) -> None:
        """Look at a page once per journey; what is wrong is kept under its name."""
        if name in self.seen:
            return
        self.seen.add(name)
        name_here = f"{len(self.seen):02}-{name}"
        wrong = wrong_with(page, name_here, javascript=self.javascript, axe_at=(self.size,))
        if self.javascript and (weight := int(page.evaluate(WEIGHT))) > HEAVIEST:
            wrong.append(f"weighs {weight} bytes")
        if wrong:
            self.found[name] = wrong


def in_days(days: int) -> str:
    """A day from today, as a date field wants it."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def in_minutes(minutes: int) -> datetime:
    """A moment from now, on the clock of the screens."""
    return timezone.localtime() + timedelta(minutes=minutes)
