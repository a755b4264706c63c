"""The file's own timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from ..models import Signal, TimelineEntry
from ..searchable import keep_words, of_line


def tell(
    signal: Signal,
    *,
    by: Acting,
    kind: str,
    fields: tuple[str, ...] = (),
    ids: tuple[UUID, ...] = (),
    **told: Any,
) -> TimelineEntry:
    """Add a line to the timeline and tell the journal of the same act.

    `kind` is the act code ("signal.take_up"); `told` are JSON values for the sentence, kept encrypted; `ids` are
    other objects of the act beside the signal.
    """
    return tell_each(signal, [(ids, told)], by=by, kind=kind, fields=fields)[0]


def tell_each(
    signal: Signal,
    acts: Sequence[tuple[tuple[UUID, ...], Mapping[str, Any]]],
    *,
    by: Acting,
    kind: str,
    fields: tuple[str, ...] = (),
) -> list[TimelineEntry]:
    """Tell of several acts of one kind: of each the other objects and what the sentence says. One statement."""
    entries = [
        TimelineEntry(
            municipality_id=signal.municipality_id,
            key_id=signal.key_id,
            signal=signal,
            kind=kind,
            told=dict(told),
            by=by.named,
            at=by.at,
        )
        for _, told in acts
    ]
    TimelineEntry.objects.bulk_create(entries)
    keep_words(signal, *map(of_line, entries), by=by)
    for ids, _ in acts:
        journal.record(by=by, act=kind, on="route.Signal", ids=[signal.id, *ids], fields=fields)
    return entries


def looked(signal: Signal, *, by: Acting, at: str = "route.Signal", ids: tuple[Any, ...] = ()) -> None:
    """A look at the file, or at a part of it."""
    journal.record(by=by, act="look", on=at, ids=[signal.id, *ids])
