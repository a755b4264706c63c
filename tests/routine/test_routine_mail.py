"""The test mail: a real round trip, forged and late ones, two at once, a mailbox that is down. No real mail is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from intake import mails
from intake.dovecot import Dovecot, free_port, require_dovecot
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Triage
from meldroute.intake import mailboxes
from meldroute.intake.actions.triage import take_back
from meldroute.intake.mailboxes import ImapMailbox
from meldroute.intake.models import Mail
from meldroute.people.models import Municipality
from meldroute.people.unit import system, unit
from meldroute.post.message import letter_of
from meldroute.post.models import Delivery, Outgoing
from meldroute.route.models import Signal
from meldroute.routine import seeing
from meldroute.routine.actions import mailtest
from meldroute.routine.models import MailTest
from meldroute.routine.policies import routine_here
from meldroute.web.practice.play import Play
from meldroute.web.ticks import read_mailboxes, send_mail
from people_here import MONDAY, acting, here
from post.wires import closed_port, smtp_at
from routine.routine_here import begun, now, sent, standings, step, text_of, triage

SOON = timedelta(seconds=40)


class IntoBox:
    """A mail server that puts what it takes into a real mailbox, as the mail of a municipality does."""

    def __init__(self, dovecot: Dovecot, who: str) -> None:
        self.dovecot, self.who = dovecot, who

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Deliver with a Received header in front, as every server does."""
        self.dovecot.deliver(self.who, b"Received: from oefen.example; Mon, 23 Nov 2026\r\n" + envelope.content)
        return "250 OK"


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    require_dovecot()
    with Dovecot.start() as server:
        yield server


def raw_of(test: MailTest) -> bytes:
    """What goes over the wire."""
    with system(here().id, MONDAY):
        return letter_of(Outgoing.objects.get(id=test.outgoing_id)).data


def comes(raw: bytes, after: timedelta = SOON) -> None:
    """A mail comes in, and the worker looks."""
    Play(here().id, MONDAY + after).comes_in(raw)
    look(after)


def look(after: timedelta) -> None:
    with system(here().id, MONDAY + after) as by:
        mailtest.follow(by=by)


def seen(after: timedelta = SOON) -> tuple[str, list[str], bool]:
    """What the program sees of the step: code, words, and whether that settles it."""
    begun(MONDAY)
    row = step("mailbox")
    with system(here().id, MONDAY + after) as by:
        found = seeing.see(row, by, routine_here(by)[0])
    return found.code, seeing.words(found.kept), found.settled


@pytest.mark.django_db
def test_a_real_mail_server_and_a_real_mailbox(dovecot: Dovecot, settings: Any) -> None:
    port, at = free_port(), timezone.now()
    server = Controller(IntoBox(dovecot, "rondje"), hostname="127.0.0.1", port=port)
    server.start()
    try:
        settings.MELDROUTE_SMTP = smtp_at(port)
        settings.MELDROUTE_MAILBOX = dovecot.url("rondje")
        dovecot.deliver("rondje", mails.citizen(1))
        test = sent(at=at)
        send_mail(here().id, at)
        read_mailboxes(here().id, at + SOON)
    finally:
        server.stop()
    assert sorted(triage(at)) == [Triage.NEW, Triage.OWN_TEST]
    told = now(test, at)
    assert told.whole
    assert told.arrived_at == at + SOON
    begun(at + SOON)
    assert standings(at)["mailbox"] == "done"
    assert "is aangekomen na 40 seconden" in seeing.words(step("mailbox", at).seen)[0]
    with system(here().id, at):
        assert not Signal.objects.exists()


@pytest.mark.django_db
def test_it_leaves_triage_by_itself_and_can_be_taken_back() -> None:
    comes(raw_of(sent()))
    assert triage() == [Triage.OWN_TEST]
    with unit(acting(at=MONDAY + SOON)) as by:
        mail = Mail.objects.get()
        assert mail.content_until is not None
        assert mail.settled_by is None
        take_back(by=by, mail=mail, version=mail.version)
    assert triage() == [Triage.NEW]


def forged(test: MailTest) -> dict[str, bytes]:
    """Mails that are not our test mail, however much they look like it."""
    raw, text = raw_of(test), text_of(test)
    token = text.split("MRT-")[1].split()[0]
    message_id = next(line for line in raw.split(b"\r\n") if line.lower().startswith(b"message-id"))
    with_file = mails.mail("Testmail van Meldroute", text)
    with_file.add_attachment(b"iets", maintype="application", subtype="pdf", filename="lijst.pdf")
    return {
        "says so": mails.mail("Testmail van Meldroute", "Dit is een testmail.").as_bytes(),
        "header": mails.mail("x", "Hulp", headers={"X-Meldroute-Test": token}).as_bytes(),
        "our message id": raw.replace(token.encode(), b"A" * 32),
        "another token": raw.replace(token.encode(), token[::-1].encode()),
        "id alone": message_id + b"\r\nSubject: hulp\r\n\r\nIk word vastgehouden.\r\n",
        "answer": mails.mail("Re: Testmail van Meldroute", f"Help mij.\n\n> {text}").as_bytes(),
        "more": raw.replace(b"Kenmerk:", b"Voorbeeldstraat 1, kom snel.\r\nKenmerk:"),
        "other subject": raw.replace(b"Subject: Testmail", b"Subject: Hulp! Testmail"),
        "with a file": with_file.as_bytes(),
    }


HOLDS = ("answer", "more", "other subject", "with a file")
"""These hold the true token: the mail came through, and somebody has to read the rest."""


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*HOLDS, "says so", "header", "our message id", "another token", "id alone"])
def test_no_other_mail_leaves_triage(name: str) -> None:
    test = sent()
    comes(forged(test)[name])
    assert triage() == [Triage.NEW]
    assert bool(now(test).arrived_at) == (name in HOLDS)
    assert not now(test).whole


@pytest.mark.django_db
def test_the_token_stands_in_the_mail_only() -> None:
    test = sent()
    token = text_of(test).split("MRT-")[1].split()[0]
    with system(here().id, MONDAY):
        row = MailTest.objects.filter(id=test.id).values().get()
    assert token not in repr(row)
    assert len(bytes(row["mac"])) == 32
    assert token.encode() not in bytes(row["mac"])


@pytest.mark.django_db
def test_two_at_once_wait_for_each_other_and_each_is_known_by_its_own_token() -> None:
    first = sent()
    with pytest.raises(Refused, match="al een testmail onderweg"):
        sent("proceseigenaar", at=MONDAY + timedelta(minutes=14))
    second = sent("proceseigenaar", at=MONDAY + timedelta(minutes=16))
    comes(raw_of(second), timedelta(minutes=17))
    assert now(second).arrived_at == MONDAY + timedelta(minutes=17)
    assert now(first).arrived_at is None
    comes(raw_of(first), timedelta(hours=3))
    assert now(first).arrived_at == MONDAY + timedelta(hours=3)
    assert triage() == [Triage.OWN_TEST, Triage.OWN_TEST]
    assert seen(timedelta(hours=3)) == (
        "mail.arrived",
        ["De testmail van 23 november, 09:16 is aangekomen na 60 seconden."],
        True,
    )


@pytest.mark.django_db
def test_a_late_one_is_no_good_mailbox_and_a_person_says_what_to_do() -> None:
    comes(raw_of(sent()), timedelta(hours=3))
    code, lines, settled = seen(timedelta(hours=3))
    assert (code, settled) == ("mail.slow", False)
    assert "kwam pas aan na 3 uur" in lines[0]
    begun(MONDAY + timedelta(hours=3))
    assert standings()["mailbox"] == "open"


@pytest.mark.django_db
def test_one_that_comes_after_a_week_stays_in_the_mailbox() -> None:
    test = sent()
    comes(raw_of(test), timedelta(days=7, minutes=1))
    assert triage() == [Triage.NEW]
    assert now(test).arrived_at is None


@pytest.mark.django_db
def test_a_colleague_who_was_first_keeps_what_was_said_and_it_still_arrived() -> None:
    test = sent()
    Play(here().id, MONDAY + SOON).comes_in(raw_of(test))
    with system(here().id, MONDAY + SOON):
        Mail.objects.update(state=Triage.NO_SIGNAL, version=2)
    look(SOON * 2)
    assert triage() == [Triage.NO_SIGNAL]
    assert now(test).arrived_at == MONDAY + SOON


@pytest.mark.django_db
def test_what_is_in_the_way_is_said(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailboxes, "ImapMailbox", partial(ImapMailbox, sleep=lambda _: None))  # tried as often
    assert seen()[0] == "mail.none"
    sent()
    assert seen()[0] == "mail.under_way"
    late = timedelta(minutes=16)
    assert any("loopt de worker?" in line for line in seen(late)[1])
    settings.MELDROUTE_SMTP = smtp_at(closed_port())
    settings.MELDROUTE_MAILBOX = f"imap://wie:wat@127.0.0.1:{closed_port()}/INBOX"
    send_mail(here().id, MONDAY)
    with pytest.raises(Exception, match=r"postbus|mailserver|bereik"):
        read_mailboxes(here().id, MONDAY + late)
    told = " ".join(seen(late)[1])
    assert "nog niet aangekomen, kijk na" in told
    assert "De mailserver nam hem nog niet aan" in told
    assert "De postbus kan niet worden gelezen" in told
    with system(here().id, MONDAY):
        Outgoing.objects.update(state=Delivery.FAILED)
    look(late)
    assert "weigerde hem" in " ".join(seen(late)[1])


@pytest.mark.django_db
def test_without_an_address_it_says_where_to_fill_it_in() -> None:
    Municipality.objects.filter(id=here().id).update(meldpunt_mail="")
    with pytest.raises(Refused, match="Er is geen mailadres van het meldpunt"):
        sent()
