"""Files with a signal: kept encrypted, typed by their content, given back as a download only."""

from __future__ import annotations

import hashlib

from meldroute.domain.filetype import type_of
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, require, yes
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.vault import blobs, copies, scans

from ..models import Attachment, Signal
from ..visible import must_work
from .timeline import tell

LARGEST = 25 * 1024 * 1024
"""Bytes; as for a mail (decisions.md, mail in)."""


def attach(*, by: Acting, signal: Signal, name: str, body: bytes) -> Attachment:
    """Keep a file with the signal. Raises Refused."""
    must_work(signal, by)
    require(_may_be(body))
    made = keep(by=by, signal=signal, name=name, body=body, content_type=type_of(body))
    tell(signal, by=by, kind="attachment.add", ids=(made.id,), name=made.name)
    return made


def keep(*, by: Acting, signal: Signal, name: str, body: bytes, content_type: str) -> Attachment:
    """The row and its bytes, for whoever asked who may (a mail that is registered)."""
    blob = blobs.store(body, municipality_id=signal.municipality_id, key_id=signal.key_id)
    return Attachment.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        blob_id=blob.id,
        name=clean_name(name),
        content_type=content_type,
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        by=by.named,
        at=by.at,
    )


def fetch(*, by: Acting, attachment: Attachment) -> bytes:
    """A copy without hidden data of its maker, for a download that the journal knows of.

    Raises Refused as long as the file was not scanned, and when such a copy cannot be made.
    """
    require(scans.may_leave(attachment.blob_id))
    copy = copies.bare_copy(blobs.read(attachment.blob_id))
    _looked(attachment, by=by, fields=["copy"])
    return copy


def fetch_original(*, by: Acting, attachment: Attachment) -> bytes:
    """The bytes as they came, for whoever works in the file: the place of a photo can matter. Raises Refused."""
    must_work(attachment.signal, by)
    require(scans.may_leave(attachment.blob_id))
    _looked(attachment, by=by, fields=["blob_id"])
    return blobs.read(attachment.blob_id)


def _looked(attachment: Attachment, *, by: Acting, fields: list[str]) -> None:
    journal.record(by=by, act="look", on="route.Attachment", ids=[attachment.signal_id, attachment.id], fields=fields)


def clean_name(name: str) -> str:
    """A file name without folders and control characters, at most 120 long."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in bare if char.isprintable()).strip(". ")[-120:] or "bijlage"


def _may_be(body: bytes) -> Verdict:
    if not body:
        return no(gettext_noop("Het bestand is leeg."), "decisions.md", "attachment.empty")
    if len(body) > LARGEST:
        return no(gettext_noop("Het bestand is groter dan 25 MB."), "decisions.md", "attachment.large")
    return yes()
