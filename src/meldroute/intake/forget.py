"""What the intake forgets with a signal: the mails that became part of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from meldroute.vault import keys

from .models import Mail


def forget(signal_id: UUID, at: datetime) -> int:
    """Destroy the keys of the signal's mails; the rows of the ledger stay. Gives how many.

    The actor must see the mails: the system does, sealed ones too.
    """
    mails = list(Mail.objects.filter(signal_id=signal_id))
    for mail in mails:
        keys.destroy(mail.key_id, at=at)
    Mail.objects.filter(id__in=[mail.id for mail in mails]).update(blob_id=None)
    return len(mails)
