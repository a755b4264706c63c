"""Files with a signal: kept encrypted, typed by their content, given back as a download only."""

from __future__ import annotations

import hashlib

from meldroute.domain.filetype import type_of
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, yes
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.vault import blobs, scans

from ..models import Attachment, Signal
from ..visible import must_work, require
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
        by=by.user_id,
        at=by.at,
    )


def fetch(*, by: Acting, attachment: Attachment) -> bytes:
    """The bytes, for a download that the journal knows of. Raises Refused as long as it was not scanned."""
    require(scans.may_leave(attachment.blob_id))
    journal.record(
        by=by, act="look", on="route.Attachment", ids=[attachment.signal_id, attachment.id], fields=["blob_id"]
    )
    return blobs.read(attachment.blob_id)


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
