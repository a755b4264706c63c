"""Reading what lies in the ledger into a proposal for triage. A mail that cannot be read stays visible as such."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from meldroute.domain.vocabulary import SourceKind, Triage
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality, Organisation
from meldroute.route.models import Reporter
from meldroute.vault import lookup

from ..message import Reading, read
from ..models import Mail
from ..proposal import Proposal, Words, propose
from .ledger import raw_of

TEXT_MOST = 200_000


def understand(mail: Mail, *, by: Acting, words: Words) -> Mail:
    """Fill the row from its raw bytes; joins a thread by its random token only."""
    reading = read(raw_of(mail))
    proposal = propose(reading, words, domains(by.place))
    mail.sender = str(reading.sender.address) if reading.sender else ""
    mail.subject_line = reading.subject
    mail.reading = told(reading, proposal)
    mail.practice = b"x-meldroute-oefening:" in raw_of(mail)[:65536].lower()
    mail.read_at = by.at
    if reading.needs_hand and mail.state == Triage.NEW:
        mail.state = Triage.NEEDS_HAND
    if not mail.problem:
        mail.problem = "; ".join(noted.text for noted in reading.problems if noted.problem.hand)[:300]
    mail.proposed_signal_id = thread_of(reading, by)
    mail.save()
    journal.record(by=by, act="mail.read", on="intake.Mail", ids=[mail.id])
    return mail


def could_not(mail_id: UUID, *, by: Acting) -> None:
    """Reading failed beyond what the reader foresees: visible, source kept, and never tried without end."""
    Mail.objects.filter(id=mail_id, read_at__isnull=True).update(
        state=Triage.NEEDS_HAND, read_at=by.at, problem="De mail kon niet worden gelezen. De bron is bewaard."
    )
    journal.record(by=by, act="mail.read", on="intake.Mail", ids=[mail_id], result=journal.Result.FAILED)


def domains(municipality_id: UUID) -> dict[str, SourceKind]:
    """Whose mail domain says who reports: the municipality's own and its partners'."""
    own = Municipality.objects.values_list("mail_domains", flat=True).get(id=municipality_id)
    found = dict.fromkeys(own, SourceKind.OFFICIAL)
    for row in Organisation.objects.filter(ended_on__isnull=True):
        found |= dict.fromkeys(row.mail_domains, SourceKind(row.source))
    return found


def thread_of(reading: Reading, by: Acting) -> UUID | None:
    """The signal whose thread this mail answers, by the keyed hash of the token."""
    macs = [lookup.mac(municipality_id=by.place, kind="thread", value=token) for token in reading.tokens]
    if not macs:
        return None
    return Reporter.objects.filter(thread_mac__in=macs).values_list("signal_id", flat=True).first()


def told(reading: Reading, proposal: Proposal) -> dict[str, Any]:
    """A reading and its proposal as JSON, without the attachments' bytes."""
    return {
        "text": reading.text[:TEXT_MOST],
        "from_html": reading.from_html,
        "sender_name": reading.sender.display if reading.sender else "",
        "date": reading.date.isoformat() if reading.date else "",
        "date_doubtful": reading.date_doubtful,
        "receipt_possible": reading.receipt_possible,
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
