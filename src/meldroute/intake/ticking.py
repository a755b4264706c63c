"""What ends by itself: our copy of a mail that is no trafficking signal, and reports that were never sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from meldroute.journal import actions as journal
from meldroute.people.unit import system
from meldroute.vault import keys

from .actions.drafts import throw_away
from .models import Draft, Mail
from .policies import limit


def forget_due(municipality_id: UUID, at: datetime) -> int:
    """Destroy the data key of every copy whose day has passed, and old drafts; the row of the ledger stays.

    Gives how many mails were forgotten.
    """
    with system(municipality_id, at) as by:
        rows = list(Mail.objects.filter(content_until__lte=at, blob_id__isnull=False))
        for mail in rows:
            keys.destroy(mail.key_id, at=at)
        ids = [mail.id for mail in rows]
        Mail.objects.filter(id__in=ids).update(blob_id=None)
        if ids:
            journal.record(by=by, act="mail.forget", on="intake.Mail", ids=ids)
        for draft in Draft.objects.filter(saved_at__lte=at - timedelta(days=limit("draft_days"))):
            throw_away(draft, by=by)
    return len(ids)
