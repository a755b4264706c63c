"""Reading a mailbox into the ledger: one unit of work per mail, then a mark in the box."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import InterfaceError, OperationalError

from meldroute.domain.vocabulary import Triage
from meldroute.journal.acting import Acting

from ..mailboxes import Found, Mailbox
from ..models import Mail
from .ledger import Taken, places_taken, take

log = logging.getLogger("meldroute.intake")
Enter = Callable[[UUID, datetime], AbstractContextManager[Acting]]


@dataclass
class Tally:
    """`seen` = `stored` + `duplicates` + `left`; `needs_hand` are among the stored (decisions, "Mail in")."""

    seen: int = 0
    stored: int = 0
    duplicates: int = 0
    needs_hand: int = 0
    left: int = 0

    def as_json(self) -> dict[str, int]:
        """For `fetch-mail --json`."""
        return asdict(self)


def key_of(address: str) -> str:
    """A name for a mailbox that tells nothing of its address."""
    return hashlib.sha256(address.encode()).hexdigest()


def fetch(
    box: Mailbox, *, municipality_id: UUID, mailbox_key: str, enter: Enter, at: datetime
) -> tuple[Tally, list[UUID]]:
    """Take in every mail of the box; gives the tally and the ids of the new rows.

    Raises: MailboxUnavailable; what was taken before it stays taken.
    """
    tally, new, large = Tally(), list[UUID](), dict[str, bool]()

    def known(refs: Sequence[str]) -> Collection[str]:
        with enter(municipality_id, at):
            taken = places_taken(municipality_id, mailbox_key, refs)
        large.update(taken)
        return taken

    for found in box.new(known):
        tally.seen += 1
        taken, mail = _take(found, tally, municipality_id, mailbox_key, enter, at)
        if mail is not None:
            new.append(mail.id)
        if taken is not Taken.LEFT:
            # over 25 MB it stays in the box, also when it is met again
            box.done(found.ref, stays=large.get(found.ref, found.raw is None))
    return tally, new


def _take(
    found: Found, tally: Tally, municipality_id: UUID, mailbox_key: str, enter: Enter, at: datetime
) -> tuple[Taken, Mail | None]:
    """One mail; one that cannot be kept now stays in the box and stops no other."""
    if found.known:
        tally.duplicates += 1
        return Taken.DUPLICATE, None
    try:
        with enter(municipality_id, at) as by:
            taken, mail = take(found, by=by, mailbox_key=mailbox_key)
    except (OperationalError, InterfaceError):
        raise  # the database is gone: nothing can be kept
    except Exception as error:  # whatever is wrong with this one
        log.error("mail not kept, it stays in the box: %s", type(error).__name__)
        taken, mail = Taken.LEFT, None
    tally.stored += taken is Taken.STORED
    tally.duplicates += taken is Taken.DUPLICATE
    tally.left += taken is Taken.LEFT
    tally.needs_hand += taken is Taken.STORED and mail is not None and mail.state == Triage.NEEDS_HAND
    return taken, mail if taken is Taken.STORED else None
