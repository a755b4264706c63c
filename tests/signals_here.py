"""Signals to try things on."""

from __future__ import annotations

from typing import Any

from meldroute.domain.observing import Statement
from meldroute.domain.vocabulary import (
    Category,
    Channel,
    Confidence,
    Form,
    SourceKind,
    State,
    SubjectKind,
    SubjectRole,
    Truth,
)
from meldroute.journal.acting import Acting
from meldroute.route.actions import facts, opening, subjects
from meldroute.route.models import Observation, Reporter, Signal, Subject

PLACE = {"street": "Voorbeeldstraat", "house_number": "1", "postcode": "2101 AB", "town": "Heemstede"}
CANARY = "Kanariegeel Testpersoon"


def opened(by: Acting, **other: Any) -> Signal:
    """A signal at the meldpunt."""
    told: dict[str, Any] = {
        "source_kind": SourceKind.ENFORCEMENT,
        "channel": Channel.INTERNAL_FORM,
        "received_at": by.at,
        "state": State.REGISTERED,
        "forms": [Form.LABOUR],
        "sector": "horeca",
    }
    return opening.open_signal(by=by, **(told | other))


def statement(**other: Any) -> Statement:
    """A fact that may be noted."""
    told: dict[str, Any] = {
        "truth": Truth.FACT,
        "text": "Vier matrassen in de ruimte boven de keuken",
        "category": Category.NARRATIVE,
        "source": "toezichthouder, zelf gezien",
        "confidence": Confidence.SURE,
    }
    return Statement(**(told | other))


def noted(by: Acting, signal: Signal, **other: Any) -> Observation:
    """An observation in the file."""
    return facts.observe(by=by, signal=signal, statement=statement(**other))


def person(by: Acting, signal: Signal, **other: Any) -> Subject:
    """A possible victim with a name."""
    told: dict[str, Any] = {
        "kind": SubjectKind.PERSON,
        "role": SubjectRole.POSSIBLE_VICTIM,
        "told": {"name": CANARY, "born": "1 februari 1998"},
    }
    return subjects.add_subject(by=by, signal=signal, **(told | other))


def place(by: Acting, signal: Signal, **other: Any) -> Subject:
    """An address."""
    told = PLACE | other
    return subjects.add_subject(by=by, signal=signal, kind=SubjectKind.ADDRESS, role=SubjectRole.PLACE, told=told)


def reporter(by: Acting, signal: Signal, **other: Any) -> Reporter:
    """Who reported it."""
    told: dict[str, Any] = {"source_kind": SourceKind.ENFORCEMENT, "name": "Kees Jansen", "mail": "kees@oefen.example"}
    return Reporter.objects.create(
        municipality_id=signal.municipality_id, key_id=signal.key_id, signal=signal, at=by.at, **(told | other)
    )
