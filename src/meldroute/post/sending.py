"""Emptying the outbox over SMTP: never twice by itself, never silently not at all.

The row says `sending`, with a fence and a lease, before the server hears DATA. After a kill or a broken line in
that window nobody can know whether the mail went out (exactly once over SMTP does not exist): the row becomes
`uncertain` and a person looks.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Protocol
from uuid import UUID, uuid4

from django.conf import settings

from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from .message import message_of
from .models import Delivery, Outgoing

LEASE = timedelta(minutes=5)
BACK_OFF = (1, 5, 15, 60, 240)
"""Minutes until the next try after a refusal that may pass; after the last one it keeps that pace."""


@dataclass(frozen=True)
class Told:
    """What the server said: the state the mail gets, and why."""

    state: Delivery
    trouble: str = ""


class Wire(Protocol):
    """Something that can deliver one message."""

    def deliver(self, message: EmailMessage) -> Told:
        """Try once; never raises."""
        ...


class Smtp:
    """A real SMTP server, with the settings of MELDROUTE_SMTP_URL."""

    def deliver(self, message: EmailMessage) -> Told:
        """Connect, hand over, and tell apart: refused before DATA, refused, taken, unknown."""
        try:
            server = self._open()
        except (OSError, smtplib.SMTPException) as error:
            return Told(Delivery.QUEUED, type(error).__name__)
        try:
            return _hand_over(server, message)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()

    def _open(self) -> smtplib.SMTP:
        told = settings.MELDROUTE_SMTP
        kind = smtplib.SMTP_SSL if told["use_ssl"] else smtplib.SMTP
        server = kind(told["host"], told["port"], timeout=told["timeout"])
        if told["use_tls"]:
            server.starttls()
        if told["username"]:
            server.login(told["username"], told["password"])
        return server


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> Told:
    try:
        server.ehlo_or_helo_if_needed()
        for code, text in (server.mail(settings.MELDROUTE_MAIL_FROM), server.rcpt(str(message["To"]))):
            if code >= 400:
                return _refusal(code, text)
    except (OSError, smtplib.SMTPException) as error:
        return Told(Delivery.QUEUED, type(error).__name__)
    try:
        code, text = server.data(message.as_bytes())
    except smtplib.SMTPDataError as error:
        return _refusal(error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        return Told(Delivery.UNCERTAIN, type(error).__name__)
    return Told(Delivery.SENT) if code < 400 else _refusal(code, text)


def _refusal(code: int, text: bytes | str) -> Told:
    state = Delivery.FAILED if code >= 500 else Delivery.QUEUED
    return Told(state, f"SMTP {code}")


Enter = Callable[[UUID, datetime], AbstractContextManager[Acting]]
"""Opens a unit of work of the system in one municipality (`people.unit.system`)."""


def send_one(unit: Enter, municipality_id: UUID, at: datetime, wire: Wire) -> Outgoing | None:
    """Send the oldest mail that is due in this municipality; None when there is none.

    Three units of work: take it (sending), say what the server said (only if our fence still stands).
    """
    with unit(municipality_id, at) as by:
        mail = _take(by)
        message = message_of(mail) if mail else None
    if mail is None or message is None:
        return None
    told = wire.deliver(message)
    with unit(municipality_id, at) as by:
        _settle(mail, told, by=by)
    return mail


def _take(by: Acting) -> Outgoing | None:
    due = Outgoing.objects.filter(municipality_id=by.place, state=Delivery.QUEUED, not_before__lte=by.at)
    mail = due.order_by("not_before", "queued_at").select_for_update(skip_locked=True).first()
    if mail is None:
        return None
    mail.state, mail.fence, mail.leased_until = Delivery.SENDING, uuid4(), by.at + LEASE
    mail.attempts += 1
    mail.save(update_fields=["state", "fence", "leased_until", "attempts"])
    return mail


def _settle(mail: Outgoing, told: Told, *, by: Acting) -> None:
    wait = BACK_OFF[min(mail.attempts, len(BACK_OFF)) - 1]
    ours = Outgoing.objects.filter(id=mail.id, fence=mail.fence, state=Delivery.SENDING)
    changed = ours.update(
        state=told.state,
        trouble=told.trouble[:200],
        leased_until=None,
        not_before=by.at + timedelta(minutes=wait) if told.state is Delivery.QUEUED else mail.not_before,
        settled_at=None if told.state is Delivery.QUEUED else by.at,
    )
    if changed:
        result = journal.Result.DONE if told.state is Delivery.SENT else journal.Result.FAILED
        journal.record(by=by, act=f"mail.{told.state.value}", on="post.Outgoing", ids=[mail.id], result=result)


def sweep(*, by: Acting) -> int:
    """Mails whose sender died while sending become uncertain; how many."""
    lost = Outgoing.objects.filter(municipality_id=by.place, state=Delivery.SENDING, leased_until__lt=by.at)
    ids = list(lost.values_list("id", flat=True))
    Outgoing.objects.filter(id__in=ids).update(
        state=Delivery.UNCERTAIN, settled_at=by.at, trouble="het versturen is afgebroken"
    )
    if ids:
        journal.record(by=by, act="mail.uncertain", on="post.Outgoing", ids=ids, result=journal.Result.FAILED)
    return len(ids)
