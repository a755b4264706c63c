"""The mailboxes of a municipality, polled: fetch, then understand what is new."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cache
from uuid import UUID

from django.conf import settings

from meldroute.people.models import Municipality
from meldroute.people.unit import system

from .actions.fetching import Tally, fetch, key_of
from .actions.understanding import could_not, understand
from .mailboxes import MailboxAddress, MailboxUnavailable, open_mailbox
from .models import Mail, Mailbox
from .proposal import Words

MOST = 200


@cache
def words() -> Words:
    """The word lists for proposals (`policies/intake-words.toml`)."""
    path = settings.MELDROUTE_POLICIES / "intake-words.toml"
    return Words.of(tomllib.loads(path.read_text(encoding="utf-8")))


def addresses(municipality_id: UUID, at: datetime) -> list[str]:
    """The mailbox of the environment, when it is this municipality's, and those in the table."""
    found: list[str] = []
    if settings.MELDROUTE_MAILBOX and _is_default(municipality_id):
        found.append(settings.MELDROUTE_MAILBOX)
    with system(municipality_id, at):
        found.extend(box.address for box in Mailbox.objects.filter(active=True))
    return found


def _is_default(municipality_id: UUID) -> bool:
    wanted = settings.MELDROUTE_MUNICIPALITY
    places = Municipality.objects.filter(slug=wanted) if wanted else Municipality.objects.order_by("made_at")
    first = places.first()
    return first is not None and first.id == municipality_id


def poll(municipality_id: UUID, at: datetime) -> Tally:
    """Fetch every mailbox and read what is new. Raises MailboxUnavailable after the other boxes were read."""
    total, trouble = Tally(), None
    for address in addresses(municipality_id, at):
        try:
            with open_mailbox(MailboxAddress.parse(address, practice=settings.MELDROUTE_PRACTICE)) as box:
                tally, _ = fetch(box, municipality_id=municipality_id, mailbox_key=key_of(address), enter=system, at=at)
        except MailboxUnavailable as error:
            trouble = error
            continue
        for name, count in tally.as_json().items():
            setattr(total, name, getattr(total, name) + count)
    total.needs_hand += read_new(municipality_id, at)
    if trouble is not None:
        raise trouble
    return total


def read_new(municipality_id: UUID, at: datetime) -> int:
    """Understand what lies unread; gives how many newly need a hand."""
    with system(municipality_id, at):
        ids = list(Mail.objects.filter(read_at__isnull=True, too_large=False).values_list("id", flat=True)[:MOST])
    return sum(_read_one(municipality_id, mail_id, at) for mail_id in ids)


def _read_one(municipality_id: UUID, mail_id: UUID, at: datetime) -> bool:
    try:
        with system(municipality_id, at) as by:
            mail = understand(Mail.objects.get(id=mail_id), by=by, words=words())
            return bool(mail.state == "needs_hand")
    except Exception:  # whatever the bytes did, the mail becomes visible
        with system(municipality_id, at) as by:
            could_not(mail_id, by=by)
        return True
