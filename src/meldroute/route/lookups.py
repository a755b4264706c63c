"""Keyed look-ups: what makes two subjects the same thing without making either readable.

An address counts with its unit, so that a flat building is not one address (domain rules §2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from meldroute.domain import normalise
from meldroute.domain.vocabulary import SubjectKind
from meldroute.vault import lookup

from .models import Lookup, Signal, Subject

Told = Mapping[str, Any]
FIELDS: Mapping[SubjectKind, tuple[str, ...]] = {
    SubjectKind.PERSON: ("name", "born", "phone", "mail", "note"),
    SubjectKind.ADDRESS: ("street", "house_number", "addition", "postcode", "town", "note"),
    SubjectKind.BUSINESS: ("name", "kvk", "street", "house_number", "addition", "postcode", "town", "note"),
    SubjectKind.VEHICLE: ("plate", "note"),
    SubjectKind.PHONE: ("phone", "note"),
    SubjectKind.WEBSITE: ("url", "note"),
}
"""The fields of the identity per kind. There is no field for origin or nationality, on purpose."""


def values(told: Told) -> Iterator[tuple[str, str]]:
    """Pairs (kind, normalised value) of everything in an identity that can be the same elsewhere."""
    yield from _addresses(told)
    phone = normalise.phone(_text(told, "phone"))
    if phone:
        yield "phone", phone
    plate = normalise.plate(_text(told, "plate"))
    if plate:
        yield "plate", plate
    if _text(told, "url"):
        yield "website", normalise.host(_text(told, "url"))
    if "@" in _text(told, "mail"):
        yield "mail", _text(told, "mail").casefold()
    if normalise.is_kvk(_text(told, "kvk")):
        yield "kvk", _text(told, "kvk")


def _addresses(told: Told) -> Iterator[tuple[str, str]]:
    number = _text(told, "house_number")
    if not number:
        return
    addition, town = _text(told, "addition"), _text(told, "town")
    if normalise.postcode(_text(told, "postcode")):
        by_postcode = normalise.Address("", number, addition, _text(told, "postcode"))
        yield "address", normalise.address_key(by_postcode)
    if _text(told, "street"):
        by_street = normalise.Address(_text(told, "street"), number, addition)
        yield "address", f"{normalise.key(town)}|{normalise.address_key(by_street)}"


def _text(told: Told, name: str) -> str:
    return str(told.get(name) or "").strip()


def enter(signal: Signal, *subjects: Subject) -> None:
    """Keep the look-ups of subjects. One statement."""
    Lookup.objects.bulk_create(
        Lookup(
            municipality_id=signal.municipality_id,
            signal=signal,
            subject=subject,
            kind=kind,
            mac=lookup.mac(municipality_id=signal.municipality_id, kind=kind, value=value),
        )
        for subject in subjects
        for kind, value in dict.fromkeys(values(subject.told))
    )


def forget(subject: Subject) -> None:
    """Drop the look-ups of a subject that turned out wrong."""
    Lookup.objects.filter(subject=subject).delete()
