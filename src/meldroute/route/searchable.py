"""What of a file can be searched, and in which part of it; each in the transaction of the act that wrote it.

Not who reported it, and not where an observation came from. Who a person is, or whose phone or car, is found by a
search for a person only: what the file hides behind a label (`HIDDEN`) is no word of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from meldroute.domain.searching import Field
from meldroute.domain.vocabulary import Category, Form, SubjectKind
from meldroute.journal.acting import Acting
from meldroute.search.writing import Source, keep

from .models import Decision, Observation, Signal, Subject, TimelineEntry

HIDDEN = frozenset({SubjectKind.PERSON, SubjectKind.PHONE, SubjectKind.VEHICLE})
"""Kinds whose identity opens with a reason only; a place or business is shown with the file."""
WHO = ("name", "phone", "mail", "plate")
WHERE = ("name", "kvk", "postcode", "town", "url", "note")


def keep_words(signal: Signal, *sources: Source, by: Acting, first: bool = False) -> None:
    """Write the words of parts of this signal; `first`: it has none yet."""
    keep(by=by, signal_id=signal.id, year=signal.year, sources=sources, first=first)


def of_signal(signal: Signal) -> Source:
    """Its number, forms and sector."""
    forms = (Form(form).label for form in signal.forms)  # as the plan calls them, whatever language the writer reads
    return Source(signal.id, Field.KIND, (signal.reference, *forms, signal.sector))


def of_observation(row: Observation) -> Source:
    """What was seen, judged or heard."""
    withheld = row.category == Category.MMA
    return Source(row.id, Field.WITHHELD if withheld else Field.OBSERVATION, (row.text,))


def of_subject(row: Subject) -> Source:
    """Who or where it is; the kind says whether that is hidden."""
    told: Mapping[str, Any] = row.told
    if SubjectKind(row.kind) in HIDDEN:
        return Source(row.id, Field.NAME, tuple(str(told[name]) for name in WHO if told.get(name)))
    address = " ".join(str(told.get(name) or "") for name in ("street", "house_number", "addition"))
    return Source(row.id, Field.PLACE, (address.strip(), *(str(told[name]) for name in WHERE if told.get(name))))


def of_line(row: TimelineEntry) -> Source:
    """The reason that a line of the timeline gives."""
    return Source(row.id, Field.NOTE, (str(row.told.get("reason") or ""),))


def of_decision(row: Decision) -> Source:
    """Why it was decided."""
    return Source(row.id, Field.NOTE, (row.reason,))


def everything(signal: Signal) -> Iterable[Source]:
    """All parts of the file as they stand. Four statements."""
    yield of_signal(signal)
    yield from (of_observation(row) for row in signal.observations.filter(corrected_by__isnull=True))
    stands = Q(valid_until__isnull=True) | Q(lookups__isnull=False)  # an earlier address still leads here
    yield from (of_subject(row) for row in signal.subjects.filter(stands).distinct())
    yield from (of_line(row) for row in signal.timeline.all())
    yield from (of_decision(row) for row in signal.decisions.all())
