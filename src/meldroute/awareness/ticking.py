"""What the worker does for awareness by itself: names go after their term, what neighbours give is followed."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from meldroute.journal import actions as journal
from meldroute.people.unit import system
from meldroute.vault import keys

from .actions import sharing
from .models import Activity
from .policies import policy
from .rules import ON


def forget_names(place: UUID, at: datetime) -> int:
    """Let go of names and addresses of activities that are long over; how many. The numbers per group stay.

    The key goes too, so that the mails about them and older backups cannot be read either.
    """
    with system(place, at) as by:
        before = by.today - timedelta(days=policy().terms["names_days"])
        rows = list(Activity.objects.filter(on__lt=before, key_id__isnull=False).select_for_update())
        for row in rows:
            row.participants.all().delete()
            row.invitations.all().delete()
            assert row.key_id is not None
            keys.destroy(row.key_id, at=at)
            row.key_id = None
            row.save(update_fields=["key_id"])
        if rows:
            journal.record(by=by, act="awareness.forget_names", on=ON, ids=[row.id for row in rows])
        return len(rows)


def follow_neighbours(place: UUID, at: datetime) -> None:
    """What a neighbour moved or took back moves and ends here too, and both sides hear of each other by mail."""
    with system(place, at) as by:
        sharing.follow(by=by)
        sharing.tell(by=by)
