"""What ends by itself: our copy of a mail that is no trafficking signal, and reports that were never sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from meldroute.journal import actions as journal
from meldroute.people.unit import system
from meldroute.vault import keys

from .actions.drafts import throw_away
from .models import Draft, Mail
from .policies import limit

BATCH = 50
"""Copies or drafts in one transaction: a page meanwhile waits for none of it, and what was done stays done."""


def forget_due(municipality_id: UUID, at: datetime) -> int:
    """Destroy the data key of every copy whose day has passed, and old drafts; the row of the ledger stays.

    Gives how many mails were forgotten.
    """
    with system(municipality_id, at):
        copies = Mail.objects.filter(content_until__lte=at, blob_id__isnull=False)
        mails = list(copies.order_by("content_until", "id").values_list("id", flat=True))
        old = Draft.objects.filter(saved_at__lte=at - timedelta(days=limit("draft_days")))
        drafts = list(old.order_by("saved_at", "id").values_list("id", flat=True))
    for some in _batches(drafts):
        with system(municipality_id, at) as by:
            for draft in Draft.objects.filter(id__in=some):
                throw_away(draft, by=by)
    return sum(_forget(municipality_id, at, some) for some in _batches(mails))


def _batches(ids: list[UUID]) -> Iterator[list[UUID]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _forget(municipality_id: UUID, at: datetime, some: list[UUID]) -> int:
    """Of these the ones that are still to go: meanwhile a mail may have been taken back."""
    with system(municipality_id, at) as by:
        due = Mail.objects.filter(id__in=some, content_until__lte=at, blob_id__isnull=False)
        rows = list(due.select_for_update())
        for mail in rows:
            keys.destroy(mail.key_id, at=at)
        ids = [mail.id for mail in rows]
        Mail.objects.filter(id__in=ids).update(blob_id=None)
        if ids:
            journal.record(by=by, act="mail.forget", on="intake.Mail", ids=ids)
    return len(ids)
