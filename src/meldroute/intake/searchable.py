"""The words of a mail that became part of a signal."""

from __future__ import annotations

from collections.abc import Sequence

from meldroute.domain.searching import Field
from meldroute.journal.acting import Acting
from meldroute.route.models import Signal
from meldroute.route.searchable import keep_words
from meldroute.search.writing import Source

from .models import Mail


def of_mail(mail: Mail, reporters: Sequence[str]) -> Source:
    """Subject and text, without the names of who reported; nothing of a shielded reporter's mail, or of a copy gone."""
    if mail.protected or not mail.blob_id:
        return Source(mail.id, Field.MAIL, ())
    reading = mail.reading or {}
    names = (*reporters, str(reading.get("sender_name") or ""))
    return Source(mail.id, Field.MAIL, (mail.subject_line, str(reading.get("text") or "")), without=names)


def keep_mail(signal: Signal, mail: Mail, *, by: Acting) -> None:
    """Write the words of a mail with its signal."""
    keep_words(signal, of_mail(mail, reporters_of(signal)), by=by)


def reporters_of(signal: Signal) -> list[str]:
    """The names of who reported this signal. One statement."""
    return [row.name for row in signal.reporters.all() if row.name]
