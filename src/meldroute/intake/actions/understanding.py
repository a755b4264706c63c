"""Reading what lies in the ledger into a proposal for triage. A mail that cannot be read stays visible as such."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F

from meldroute.domain.term import gettext_noop
from meldroute.domain.vocabulary import SourceKind, Triage
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality, Organisation
from meldroute.route.models import Signal
from meldroute.vault import lookup

from ..message import Reading, read
from ..models import Mail
from ..proposal import Proposal, Words, propose
from .ledger import raw_of

TEXT_MOST = 200_000
MOST_TRIES = 3
"""Readings begun of one mail; what kills the process three times is for a person."""
PRACTICE = b"x-meldroute-oefening:"
WRITTEN = (
    *("sender", "subject_line", "reading", "practice", "read_at", "state", "problem"),
    *("proposed_signal_id", "signal", "sealed"),
)
UNREADABLE = gettext_noop("De mail kon niet worden gelezen. De bron is bewaard.")


def unread(limit: int, without: Collection[UUID] = ()) -> list[UUID]:
    """Mails of the entered municipality that wait to be read, the oldest first."""
    waiting = Mail.objects.filter(read_at__isnull=True, blob_id__isnull=False).exclude(id__in=without)
    return list(waiting.order_by("came_at", "id").values_list("id", flat=True)[:limit])


def begin(mail_id: UUID) -> bool:
    """Count that reading begins, before it does; False when it was begun too often."""
    Mail.objects.filter(id=mail_id).update(tries=F("tries") + 1)
    return Mail.objects.values_list("tries", flat=True).get(id=mail_id) <= MOST_TRIES


def claimed(mail_id: UUID) -> Mail | None:
    """The mail, locked for reading; None when another poller reads it or has read it."""
    free = Mail.objects.select_for_update(skip_locked=True)
    return free.filter(id=mail_id, read_at__isnull=True).first()


def understand(mail: Mail, *, by: Acting, words: Words) -> Mail:
    """Fill the row from its raw bytes; joins a thread by its random token only."""
    raw = raw_of(mail)
    reading = read(raw, received=mail.came_at)
    mail.sender = str(reading.sender.address) if reading.sender else ""
    mail.subject_line = reading.subject
    mail.reading = told(reading, propose(reading, words, domains(by.place)))
    mail.practice = PRACTICE in raw[:65536].lower()
    mail.read_at = by.at
    if reading.needs_hand and mail.state == Triage.NEW:
        mail.state = Triage.NEEDS_HAND
    if not mail.problem:
        mail.problem = " ".join(noted.text for noted in reading.problems if noted.problem.hand)[:300]
    _thread(mail, reading, by)
    mail.save(update_fields=WRITTEN)
    journal.record(by=by, act="mail.read", on="intake.Mail", ids=[mail.id])
    return mail


def _thread(mail: Mail, reading: Reading, by: Acting) -> None:
    """Propose the signal that this mail answers; an answer in a sealed signal is sealed at once."""
    found = thread_of(reading, by)
    mail.proposed_signal_id = found
    if found is not None and not Signal.objects.filter(id=found).exists():
        mail.signal_id, mail.sealed = found, True


def could_not(mail_id: UUID, *, by: Acting) -> bool:
    """Reading failed beyond what the reader foresees: visible, source kept, and never tried without end.

    True when the mail needs a hand since now.
    """
    same = Mail.objects.filter(id=mail_id, read_at__isnull=True)
    changed = same.filter(state=Triage.NEW).update(state=Triage.NEEDS_HAND, problem=UNREADABLE)
    same.update(read_at=by.at)
    journal.record(by=by, act="mail.read", on="intake.Mail", ids=[mail_id], result=journal.Result.FAILED)
    return bool(changed)


def domains(municipality_id: UUID) -> dict[str, SourceKind]:
    """Whose mail domain says who reports: the municipality's own and its partners'."""
    own = Municipality.objects.values_list("mail_domains", flat=True).get(id=municipality_id)
    found = dict.fromkeys(own, SourceKind.OFFICIAL)
    for row in Organisation.objects.filter(ended_on__isnull=True):
        found |= dict.fromkeys(row.mail_domains, SourceKind(row.source))
    return found


def thread_of(reading: Reading, by: Acting) -> UUID | None:
    """The signal whose thread this mail answers, by the keyed hash of the token; a sealed one too."""
    macs = [lookup.mac(municipality_id=by.place, kind="thread", value=token) for token in reading.tokens]
    if not macs:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT mr_thread(%s)", [macs])
        row = cursor.fetchone()
    return row[0] if row else None


def told(reading: Reading, proposal: Proposal) -> dict[str, Any]:
    """A reading and its proposal as JSON, without the attachments' bytes."""
    return {
        "text": reading.text[:TEXT_MOST],
        "from_html": reading.from_html,
        "sender_name": reading.sender.display if reading.sender else "",
        "date": reading.date.isoformat() if reading.date else "",
        "date_doubtful": reading.date_doubtful,
        "receipt_possible": reading.receipt_possible,
        "automatic": bool(reading.automatic),
        "threaded": bool(reading.tokens),
        "named": list(reading.named),
        "problems": [noted.text for noted in reading.problems],
        "parts": [
            {
                "name": part.filename,
                "type": part.sniffed,
                "fits": part.fits_name,
                "runs": part.runs,
                "size": len(part.data),
                "sha256": hashlib.sha256(part.data).hexdigest(),
            }
            for part in reading.parts
        ],
        "proposal": _plain(asdict(proposal)),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
