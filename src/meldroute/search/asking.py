"""Questions: encrypted for their asker, so that no address, log or session holds the words; gone within the day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from meldroute.journal.acting import Acting
from meldroute.vault import keys

from . import keyring
from .models import Question

KEPT = timedelta(hours=9)
"""Somewhat longer than a session lasts: the way back to the results works for a working day."""


def ask(*, by: Acting, text: str, purpose: str = "") -> UUID:
    """Keep a question of `by`; its id stands in the address of its results. A `purpose` makes it one for a person."""
    key_id = keyring.newest_id(by.place, by.today.year, by.at)
    asked = {"text": text, "person": bool(purpose), "purpose": purpose}
    made = Question.objects.create(municipality_id=by.place, key_id=key_id, user_id=by.person, asked=asked, at=by.at)
    return made.id


def asked(by: Acting, question_id: UUID) -> dict[str, Any] | None:
    """The question (text, person, purpose), when it is `by`'s own and still kept."""
    row = Question.objects.filter(id=question_id, user_id=by.person, at__gt=by.at - KEPT).first()
    try:
        return dict(row.asked) if row else None
    except keys.KeyGone:  # the key of the year was renewed meanwhile
        return None


def forget_asked(municipality_id: UUID, at: datetime) -> int:
    """Remove the questions of before today's session. How many."""
    return Question.objects.filter(municipality_id=municipality_id, at__lte=at - KEPT).delete()[0]
