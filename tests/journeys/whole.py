"""The whole of it: a mail in a real Dovecot, six steps by everybody who does them, a mail over SMTP."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import StringIO

from django.core.management import call_command
from playwright.sync_api import Page, expect

from browser import Site, aside
from intake.dovecot import Dovecot
from journeys import acts
from journeys.test_walkthrough import Kept
from journeys.walker import Walker
from meldroute.web.ticks import TICKS
from meldroute.web.worker import turn

OUTSIDE = ("melder", "bwt", "politie", "privacy", "proceseigenaar", "beheer", "bloemendaal")
"""Who may not open a signal that is at the meldpunt."""


@dataclass
class World:
    """The application in a browser, the mailbox that it reads and the mail server that it sends with."""

    site: Site
    dovecot: Dovecot
    kept: Kept

    def fetched(self) -> dict[str, int]:
        """`fetch-mail --once`, as the operator runs it."""

        def fetch() -> dict[str, int]:
            out = StringIO()
            call_command("fetch_mail", "--once", "--json", stdout=out)
            return dict(json.loads(out.getvalue()))

        return aside(fetch)

    def worked(self) -> None:
        """One round of everything that the worker looks after."""

        def work() -> None:
            for tick in TICKS:
                turn(tick, datetime.now(UTC))

        aside(work)

    def mails_to(self, address: str) -> list[EmailMessage]:
        """What arrived for this address."""
        mails = [message_from_bytes(raw, policy=policy.default) for raw in self.kept.mails]
        return [mail for mail in mails if mail["To"] == address]


def came_in(world: World) -> None:
    """The mail is in the box, and is taken in once."""
    world.dovecot.deliver("meldpunt", acts.MAIL)
    assert world.fetched() == {"seen": 1, "stored": 1, "duplicates": 0, "needs_hand": 0, "left": 0}
    assert world.fetched()["stored"] == 0


def at_the_table(walk: Walker, page: Page) -> str:
    """The signalenoverleg: who is there sees what was released, who is not sees nothing."""
    meeting = acts.begun(walk, page, "Signalenoverleg", "Kees Jansen", "Sanne Mulder")
    item = acts.released(walk, page, "signalenoverleg")
    member, absent = walk.page("bwt"), walk.page("sociaaldomein")
    member.goto(item)
    walk.look(member, "punt-lid")
    expect(member.locator("main")).to_contain_text(acts.FOUND)
    expect(member.locator("main")).not_to_contain_text("matrassen")
    expect(member.get_by_role("radio")).to_have_count(0)
    assert not walk.may_open("sociaaldomein", item)
    absent.goto(meeting)
    walk.look(absent, "overleg-afwezig")
    expect(absent.locator("main")).not_to_contain_text("HS-")
    acts.more_wanted(walk, page)
    acts.closed_meeting(walk, page, "Signalenoverleg")
    assert not walk.may_open("bwt", item)
    return item


def in_the_loo(walk: Walker, page: Page) -> None:
    """The LOO: its members see what was released for the LOO, and nobody of the other table does."""
    meeting = acts.begun(walk, page, "Lokaal Overleg Ondermijning", "Wim Hendriks", "Rosa Willems")
    item = acts.released(walk, page, "loo")
    for who in ("politie", "riec"):
        member = walk.start(who)
        member.get_by_role("link", name="Naar het overleg").click()
        walk.look(member, f"loo-{who}")
        assert member.url == meeting
        member.get_by_role("link", name="HS-").click()
        walk.look(member, f"loo-punt-{who}")
        expect(member.locator("main")).to_contain_text(acts.SEEN)
        expect(member.locator("main")).not_to_contain_text("matrassen")
        expect(member.locator("main")).not_to_contain_text("HVO")
    assert not walk.may_open("bwt", item)
    assert not walk.may_open("handhaver", item)
    acts.not_confirmed(walk, page)
    acts.closed_meeting(walk, page, "LOO")
    assert not walk.may_open("politie", item)


def heard(world: World) -> None:
    """The reporter got a receipt and, once, the proposed words; the mails say nothing of the file."""
    world.worked()
    world.worked()
    receipt, answer = world.mails_to(acts.SENDER)
    assert "Wij hebben het goed ontvangen" in receipt.get_content()
    text = answer.get_content().replace("\r\n", "\n")
    assert text.startswith("Beste collega,\n\nOp ")
    assert "Wij hebben het samen met anderen bekeken." in text
    assert "Wij hebben het niet kunnen bevestigen. Dat betekent niet dat u het verkeerd zag." in text
    assert answer["Reply-To"] == receipt["Reply-To"]
    for mail in world.kept.mails:
        for word in (b"Voorbeeldstraat", b"matras", b"bovenwoning", b"brandde", b"mensenhandel", b"eetcaf", b"Hanna"):
            assert word not in mail


def walked(world: World, size: tuple[int, int], *, javascript: bool) -> Walker:
    """From the mail to the answer; gives what was seen on the way."""
    came_in(world)
    world.worked()
    with ExitStack() as stack:
        walk = Walker(world.site, size, javascript=javascript, stack=stack)
        page = acts.triage(walk)
        file = page.url
        assert [who for who in OUTSIDE if walk.may_open(who, file)] == []
        acts.taken_up(walk, page)
        acts.do(page, "Vraag de toets")
        acts.check_asked(walk, page, "1", "Basisregistratie Adressen en Gebouwen (BAG)")
        assert walk.may_open("privacy", file)
        acts.check_settled(walk, "1")
        assert not walk.may_open("privacy", file)
        page.goto(file)
        acts.source_asked(walk, page)
        page.goto(file)
        acts.do(page, "Beantwoord weging 4")
        acts.weighed(walk, page, "4")
        acts.do(page, "Naar signalenoverleg")
        acts.decided(walk, page, "naar-overleg")
        acts.do(page, "Vraag toets 2A")
        acts.check_asked(walk, page, "2A", acts.FOUND)
        acts.check_settled(walk, "2A")
        page.goto(file)
        walk.look(page, "dossier-overleg")
        at_the_table(walk, page)
        acts.task_answered(walk)
        assert not walk.may_open("handhaver", file)
        page.goto(world.site.url("/"))
        page.get_by_role("link", name="Antwoord op een taak: HS-").click()
        walk.look(page, "dossier-antwoord")
        expect(page.locator("main")).to_contain_text(acts.SEEN)
        acts.do(page, "Naar signalenoverleg")
        acts.decided(walk, page, "naar-overleg")
        expect(page.locator(".mr-now")).to_contain_text("1 feit kwam na toets 2A")
        acts.to_the_loo(walk, page)
        in_the_loo(walk, page)
        page.goto(file)
        acts.answered(walk, page)
        heard(world)
        walk.start("meldpunt")
    return walk
