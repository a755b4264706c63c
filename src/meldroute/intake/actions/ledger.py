"""The ledger of mails: stored and committed before anything is parsed, and nothing twice.

Identity is the municipality with the keyed hash of the raw bytes; where a mail lies in the box is progress only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from meldroute.domain.term import Term
from meldroute.domain.vocabulary import Triage
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.vault import blobs, keys, lookup

from ..mailboxes import Found, Trouble
from ..models import Glimpse, Mail

AT_ONCE = 1_000
"""Places that are looked up in one statement."""


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
    mac = _mac(found, by.place)
    mail = _same(by.place, mac)
    taken = Taken.DUPLICATE if mail else Taken.STORED
    if mail is None:
        taken, mail = _store_once(found, mac, by=by)
    Glimpse.objects.bulk_create(
        [Glimpse(municipality_id=by.place, mailbox_key=mailbox_key, ref=found.ref, mail=mail)], ignore_conflicts=True
    )
    return taken, mail


def _body(found: Found) -> bytes:
    return found.raw if found.raw is not None else found.headers


def _mac(found: Found, municipality_id: UUID) -> bytes:
    if found.raw is not None:
        return lookup.mac(municipality_id=municipality_id, kind="mail", value=found.raw)
    told = b"%d\n" % found.size + found.headers  # two large mails may have the same headers, or none
    return lookup.mac(municipality_id=municipality_id, kind="mail headers", value=told)


def _same(municipality_id: UUID, mac: bytes) -> Mail | None:
    return Mail.objects.filter(municipality_id=municipality_id, mac=mac).first()


def _store_once(found: Found, mac: bytes, *, by: Acting) -> tuple[Taken, Mail]:
    """Store; when another poller was first (the index waits for its commit), it is a duplicate."""
    try:
        with transaction.atomic():
            mail = _store(found, mac, by=by)
    except IntegrityError:
        other = _same(by.place, mac)
        if other is None:
            raise
        return Taken.DUPLICATE, other
    journal.record(by=by, act="mail.store", on="intake.Mail", ids=[mail.id])
    return Taken.STORED, mail


def _store(found: Found, mac: bytes, *, by: Acting) -> Mail:
    body = _body(found)
    key_id = keys.make(municipality_id=by.place, purpose="mail")
    blob = blobs.store(body, municipality_id=by.place, key_id=key_id)
    large = found.trouble is Trouble.TOO_LARGE
    return Mail.objects.create(
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


def places_taken(municipality_id: UUID, mailbox_key: str, refs: Sequence[str]) -> dict[str, bool]:
    """Which of these places in the box were taken before, with whether the mail was too large and stays there.

    One may be met again after a crash, before it was marked.
    """
    ours = Glimpse.objects.filter(municipality_id=municipality_id, mailbox_key=mailbox_key)
    taken: dict[str, bool] = {}
    for start in range(0, len(refs), AT_ONCE):
        some = ours.filter(ref__in=refs[start : start + AT_ONCE])
        taken.update(some.values_list("ref", "mail__too_large"))
    return taken


def raw_of(mail: Mail) -> bytes:
    """The bytes as they came (of a mail over 25 MB: its headers). Raises keys.KeyGone when forgotten."""
    return blobs.read(mail.blob_id) if mail.blob_id else b""


def sha256_of(mail: Mail) -> str:
    """The SHA-256 of the raw bytes, computed now; it stands nowhere. Empty when they are forgotten."""
    if not mail.blob_id:
        return ""
    digest = hashlib.sha256()
    for piece in blobs.pieces(mail.blob_id):
        digest.update(piece)
    return digest.hexdigest()


def listed() -> Iterator[Mail]:
    """Every mail of the entered municipality that the actor may see, oldest first (the system: all)."""
    yield from Mail.objects.order_by("came_at", "id")
