"""The worker's scan: every kept file once through clamd; of a mail the whole and each file in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from meldroute.domain.bombs import MANY, too_much
from meldroute.domain.locked import locked
from meldroute.journal import actions as journal
from meldroute.people.unit import system
from meldroute.vault import blobs, scans
from meldroute.vault.inside import Shut, files_of, is_pdf, members_of
from meldroute.vault.models import DataKey
from meldroute.vault.scanner import Scan, Scanned, Scanner, works

from .message import read
from .message.sniff import sniff

MOST = 20
"""Files in one turn of the worker; what is left waits for the next."""
DEEPEST, MOST_OPENED = 8, 200
"""Mails and PDFs in each other, and all of them in one file: each costs a quarter of a second."""
MAIL, MAIL_FILE = "mail", "message/rfc822"


def scan_due(municipality_id: UUID, at: datetime, scanner: Scanner | None, *, most: int = MOST) -> int:
    """Scan what waits; how many were settled. Without a scanner nothing is, and files stay closed.

    When the scanner does not answer, or does not know the test file, all that waits says so and waits on.
    """
    with system(municipality_id, at):
        ids = scans.waiting(most)
    if scanner is None or not ids:
        return 0
    if not works(scanner):
        _note_unreached(municipality_id, ids, at)
        return 0
    return sum(_settled(municipality_id, blob_id, at, scanner) for blob_id in ids)


def _note_unreached(municipality_id: UUID, ids: list[UUID], at: datetime) -> None:
    with system(municipality_id, at):
        scans.settle(ids, Scanned(Scan.UNREACHED, "scanner doet het niet"), at=at)


def _settled(municipality_id: UUID, blob_id: UUID, at: datetime, scanner: Scanner) -> bool:
    """One file in a unit of work of its own; a worker killed here leaves it open."""
    with system(municipality_id, at) as by:
        blob = scans.claimed(blob_id)
        if blob is None:
            return False
        mail = DataKey.objects.filter(id=blob.key_id, purpose=MAIL).exists()
        found = Look(scanner).through(blobs.read(blob.id), mail=mail)
        scans.settle([blob_id], found, at=at)
        if found.state is Scan.UNREACHED:
            return False
        result = journal.Result.DONE if found.state is Scan.CLEAN else journal.Result.REFUSED
        journal.record(by=by, act="file.scan", on="vault.Blob", ids=[blob_id], result=result)
    return True


@dataclass
class Look:
    """At one file and at all that our own readers find in it; clamd may cut a broken mail otherwise than we do."""

    scanner: Scanner
    opened: int = 0
    """PDFs and mails so far."""

    def through(self, body: bytes, *, mail: bool = False, depth: int = 0) -> Scanned:
        """The first outcome that is not clean. Of a bomb the scanner would see the first part only, and what is locked
        it calls clean, so that we refuse those ourselves."""
        why = too_much(body) or locked(body)
        if why:
            return Scanned(Scan.UNSCANNABLE, why)
        found = self.scanner.scan(_pieces(body))
        if found.state is not Scan.CLEAN:
            return found
        outcomes = (self.through(one, depth=depth + 1) for one in self._inside(body, mail, depth))
        try:
            return next((one for one in outcomes if one.state is not Scan.CLEAN), found)
        except Shut as shut:
            return Scanned(Scan.UNSCANNABLE, str(shut))

    def _inside(self, body: bytes, mail: bool, depth: int) -> Iterator[bytes]:
        yield from members_of(body, _opens)
        mail = mail or sniff(body) == MAIL_FILE
        if not mail and not is_pdf(body):
            return
        self.opened += 1
        if self.opened > MOST_OPENED or depth >= DEEPEST:
            raise Shut(MANY)
        yield from files_of(body)
        if mail:
            yield from (part.data for part in read(body).parts)


def _opens(head: bytes) -> bool:
    """Whether what begins so is a kind that we open ourselves."""
    return is_pdf(head) or sniff(head) == MAIL_FILE


def _pieces(body: bytes) -> Iterator[bytes]:
    return (body[at : at + blobs.CHUNK] for at in range(0, len(body), blobs.CHUNK))
