"""Mails to send in tests."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from meldroute.journal.acting import Acting
from meldroute.post.actions import queue
from meldroute.post.models import Outgoing
from meldroute.vault import keys

PLAIN = {"to": "kees@oefen.example", "subject": "Uw bericht aan de gemeente", "body": "Beste melder,\n\nDank u wel.\n"}


def queued(by: Acting, **other: Any) -> Outgoing:
    """A mail in the outbox of `by`'s municipality, with a key of its own."""
    key_id = keys.make(municipality_id=by.place, purpose="test")
    return queue(by=by, key_id=key_id, about="test.Act", about_id=uuid4(), **(PLAIN | other))
