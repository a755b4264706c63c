"""Signing a head each day, closing a month, and letting go of a month whose term is over.

A month is a run of rows of one chain: through the row before the first one of a later month (Europe/Amsterdam).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connections
from django.db.models import Q

from .acting import AMSTERDAM, Acting
from .actions import record
from .models import Entry, Head, SignedHead
from .sealing import REMOVED, Seal, Sealed, sign

BATCH = 1000
"""Rows that are taken in one transaction: every page writes in the table and waits for it."""


def month_of(at: datetime) -> date:
    """The first day of the local month of an instant."""
    return at.astimezone(AMSTERDAM).date().replace(day=1)


def begin_of(month: date) -> datetime:
    """The instant at which a local month begins."""
    return datetime.combine(month, time(), AMSTERDAM)


def after(month: date) -> date:
    """The next month."""
    return (month + timedelta(days=31)).replace(day=1)


def months(first: date, end: date) -> Iterator[date]:
    """From `first` up to, not including, `end`."""
    while first < end:
        yield first
        first = after(first)


def seal_day(chain: UUID, *, by: Acting) -> SignedHead | None:
    """Sign where the chain is, once a day; None when today's is there, or nothing was told yet."""
    head = Head.objects.filter(chain=chain).first()
    if head is None or SignedHead.objects.filter(chain=chain, kind=Sealed.DAY, day=by.today).exists():
        return None
    return _keep(Seal(chain, Sealed.DAY, by.today, head.seq, bytes(head.mac), by.at), by=by)


def close_months(chain: UUID, *, by: Acting) -> list[SignedHead]:
    """Sign the end of every month that is over and has rows of its own."""
    closed = SignedHead.objects.filter(chain=chain, kind=Sealed.MONTH).order_by("-seq").first()
    done = closed.seq if closed else 0
    rows = Entry.objects.filter(chain=chain, seq__gt=done)
    oldest = rows.order_by("seq").first()
    if oldest is None:
        return []
    first = max(month_of(oldest.at), after(closed.day) if closed else date.min)
    made = []
    for month in months(first, month_of(by.at)):
        last = _last_of(chain, month, done)
        if last is not None:
            made.append(_keep(Seal(chain, Sealed.MONTH, month, last.seq, bytes(last.mac), by.at), by=by))
            done = last.seq
    return made


def _last_of(chain: UUID, month: date, done: int) -> Entry | None:
    """The last row of the month behind row `done`; None when the next row is of a later month."""
    rows = Entry.objects.filter(chain=chain, seq__gt=done)
    later = rows.filter(at__gte=begin_of(after(month))).order_by("seq").values_list("seq", flat=True).first()
    return rows.filter(Q(seq__lt=later) if later is not None else Q()).order_by("-seq").first()


def _keep(seal: Seal, *, by: Acting) -> SignedHead:
    row = SignedHead.objects.create(
        chain=seal.chain,
        kind=seal.kind,
        day=seal.day,
        seq=seal.seq,
        mac=seal.mac,
        at=seal.at,
        signature=sign(seal),
    )
    record(by=by, act="journal.sign", on="journal.SignedHead", ids=[row.id])
    return row


def expired(chain: UUID, *, today: date, years: int, using: str) -> list[SignedHead]:
    """The closed months, oldest first, whose last day is `years` years ago or more and that are still there."""
    rows = SignedHead.objects.using(using).filter(chain=chain, kind=Sealed.MONTH, removed_at__isnull=True)
    return [row for row in rows.order_by("seq") if _kept_until(row.day, years) <= today]


def _kept_until(month: date, years: int) -> date:
    end = after(month)
    return end.replace(year=end.year + years)


def rows_of(segment: SignedHead, *, using: str) -> int:
    """How many rows the month still has."""
    return Entry.objects.using(using).filter(chain=segment.chain, seq__lte=segment.seq).count()


def remove(segment: SignedHead, *, by: Acting, using: str) -> None:
    """Let go of a closed month: from now on the chain begins behind it, and `sweep` takes its rows."""
    SignedHead.objects.using(using).filter(id=segment.id).update(removed_at=by.at)
    record(by=by, act=REMOVED, on="journal.SignedHead", ids=[segment.id])


def sweep(chain: UUID, *, using: str) -> int:
    """Take the last rows of the month that was let go last, as the owner of the tables; how many, 0 when all are gone.

    The last first: what is left can still be checked. The trigger that refuses every DELETE is off for this
    transaction only, and nobody can write meanwhile: so a few at a time, each time in a transaction of its own.
    """
    gone = SignedHead.objects.using(using).filter(chain=chain, removed_at__isnull=False).order_by("-seq").first()
    if gone is None:
        return 0
    rows = Entry.objects.using(using).filter(chain=chain, seq__lte=gone.seq).order_by("-seq")
    numbers = list(rows.values_list("seq", flat=True)[:BATCH])
    if not numbers:
        return 0
    with connections[using].cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_append_only")
        cursor.execute(
            "DELETE FROM journal_entry WHERE chain = %s AND seq BETWEEN %s AND %s", [chain, numbers[-1], numbers[0]]
        )
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER journal_entry_append_only")
    return len(numbers)
