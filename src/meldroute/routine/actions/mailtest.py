"""The test mail: out through the outbox, in through the mailbox, known again by a token that only the mail holds.

A header proves nothing. A mail with our token arrived; only one that is also word for word what we sent leaves triage.
A mail that merely says that it is a test, or says more than we did, stays for a person.
"""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

from django.utils.translation import override

from meldroute.domain.routine import ARRIVES, LOOKS, Routine
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no
from meldroute.intake.actions.triage import lay_aside_test
from meldroute.intake.models import Mail, Mailbox
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality
from meldroute.post import actions as post
from meldroute.post.models import Delivery, Outgoing
from meldroute.vault import keys, lookup

from ..models import MailTest, Month
from ..policies import routine_here
from ..roles import DOERS, SOURCE
from .months import locked_month

__all__ = ["ARRIVES", "LOOKS", "follow", "send"]

ON = "routine.MailTest"
KIND = "routine test"
TOKEN = re.compile(r"\bMRT-([A-Z2-7]{32})\b")
OVERLAP = timedelta(minutes=10)
"""A mail may have been read by another process that began before our last look."""
MOST_TOKENS = 3
SUBJECT = "Testmail van Meldroute"
BODY = """Dit is een testmail van Meldroute aan de eigen postbus van het meldpunt.
Er is niets gemeld. U hoeft niets te doen en niets te antwoorden.

Kenmerk: MRT-{token}
"""
"""Dutch, whoever presses the button: colleagues may see it in the mailbox."""


def send(*, by: Acting) -> MailTest:
    """Send a test mail to the meldpunt's own mailbox. Raises Refused while another is on its way."""
    month = locked_month(by)
    policy, _version = routine_here(by)
    _none_under_way(by, policy)
    to = Municipality.objects.values_list("meldpunt_mail", flat=True).get(id=by.place)
    if not to:
        told = gettext_noop("Er is geen mailadres van het meldpunt. Vul het in bij Partners.")
        raise Refused(no(told, SOURCE, "routine.no_address", DOERS))
    return _sent(by, month, to)


def _none_under_way(by: Acting, policy: Routine) -> None:
    since = by.at - timedelta(minutes=policy.minutes)
    if MailTest.objects.filter(municipality_id=by.place, arrived_at__isnull=True, at__gt=since).exists():
        told = gettext_noop("Er is al een testmail onderweg. Wacht tot die er is, of tot de termijn voorbij is.")
        raise Refused(no(told, SOURCE, "routine.under_way", DOERS))


def _sent(by: Acting, month: Month, to: str) -> MailTest:
    token = base64.b32encode(secrets.token_bytes(20)).decode("ascii")
    test_id = uuid4()
    with override("nl"):
        mail = post.queue(
            by=by,
            key_id=month.key_id,
            about=ON,
            about_id=test_id,
            to=to,
            subject=SUBJECT,
            body=BODY.format(token=token),
        )
    test = MailTest.objects.create(
        id=test_id,
        municipality_id=by.place,
        month=month,
        mac=_mac(by, token),
        outgoing_id=mail.id,
        by=by.person,
        at=by.at,
    )
    journal.record(by=by, act="routine.mail_test", on=ON, ids=[test.id])
    return test


def _mac(by: Acting, token: str) -> bytes:
    return lookup.mac(municipality_id=by.place, kind=KIND, value=token)


def follow(*, by: Acting) -> int:
    """The system looks for the test mails that are on their way; how many arrived since the last look."""
    lost = MailTest.objects.filter(municipality_id=by.place, arrived_at__isnull=True)
    if not lost.exists():  # nearly always, and the mailbox is read every few seconds
        return 0
    policy, _version = routine_here(by)
    waiting = list(lost.filter(at__gt=by.at - timedelta(days=policy.days[LOOKS])))
    if not waiting:
        return 0
    known = {bytes(test.mac): test for test in waiting}
    found = 0
    for mail in _came(waiting):
        for token in _tokens(mail):
            test = known.pop(_mac(by, token), None)
            if test is not None:
                _arrived(by, test, mail)
                found += 1
    for test in known.values():
        _looked(by, test)
    return found


def _came(waiting: Iterable[MailTest]) -> list[Mail]:
    """The mails that were read since the last look, the first to come on top."""
    since = min(test.looked_at or test.at for test in waiting) - OVERLAP
    rows = list(Mail.objects.filter(read_at__gte=since, blob_id__isnull=False).order_by("came_at", "id"))
    keys.preload(mail.key_id for mail in rows)
    return rows


def _tokens(mail: Mail) -> list[str]:
    text = (mail.reading or {}).get("text", "")
    return list(dict.fromkeys(TOKEN.findall(text)))[:MOST_TOKENS]


def _arrived(by: Acting, test: MailTest, mail: Mail) -> None:
    """It came through; what is more than our own words stays in triage."""
    sent = Outgoing.objects.get(id=test.outgoing_id)
    test.arrived_at, test.mail_id = max(mail.came_at, test.at), mail.id
    test.whole = _is_ours(mail, sent) and lay_aside_test(by=by, mail=mail)
    test.looked_at, test.post, test.box = by.at, "", ""
    test.save(update_fields=["arrived_at", "mail_id", "whole", "looked_at", "post", "box"])
    journal.record(by=by, act="routine.mail_arrived", on=ON, ids=[test.id, mail.id])


def _is_ours(mail: Mail, sent: Outgoing) -> bool:
    """Word for word what we sent, with nothing beside it and no answer in a thread."""
    told = mail.reading or {}
    more = told.get("parts") or told.get("threaded") or told.get("problems") or mail.proposed_signal_id or mail.sealed
    words = _words(told.get("text", "")) == _words(sent.body)
    return not more and words and _words(mail.subject_line or "") == _words(sent.subject)


def _words(text: str) -> list[str]:
    return text.split()


def _looked(by: Acting, test: MailTest) -> None:
    """It is not there: what stands in the way, as far as we can see."""
    sent = Outgoing.objects.get(id=test.outgoing_id)
    state = Delivery(sent.state)
    tried = state is not Delivery.QUEUED or sent.attempts > 0
    boxes = Mailbox.objects.filter(polled_at__gte=test.at).exclude(trouble="")
    test.looked_at = by.at
    test.post = state.value if tried else ""
    test.box = next(iter(boxes.order_by("-polled_at").values_list("trouble", flat=True)), "")
    test.save(update_fields=["looked_at", "post", "box"])
