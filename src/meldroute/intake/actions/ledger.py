"""The ledger of mails: stored and committed before anything is parsed, and nothing twice.

Identity is the municipality with the keyed hash of the raw bytes; where a mail lies in the box is progress only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from uuid import UUID

from meldroute.domain.term import Term
from meldroute.domain.vocabulary import Triage
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.vault import blobs, keys, lookup

from ..mailboxes import Found, Trouble
from ..models import Glimpse, Mail


class Taken(Term):
    """What became of one mail in the box."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    LEFT = "left"


def take(found: Found, *, by: Acting, mailbox_key: str) -> tuple[Taken, Mail | None]:
    """Keep one mail of the box. The caller commits, and only then marks the mail in the box."""
    if found.known:
        return Taken.DUPLICATE, None
    if found.left:
        return Taken.LEFT, None
    body = found.raw if found.raw is not None else found.headers
    mac = lookup.mac(municipality_id=by.place, kind="mail" if found.raw is not None else "mail headers", value=body)
    mail = Mail.objects.filter(municipality_id=by.place, mac=mac).first()
    taken = Taken.STORED if mail is None else Taken.DUPLICATE
    mail = mail or _store(found, body, mac, by=by)
    Glimpse.objects.bulk_create(
        [Glimpse(municipality_id=by.place, mailbox_key=mailbox_key, ref=found.ref, mail=mail)], ignore_conflicts=True
    )
    return taken, mail


def _store(found: Found, body: bytes, mac: bytes, *, by: Acting) -> Mail:
    key_id = keys.make(municipality_id=by.place, purpose="mail")
    blob = blobs.store(body, municipality_id=by.place, key_id=key_id)
    large = found.trouble is Trouble.TOO_LARGE
    mail = Mail.objects.create(
        municipality_id=by.place,
        key_id=key_id,
        mac=mac,
        size=found.size or len(body),
        blob_id=blob.id,
        came_at=by.at,
        too_large=large,
        state=Triage.NEEDS_HAND if large else Triage.NEW,
        problem=found.trouble_text,
    )
    journal.record(by=by, act="mail.store", on="intake.Mail", ids=[mail.id])
    return mail


def is_known(municipality_id: UUID, mailbox_key: str, ref: str) -> bool:
    """Whether this place in the box was taken before (it may be marked again after a crash)."""
    return Glimpse.objects.filter(municipality_id=municipality_id, mailbox_key=mailbox_key, ref=ref).exists()


def raw_of(mail: Mail) -> bytes:
    """The bytes as they came (of a mail over 25 MB: its headers). Raises keys.KeyGone when forgotten."""
    return blobs.read(mail.blob_id) if mail.blob_id else b""


def sha256_of(mail: Mail) -> str:
    """The SHA-256 of the raw bytes, computed now; it stands nowhere."""
    digest = hashlib.sha256()
    if mail.blob_id:
        for piece in blobs.pieces(mail.blob_id):
            digest.update(piece)
    return digest.hexdigest()


def listed() -> Iterator[Mail]:
    """Every mail of the entered municipality, oldest first."""
    yield from Mail.objects.order_by("came_at", "id")
