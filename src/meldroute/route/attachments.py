"""The files of a signal as its page lists them: what each is, and whether it may be downloaded yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from meldroute.domain.filetype import word_for
from meldroute.vault import scans
from meldroute.vault.scanner import Scan

from .models import Attachment, Signal


@dataclass(frozen=True)
class Shown:
    """One file."""

    row: Attachment
    word: str
    leaves: bool
    scan: str
    why: str


def attachments_of(signal: Signal) -> list[Shown]:
    """The files of the signal, the oldest first. Two statements."""
    rows = list(signal.attachments.order_by("at"))
    states = scans.states(row.blob_id for row in rows) if rows else {}
    return [_shown(row, states.get(row.blob_id, Scan.WAITING)) for row in rows]


def _shown(row: Attachment, state: Scan) -> Shown:
    told = scans.told(state)
    return Shown(row, _(word_for(row.content_type)), told.leaves, _(told.word), _(told.why) if told.why else "")
