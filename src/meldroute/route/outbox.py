"""Mails of which nobody knows whether they arrived, and those that did not; never sent again by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from meldroute.journal.acting import Acting
from meldroute.post.message import Seen, preview
from meldroute.post.models import Delivery, Outgoing

from .models import Feedback, Signal
from .visible import files

LOOK = (Delivery.UNCERTAIN, Delivery.FAILED)
STUCK_AFTER = 2
"""Tries after which a mail that waits for its server is shown: once is a busy server, more is trouble."""
MOST = 200


@dataclass(frozen=True)
class Stuck:
    """One mail: where it was going (empty when that is not to be seen), and what can be done."""

    mail: Outgoing
    what: str
    reference: str
    signal_id: UUID | None
    to: str
    feedback: Feedback | None = None

    @property
    def at(self) -> datetime:
        """When it got stuck."""
        return self.mail.settled_at or self.mail.queued_at


def stuck_mails(by: Acting) -> list[Stuck]:
    """Mails to look after, the oldest first. A fixed number of statements."""
    return seen_by(by, stuck_rows(by)[:MOST])


def stuck_rows(by: Acting) -> QuerySet[Outgoing]:
    """Uncertain, failed, or tried in vain more than once."""
    waits = Q(state=Delivery.QUEUED, attempts__gte=STUCK_AFTER)
    return Outgoing.objects.filter(Q(state__in=LOOK) | waits, municipality_id=by.place).order_by("queued_at")


def seen_by(by: Acting, mails: Iterable[Outgoing]) -> list[Stuck]:
    """Those that `by` may see: of a signal only with its file, and a protected reporter without the address."""
    rows = list(mails)
    words = {
        row.id: row
        for row in Feedback.objects.filter(
            id__in=[mail.about_id for mail in rows], signal__in=files(by)
        ).select_related("reporter", "signal")
    }
    signals = {row.key_id: row for row in files(by).filter(key_id__in={mail.key_id for mail in rows})}
    found = [_stuck(mail, words.get(mail.about_id), signals.get(mail.key_id)) for mail in rows]
    return [one for one in found if one is not None]


def _stuck(mail: Outgoing, word: Feedback | None, signal: Signal | None) -> Stuck | None:
    if mail.about.startswith("route.") and signal is None:
        return None
    hidden = word is not None and word.reporter.protected
    return Stuck(
        mail=mail,
        what=_what(mail, word),
        reference=signal.reference if signal else "",
        signal_id=signal.id if signal else None,
        to="" if hidden else mail.to,
        feedback=word,
    )


def _what(mail: Outgoing, word: Feedback | None) -> str:
    if word is not None:
        return _(word.get_kind_display())
    if mail.about.startswith("route.HandOver"):
        return _("overdracht")
    return _("uitnodiging") if mail.about.startswith("meetings.") else _("bericht")


def read_of(stuck: Stuck) -> Seen | None:
    """What the receiver would read, or may have read; None when it cannot be written any more."""
    try:
        return preview(stuck.mail)
    except (ValueError, LookupError):
        return None
