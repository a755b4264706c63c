"""Emptying the outbox: never twice by itself, never silently not at all.

The row says `sending`, with a fence and a lease, before the server hears anything. After a kill or a broken line in
that window nobody can know whether the mail went out (exactly once over SMTP does not exist): the row becomes
`uncertain` and a person looks.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.vault.keys import KeyGone, WrongKey

from .message import Letter, letter_of
from .models import Delivery, Outgoing
from .wire import Smtp, Told, Wire

__all__ = ["BACK_OFF", "LEASE", "Enter", "Smtp", "Told", "Wire", "empty", "send_one", "sweep"]

LEASE = timedelta(minutes=5)
"""Longer than every time-out of one delivery together."""
BACK_OFF = (1, 5, 15, 60, 240)
"""Minutes until the next try after a refusal that may pass; after the last one it keeps that pace."""
MOST = 50

Enter = Callable[[UUID, datetime], AbstractContextManager[Acting]]
"""Opens a unit of work of the system in one municipality (`people.unit.system`)."""


def empty(unit: Enter, municipality_id: UUID, at: datetime, wire: Wire, *, most: int = MOST) -> int:
    """Send what is due in this municipality, at most `most` mails; how many were tried. `at` is the moment of now."""
    clock = _from(at)
    with unit(municipality_id, at) as by:
        sweep(by=by)
    for number in range(most):
        if send_one(unit, municipality_id, clock(), wire) is None:
            return number
    return most


def send_one(unit: Enter, municipality_id: UUID, at: datetime, wire: Wire) -> Outgoing | None:
    """Send the oldest mail that is due in this municipality; None when there is none.

    Two units of work: take it (sending), say what the server said (only if our fence still stands).
    """
    clock = _from(at)
    with unit(municipality_id, at) as by:
        mail = _take(by)
        letter = _letter(mail, by=by) if mail else None
    if mail is None or letter is None:
        return mail
    told = wire.deliver(letter)
    with unit(municipality_id, clock()) as by:
        _settle(mail, told, by=by)
    return mail


def _from(at: datetime) -> Callable[[], datetime]:
    """`at` and what has passed since: a slow server must not make the lease of the next mail older than it is."""
    start = time.monotonic()
    return lambda: at + timedelta(seconds=time.monotonic() - start)


def _take(by: Acting) -> Outgoing | None:
    due = Outgoing.objects.filter(municipality_id=by.place, state=Delivery.QUEUED, not_before__lte=by.at)
    mail = due.order_by("not_before", "queued_at").select_for_update(skip_locked=True).first()
    if mail is None:
        return None
    mail.state, mail.fence, mail.leased_until = Delivery.SENDING, uuid4(), by.at + LEASE
    mail.attempts += 1
    mail.save(update_fields=["state", "fence", "leased_until", "attempts"])
    return mail


def _letter(mail: Outgoing, *, by: Acting) -> Letter | None:
    """The letter; one that cannot be written fails for good, visibly, and does not hold up those behind it."""
    try:
        return letter_of(mail)
    except (KeyGone, WrongKey, ValueError, LookupError) as error:
        _settle(mail, Told(Delivery.FAILED, type(error).__name__), by=by)
        return None


def _settle(mail: Outgoing, told: Told, *, by: Acting) -> None:
    """Write down what the server said, as long as nobody settled it; also when it was thought lost meanwhile."""
    wait = BACK_OFF[min(mail.attempts, len(BACK_OFF)) - 1]
    waits = told.state is Delivery.QUEUED
    ours = Outgoing.objects.filter(id=mail.id, fence=mail.fence, state__in=(Delivery.SENDING, Delivery.UNCERTAIN))
    changed = ours.update(
        state=told.state,
        trouble=told.trouble[:200],
        leased_until=None,
        not_before=by.at + timedelta(minutes=wait) if waits else mail.not_before,
        settled_at=None if waits else by.at,
    )
    if changed:
        result = journal.Result.DONE if told.state is Delivery.SENT else journal.Result.FAILED
        journal.record(by=by, act=f"mail.{told.state.value}", on="post.Outgoing", ids=[mail.id], result=result)


def sweep(*, by: Acting) -> int:
    """Mails whose sender died while sending become uncertain; how many."""
    lost = Outgoing.objects.filter(municipality_id=by.place, state=Delivery.SENDING, leased_until__lt=by.at)
    ids = list(lost.select_for_update(skip_locked=True).values_list("id", flat=True))
    Outgoing.objects.filter(id__in=ids).update(
        state=Delivery.UNCERTAIN, settled_at=by.at, trouble="het versturen is afgebroken"
    )
    if ids:
        journal.record(by=by, act="mail.uncertain", on="post.Outgoing", ids=ids, result=journal.Result.FAILED)
    return len(ids)
