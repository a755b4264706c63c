"""What the file page shows of a signal, in words: observations, who and where, coded parts, who may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldroute.domain.roles import Scope, scope_of
from meldroute.domain.term import gettext_noop
from meldroute.domain.vocabulary import (
    Capacity,
    Category,
    Confidence,
    Recipient,
    Role,
    SubjectKind,
    SubjectRole,
    Truth,
)
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.sharing.models import Disclosure, Release

from .actions import access
from .actions.elements import CODES, means_needed
from .models import Access, Element, Lookup, Observation, Signal, Subject
from .searchable import HIDDEN
from .titles import kind_of, outcome_of
from .visible import files

PARTS = ("act", "means", "aim")


@dataclass(frozen=True)
class Link:
    """Somewhere to go."""

    label: str
    url: str


@dataclass(frozen=True)
class Fact:
    """An observation as the page shows it."""

    id: UUID
    kind: str
    text: str
    meta: tuple[str, ...]
    person: str = ""
    links: tuple[Link, ...] = ()
    why: str = ""


@dataclass
class Facts:
    """The observations of a file: those that stand, those past their day, and those that were corrected."""

    standing: list[Fact] = field(default_factory=list)
    expired: list[Fact] = field(default_factory=list)
    corrected: list[Fact] = field(default_factory=list)


def facts_of(signal: Signal, by: Acting, *, works: bool) -> Facts:
    """Every observation that `by` may see, in its place. Four statements."""
    rows = list(signal.observations.select_related("subject"))
    rows = [row for row in rows if may_read(row, by)]
    replaced = {row.corrects_id: row for row in rows if row.corrects_id}
    shared = shared_with(signal, by)
    found = Facts()
    for row in rows:
        newer = replaced.get(row.id)
        over = bool(row.expires_on and row.expires_on <= by.today)
        fact = _fact(row, by.today, shared.get(row.id, set()), newer, works=works)
        (found.corrected if newer else found.expired if over else found.standing).append(fact)
    return found


def may_read(row: Observation, by: Acting) -> bool:
    """A message of Meld Misdaad Anoniem is for the meldpunt only (domain rules §4)."""
    return row.category != Category.MMA or by.is_any(Role.MELDPUNT, Role.INTEGRITY)


def shared_with(signal: Signal, by: Acting) -> dict[UUID, set[str]]:
    """Who may see or received each observation, in words. Two statements."""
    found: dict[UUID, set[str]] = {}
    released = Release.objects.filter(signal_id=signal.id, withdrawn_at__isnull=True, until__gt=by.at)
    for one, recipient in released.values_list("observation_id", "recipient"):
        found.setdefault(one, set()).add(_(Recipient(recipient).label))
    sent = Disclosure.objects.filter(signal_id=signal.id).values_list("observation_ids", "recipient")
    for ids, recipient in sent:
        for one in ids:
            found.setdefault(one, set()).add(_(Recipient(recipient).label))
    return found


def _fact(row: Observation, today: date, shared: set[str], newer: Observation | None, *, works: bool) -> Fact:
    about = row.subject
    person = about.label if about and SubjectKind(about.kind) in HIDDEN else ""
    return Fact(
        row.id,
        Truth(row.truth).label,
        row.text,
        tuple(_meta(row, today, shared)),
        person,
        tuple(_links(row, corrected=newer is not None)) if works else (),
        newer.why_corrected if newer else "",
    )


def _meta(row: Observation, today: date, shared: set[str]) -> Iterable[str]:
    yield date_format(row.observed_on, _("j b")) if row.observed_on else _("dag onbekend")
    yield row.source or _("bron niet genoemd")
    if row.capacity == Capacity.INVESTIGATOR:
        yield _(Capacity(row.capacity).label)
    yield _(Confidence(row.confidence).label) if row.confidence != Confidence.UNKNOWN else _("zekerheid niet bekend")
    if row.subject and SubjectKind(row.subject.kind) not in HIDDEN:
        yield row.subject.label
    if shared:
        yield _("gedeeld: %(who)s") % {"who": ", ".join(sorted(shared))}
    else:
        yield _("delen: nog niet getoetst")
    if row.expires_on:
        told = {"day": date_format(row.expires_on, _("j b"))}
        yield (_("vervallen op %(day)s") if row.expires_on <= today else _("vervalt %(day)s")) % told


def _links(row: Observation, *, corrected: bool) -> Iterable[Link]:
    ids = [row.signal_id, row.id]
    if corrected:
        yield Link(_("Wie kreeg de oude?"), reverse("route:recall", args=ids))
    else:
        yield Link(_("Verbeteren"), reverse("route:observation-correct", args=ids))


@dataclass(frozen=True)
class Who:
    """A subject as the page shows it; `shown` is empty while the identity needs a reason."""

    id: UUID
    kind: str
    label: str
    shown: str
    about: str
    hidden: bool
    earlier: int
    same: str


SAME: Mapping[SubjectKind, str] = {
    SubjectKind.ADDRESS: gettext_noop("zelfde adres en huisnummer"),
    SubjectKind.BUSINESS: gettext_noop("zelfde bedrijf of adres"),
    SubjectKind.VEHICLE: gettext_noop("zelfde kenteken"),
    SubjectKind.PHONE: gettext_noop("zelfde nummer"),
    SubjectKind.WEBSITE: gettext_noop("zelfde website"),
    SubjectKind.PERSON: gettext_noop("zelfde telefoon of mailadres"),
}


def subjects_of(signal: Signal, by: Acting) -> list[Who]:
    """The subjects that are valid now, places first. Three statements."""
    rows = list(signal.subjects.filter(valid_until__isnull=True).order_by("at"))
    before = earlier_counts(signal, by)
    shown = [_who(row, before.get(row.id, 0)) for row in rows]
    return sorted(shown, key=lambda who: who.hidden)


def earlier_counts(signal: Signal, by: Acting) -> dict[UUID, int]:
    """How many other signals that `by` may see share something with each subject. Two statements."""
    own = {bytes(mac): subject for mac, subject in _macs(signal)}
    others = Lookup.objects.filter(mac__in=list(own), signal__in=files(by)).exclude(signal=signal)
    found: dict[UUID, set[UUID]] = {}
    for mac, other in others.values_list("mac", "signal_id"):
        found.setdefault(own[bytes(mac)], set()).add(other)
    return {subject: len(ids) for subject, ids in found.items()}


def _macs(signal: Signal) -> list[tuple[Any, UUID]]:
    rows = Lookup.objects.filter(signal=signal, subject__isnull=False)
    return [(mac, subject) for mac, subject in rows.values_list("mac", "subject_id") if subject]


def _who(row: Subject, earlier: int) -> Who:
    kind = SubjectKind(row.kind)
    about = [_(SubjectRole(row.role).label)]
    if kind not in (SubjectKind.ADDRESS, SubjectKind.PERSON):
        about.append(_(kind.label))
    if row.minor:
        about.append(_("mogelijk jonger dan 18"))
    hidden = kind in HIDDEN
    if not hidden and row.told.get("note"):
        about.append(row.told["note"])
    return Who(
        row.id,
        kind.value,
        row.label,
        "" if hidden else in_words(row),
        " · ".join(about),
        hidden,
        earlier,
        _(SAME[kind]),
    )


def in_words(row: Subject) -> str:
    """An identity in one line, for kinds that are shown with the file: "Voorbeeldstraat 1 A, Heemstede"."""
    told = row.told
    street = " ".join(told[name] for name in ("street", "house_number", "addition") if told.get(name))
    parts = [told.get("name", ""), told.get("url", ""), street, told.get("postcode", ""), told.get("town", "")]
    return ", ".join(part for part in parts if part) or row.label


@dataclass(frozen=True)
class Part:
    """Act, means or aim: what was coded, and what to say when nothing was."""

    label: str
    elements: tuple[Element, ...]
    empty: str


def parts_of(signal: Signal) -> list[Part]:
    """The coded parts of the offence, each apart. One statement."""
    rows = list(signal.elements.filter(ended_at__isnull=True).order_by("at"))
    for row in rows:
        row.word = _(CODES[row.part](row.code).label)  # type: ignore[attr-defined]
    names = {"act": _("Handeling"), "means": _("Middel"), "aim": _("Doel")}
    return [Part(names[part], tuple(r for r in rows if r.part == part), _empty(signal, part)) for part in PARTS]


def _empty(signal: Signal, part: str) -> str:
    if part == "means" and not means_needed(signal):
        return _("Niet nodig: het mogelijke slachtoffer is minderjarig (art. 273f Sr).")
    return _("nog niet bekend")


@dataclass(frozen=True)
class Reader:
    """Somebody who may see the file, or could."""

    access: Access | None
    name: str
    why: str
    live: bool


def readers_of(signal: Signal, by: Acting, names: Mapping[str, str]) -> list[Reader]:
    """Who may see this file now and who could before; the meldpunt by its role. Two statements with the names."""
    rows = access.readers(signal)
    by_role = [] if signal.sealed else [Reader(None, name, _("meldpunt"), True) for name in role_names(signal, by)]
    own = [Reader(row, names.get(str(row.user_id), "?"), row.why, access.is_live(row, by.at)) for row in rows]
    return [*by_role, *own]


def role_names(signal: Signal, by: Acting) -> list[str]:
    """Those who see every ordinary signal here by their role."""
    found = places.members(signal.municipality_id, Role.MELDPUNT, today=by.today)
    return list(found.values_list("name", flat=True))


def how_many(signal: Signal, by: Acting) -> int:
    """How many people may see this file now. Two statements."""
    own = {row.user_id for row in access.readers(signal) if access.is_live(row, by.at)}
    if signal.sealed:
        return len(own)
    by_role = places.members(signal.municipality_id, Role.MELDPUNT, today=by.today)
    return len(own | set(by_role.values_list("id", flat=True)))


def access_words(signal: Signal, by: Acting) -> str:
    """ "4 mensen hebben toegang"."""
    count = how_many(signal, by)
    return ngettext("%(count)d mens heeft toegang", "%(count)d mensen hebben toegang", count) % {"count": count}


def until_words(signal: Signal, by: Acting) -> str:
    """For who has temporary access: until when; empty for who sees it by role or without end."""
    if scope_of(by.roles) is Scope.ALL and not signal.sealed:
        return ""
    rows = (row.until for row in access.readers(signal) if row.user_id == by.user_id and access.is_live(row, by.at))
    until = next((moment for moment in rows if moment), None)
    if until is None:
        return ""
    return _("uw toegang eindigt %(when)s") % {"when": date_format(timezone.localtime(until), _("j b H:i"))}


@dataclass(frozen=True)
class Earlier:
    """An earlier signal about the same: number, year and outcome, no more (domain rules §2)."""

    id: UUID
    reference: str
    year: int
    outcome: str


def earlier_of(signals: Iterable[Signal]) -> list[Earlier]:
    """Only what may be shown without a reason."""
    return [Earlier(row.id, row.reference, row.year, outcome_of(row)) for row in signals]


@dataclass(frozen=True)
class Linked:
    """A linked signal, and the link to undo."""

    link_id: UUID
    signal_id: UUID
    reference: str
    kind: str
    reason: str
    own: bool


def links_of(signal: Signal, by: Acting) -> list[Linked]:
    """The signals linked to this one that `by` may see. Two statements."""
    seen = files(by)
    ours = signal.links.filter(ended_at__isnull=True, other__in=seen).select_related("other")
    theirs = signal.linked_from.filter(ended_at__isnull=True, signal__in=seen).select_related("signal")
    found = [(row, row.other, True) for row in ours] + [(row, row.signal, False) for row in theirs]
    return [Linked(row.id, s.id, s.reference, kind_of(s), row.reason, own) for row, s, own in found]
