"""What ends by itself: our copy of a mail that is no trafficking signal."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from meldroute.journal import actions as journal
from meldroute.people.unit import system
from meldroute.vault import keys

from .models import Mail


def forget_due(municipality_id: UUID, at: datetime) -> int:
    """Destroy the data key of every copy whose day has passed; the row of the ledger stays."""
    with system(municipality_id, at) as by:
        rows = list(Mail.objects.filter(content_until__lte=at, blob_id__isnull=False))
        for mail in rows:
            keys.destroy(mail.key_id, at=at)
        ids = [mail.id for mail in rows]
        Mail.objects.filter(id__in=ids).update(blob_id=None)
        if ids:
            journal.record(by=by, act="mail.forget", on="intake.Mail", ids=ids)
    return len(ids)
