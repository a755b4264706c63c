"""What a file and its linked files know, so that a word to a reporter does not give it away."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from meldroute.domain.feedback import Known, Person
from meldroute.domain.normalise import Address
from meldroute.domain.vocabulary import SubjectKind
from meldroute.people.models import Municipality, Organisation, User

from .models import Link, Reporter, Signal, Subject

NUMBERS = ("kvk", "document")


def known_of(signal: Signal, reporter: Reporter) -> Known:
    """Everything that may not be named to `reporter`; the own name only in the salutation."""
    files = [signal.id, *_linked(signal)]
    rows = list(Subject.objects.filter(signal_id__in=files))
    people = Reporter.objects.filter(signal_id__in=files).exclude(id=reporter.id)
    place = Municipality.objects.get(id=signal.municipality_id)
    return Known(
        subjects=tuple(Person(name) for name in _told(rows, SubjectKind.PERSON, "name")),
        addresses=tuple(_address(row) for row in rows if row.told.get("street")),
        businesses=tuple(_told(rows, SubjectKind.BUSINESS, "name")),
        websites=tuple(_told(rows, SubjectKind.WEBSITE, "url")),
        phones=tuple(_told(rows, SubjectKind.PHONE, "number")),
        plates=tuple(_told(rows, SubjectKind.VEHICLE, "plate")),
        numbers=tuple(str(row.told[name]) for row in rows for name in NUMBERS if row.told.get(name)),
        colleagues=tuple(Person(name) for name in _colleagues(signal)),
        partners=tuple(Organisation.objects.values_list("name", flat=True)),
        partner_people=tuple(Person(row.name) for row in people if row.name),
        references=tuple(Signal.objects.filter(id__in=files).values_list("reference", flat=True)),
        receiver=(reporter.name,) if reporter.name else (),
        ours=tuple(text for text in (place.name, place.meldpunt_phone, place.meldpunt_mail) if text),
    )


def _linked(signal: Signal) -> set[UUID]:
    links = Link.objects.filter(ended_at__isnull=True)
    out = links.filter(signal=signal).values_list("other_id", flat=True)
    return {*out, *links.filter(other=signal).values_list("signal_id", flat=True)}


def _told(rows: Iterable[Subject], kind: SubjectKind, name: str) -> list[str]:
    return [str(row.told[name]) for row in rows if row.kind == kind and row.told.get(name)]


def _address(row: Subject) -> Address:
    told = row.told
    return Address(
        str(told.get("street", "")),
        str(told.get("house_number", "")),
        str(told.get("addition", "")),
        str(told.get("postcode", "")),
    )


def _colleagues(signal: Signal) -> list[str]:
    ids = {one for one in signal.timeline.values_list("by", flat=True) if one is not None}
    return list(User.objects.filter(id__in=ids).values_list("name", flat=True))
