"""The mailboxes of a municipality, polled: fetch, then understand what is new."""

from __future__ import annotations

import logging
from dataclasses import fields
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError

from meldroute.domain.vocabulary import Triage
from meldroute.people.models import Municipality
from meldroute.people.unit import system
from meldroute.vault import keys

from .actions.fetching import Tally, fetch, key_of
from .actions.understanding import begin, claimed, could_not, understand, unread
from .mailboxes import MailboxAddress, MailboxAddressInvalid, MailboxUnavailable, open_mailbox
from .models import Mailbox
from .policies import words

log = logging.getLogger("meldroute.intake")
MOST = 200
Trouble = MailboxUnavailable | MailboxAddressInvalid


def addresses(municipality_id: UUID, at: datetime) -> list[str]:
    """The mailbox of the environment, when it is this municipality's, and those in the table; each once."""
    found: list[str] = []
    if settings.MELDROUTE_MAILBOX and _is_default(municipality_id):
        found.append(settings.MELDROUTE_MAILBOX)
    with system(municipality_id, at):
        found.extend(box.address for box in Mailbox.objects.filter(active=True))
    return list(dict.fromkeys(found))


def _is_default(municipality_id: UUID) -> bool:
    wanted = settings.MELDROUTE_MUNICIPALITY
    places = Municipality.objects.filter(slug=wanted) if wanted else Municipality.objects.order_by("made_at")
    first = places.first()
    return first is not None and first.id == municipality_id


def poll(municipality_id: UUID, at: datetime) -> Tally:
    """Fetch every mailbox and read what is new; raises what was wrong with a box after the others were read."""
    total, trouble = poll_all(municipality_id, at)
    if trouble is not None:
        raise trouble
    return total


def poll_all(municipality_id: UUID, at: datetime) -> tuple[Tally, Trouble | None]:
    """Fetch every mailbox and read what is new: what came in, and what was wrong with a box.

    Whether a box could be read stays visible in its row.
    """
    total, new = Tally(), set[UUID]()
    trouble: Trouble | None = None
    for address in addresses(municipality_id, at):
        wrong: Trouble | None = None
        try:
            new |= _poll_one(address, total, municipality_id, at)
        except (MailboxUnavailable, MailboxAddressInvalid) as error:
            trouble = wrong = error
        _note(address, municipality_id, at, str(wrong or ""))
    total.needs_hand += len(read_new(municipality_id, at) & new)
    return total, trouble


def _poll_one(address: str, total: Tally, municipality_id: UUID, at: datetime) -> set[UUID]:
    with open_mailbox(MailboxAddress.parse(address, practice=settings.MELDROUTE_PRACTICE)) as box:
        tally, new = fetch(box, municipality_id=municipality_id, mailbox_key=key_of(address), enter=system, at=at)
    for one in fields(Tally):
        setattr(total, one.name, getattr(total, one.name) + getattr(tally, one.name))
    return set(new)


def _note(address: str, municipality_id: UUID, at: datetime, trouble: str) -> None:
    """When the box was read last, and what was wrong; the environment's box gets a row that is not polled itself."""
    with system(municipality_id, at):
        row = next((box for box in Mailbox.objects.all() if box.address == address), None)
        if row is None:
            key_id = keys.make(municipality_id=municipality_id, purpose="mailbox")
            Mailbox.objects.create(
                municipality_id=municipality_id,
                key_id=key_id,
                address=address,
                active=False,
                polled_at=at,
                trouble=trouble[:300],
            )
        else:
            Mailbox.objects.filter(id=row.id).update(polled_at=at, trouble=trouble[:300])


def read_new(municipality_id: UUID, at: datetime) -> set[UUID]:
    """Understand everything that lies unread; gives the ids of what turned out to need a hand."""
    met, hand = set[UUID](), set[UUID]()
    while True:
        with system(municipality_id, at):
            ids = unread(MOST, met)
        if not ids:
            return hand
        met.update(ids)
        hand.update(mail_id for mail_id in ids if _read_one(municipality_id, mail_id, at))


def _read_one(municipality_id: UUID, mail_id: UUID, at: datetime) -> bool:
    try:
        with system(municipality_id, at):
            sound = begin(mail_id)
        if sound:
            return _understood(municipality_id, mail_id, at)
    except (OperationalError, InterfaceError):
        raise  # the database is gone: not the mail's fault
    except Exception as error:  # whatever the bytes did, the mail becomes visible
        log.error("mail not understood: %s", type(error).__name__)
    with system(municipality_id, at) as by:
        return could_not(mail_id, by=by)


def _understood(municipality_id: UUID, mail_id: UUID, at: datetime) -> bool:
    with system(municipality_id, at) as by:
        mail = claimed(mail_id)
        if mail is None:
            return False
        before = mail.state
        return understand(mail, by=by, words=words()).state == Triage.NEEDS_HAND != before
