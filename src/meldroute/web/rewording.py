"""Writing the words of files again: for files of before there was a search, after a better analysis, with a new key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from meldroute.intake.models import Mail
from meldroute.intake.searchable import of_mail, reporters_of
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.unit import system
from meldroute.route.models import Signal
from meldroute.route.searchable import everything
from meldroute.search import keyring
from meldroute.search.models import Token
from meldroute.search.writing import drop_all, keep
from meldroute.vault import keys

BATCH = 50
"""Signals in one transaction: a page during the work waits for none of it."""


@dataclass(frozen=True)
class Reworded:
    """How many signals were done, how many old keys were destroyed, and whether sealed words keep an old key alive."""

    signals: int
    keys: int = 0
    kept_for_sealed: bool = False


def reword(place: UUID, at: datetime, *, year: int | None = None, new_key: bool = False) -> Reworded:
    """Write the words of every ordinary signal again (of one `year`), in small batches; may be broken off and repeated.

    The system cannot read a sealed signal: its words stay as they were written. With `new_key` the words go under a new
    key of the year and the old one is destroyed, unless words of sealed signals still stand under it.
    """
    made: UUID | None = None
    if new_key and year is not None:
        with system(place, at) as by:
            made = keyring.renew(place, year, at)
            journal.record(by=by, act="search.new_key", on="search.YearKey", ids=[made])
    done = sum(_batch(place, at, ids) for ids in _ids(place, at, year))
    if made is None or year is None:
        return Reworded(done)
    with system(place, at) as by:
        sealed = Token.objects.exclude(signal_id__in=Signal.objects.values("id")).exists()
        gone = 0 if sealed else keyring.retire(place, year, at, but=made)
        journal.record(by=by, act="search.old_keys", on="search.YearKey", ids=[made])
    return Reworded(done, gone, sealed)


def _ids(place: UUID, at: datetime, year: int | None) -> Iterator[list[UUID]]:
    last: UUID | None = None
    while True:
        with system(place, at):
            wanted = Q() if year is None else Q(year=year)
            later = Q() if last is None else Q(id__gt=last)
            ids = list(Signal.objects.filter(wanted, later).order_by("id").values_list("id", flat=True)[:BATCH])
        if not ids:
            return
        yield ids
        last = ids[-1]


def _batch(place: UUID, at: datetime, ids: list[UUID]) -> int:
    with system(place, at) as by:
        signals = list(Signal.objects.filter(id__in=ids))
        keys.preload(signal.key_id for signal in signals)
        for signal in signals:
            _again(signal, by)
        journal.record(by=by, act="search.reword", on="route.Signal", ids=[signal.id for signal in signals])
    return len(signals)


def _again(signal: Signal, by: Acting) -> None:
    """One signal: everything it says, and its mails."""
    mails = list(Mail.objects.filter(signal_id=signal.id))
    reporters = reporters_of(signal)
    sources = [*everything(signal), *(of_mail(mail, reporters) for mail in mails)]
    drop_all(signal.id)
    keep(by=by, signal_id=signal.id, year=signal.year, sources=sources)
