"""The worker's scan: every kept file once through clamd; of a mail the whole and each file in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from meldroute.domain.bombs import too_much
from meldroute.journal import actions as journal
from meldroute.people.unit import system
from meldroute.vault import blobs, scans
from meldroute.vault.models import Blob, DataKey
from meldroute.vault.scanner import Scan, Scanned, Scanner, works

from .message import read

MOST = 20
"""Files in one turn of the worker; what is left waits for the next."""
MAIL = "mail"


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
        found = _worst(blob, scanner)
        scans.settle([blob_id], found, at=at)
        if found.state is Scan.UNREACHED:
            return False
        result = journal.Result.DONE if found.state is Scan.CLEAN else journal.Result.REFUSED
        journal.record(by=by, act="file.scan", on="vault.Blob", ids=[blob_id], result=result)
    return True


def _worst(blob: Blob, scanner: Scanner) -> Scanned:
    """The first outcome that is not clean, of the file and of what our own reader finds in a mail: clamd may cut a
    broken mail otherwise than we do. Of a bomb it would see the first part only, so that we refuse those ourselves."""
    for body in _files(blob):
        why = too_much(body)
        found = Scanned(Scan.UNSCANNABLE, why) if why else scanner.scan(_pieces(body))
        if found.state is not Scan.CLEAN:
            return found
    return Scanned(Scan.CLEAN)


def _files(blob: Blob) -> Iterator[bytes]:
    body = blobs.read(blob.id)
    yield body
    if DataKey.objects.filter(id=blob.key_id, purpose=MAIL).exists():
        yield from (part.data for part in read(body).parts)


def _pieces(body: bytes) -> Iterator[bytes]:
    return (body[at : at + blobs.CHUNK] for at in range(0, len(body), blobs.CHUNK))
