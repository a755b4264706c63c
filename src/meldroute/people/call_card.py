"""The card "Wie bel ik nu": who can be called, when, and who looked last whether it is right (domain rules §10)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from meldroute.domain import opening_hours
from meldroute.domain.call_card import Line, parse_days, parse_lines
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, Verdict, no, require, yes
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from .models import CallLine, Municipality, User

MAY_KEEP = (Role.MELDPUNT, Role.ADMINISTRATOR)
FIELDS = ("name", "number", "hours", "what_for", "source", "position")
ON = "people.CallLine"
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Shown:
    """A line of the card; `now` is None where the hours are not known."""

    row: CallLine
    now: opening_hours.Now | None


@dataclass(frozen=True)
class Card:
    """What one can call now, what may be open, what is closed, and what still has no number."""

    open: tuple[Shown, ...]
    unknown: tuple[Shown, ...]
    closed: tuple[Shown, ...]
    empty: tuple[CallLine, ...]


@dataclass(frozen=True)
class Looked:
    """A line with who looked at it last, and whether that is too long ago."""

    row: CallLine
    by: str
    overdue: bool


@lru_cache(maxsize=4)
def _document(folder: Path) -> Mapping[str, Any]:
    return tomllib.loads((folder / "call-card.toml").read_text(encoding="utf-8"))


def proposal() -> tuple[Line, ...]:
    """The lines that are shipped."""
    return parse_lines(_document(settings.MELDROUTE_POLICIES))


def lines(by: Acting) -> QuerySet[CallLine]:
    """The lines of the active municipality, in the order of the card."""
    return CallLine.objects.filter(municipality_id=by.place, ended_on__isnull=True)


def card(by: Acting, holidays: frozenset[date]) -> Card:
    """The card as it is at the moment of `by`."""
    rows = list(lines(by))
    shown = [Shown(row, _now(row, by, holidays)) for row in rows if row.number]
    return Card(
        open=tuple(one for one in shown if one.now and one.now.is_open),
        unknown=tuple(one for one in shown if one.now is None),
        closed=tuple(one for one in shown if one.now and not one.now.is_open),
        empty=tuple(row for row in rows if not row.number),
    )


def _now(row: CallLine, by: Acting, holidays: frozenset[date]) -> opening_hours.Now | None:
    hours = opening_hours.parse(row.hours)
    return opening_hours.now(hours, by.at, holidays) if hours else None


def overdue(by: Acting) -> int:
    """How many lines nobody looked at for longer than the policy says."""
    return lines(by).filter(Q(checked_on__isnull=True) | Q(checked_on__lt=_since(by))).count()


def looked(by: Acting) -> tuple[Looked, ...]:
    """Every line with who looked at it last; what is overdue first."""
    rows = list(lines(by))
    names = dict(User.objects.filter(id__in=[row.checked_by for row in rows]).values_list("id", "name"))
    since = _since(by)
    found = [
        Looked(row, names.get(row.checked_by or NOBODY, ""), row.checked_on is None or row.checked_on < since)
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: not one.overdue))


def _since(by: Acting) -> date:
    return by.today - timedelta(days=parse_days(_document(settings.MELDROUTE_POLICIES)))


def propose(*, by: Acting, own: Mapping[str, Mapping[str, str]] | None = None) -> list[CallLine]:
    """Begin with the lines that are shipped, with `own` fields by the id of a line. Raises Refused when some are there.

    The system does so when a municipality is set up; later the meldpunt or the administrator can.
    """
    if by.user_id is not None:
        require(_may(by))
    place = Municipality.objects.select_for_update().get(id=by.place)  # two clicks at once: the second is refused
    if lines(by).exists():
        raise Refused(no(gettext_noop("De kaart is al ingevuld."), "domain rules §10", "call.filled", MAY_KEEP))
    made = CallLine.objects.bulk_create(
        _proposed(by, number, line, place.meldpunt_phone, (own or {}).get(line.id, {}))
        for number, line in enumerate(proposal(), start=1)
    )
    journal.record(by=by, act="call.propose", on=ON, ids=[row.id for row in made])
    return made


def _proposed(by: Acting, position: int, line: Line, phone: str, own: Mapping[str, str]) -> CallLine:
    return CallLine(
        municipality_id=by.place,
        position=position,
        name=line.name,
        number=own.get("number") or (phone if line.own else line.number),
        hours=own.get("hours") or line.hours,
        what_for=line.what_for,
        source=own.get("source") or line.standing.source,
    )


def add(*, by: Acting, told: Mapping[str, Any]) -> CallLine:
    """A new line; the fields of `FIELDS`. Who writes it down has looked. Raises Refused."""
    require(_may(by))
    row = CallLine(municipality_id=by.place, checked_on=by.today, checked_by=by.person)
    _take(row, told)
    row.save(force_insert=True)
    journal.record(by=by, act="call.add", on=ON, ids=[row.id])
    return row


def change(*, by: Acting, line: CallLine, told: Mapping[str, Any]) -> None:
    """New details of a line. Who writes them down has looked. Raises Refused."""
    require(_may(by))
    changed = _take(line, told)
    line.version += 1
    line.checked_on, line.checked_by = by.today, by.person
    line.save()
    journal.record(by=by, act="call.change", on=ON, ids=[line.id], fields=changed)


def end(*, by: Acting, line: CallLine) -> None:
    """Take a line off the card. Raises Refused."""
    require(_may(by))
    line.ended_on = by.today
    line.version += 1
    line.save(update_fields=["ended_on", "version"])
    journal.record(by=by, act="call.end", on=ON, ids=[line.id])


def check(*, by: Acting, seen: Sequence[tuple[UUID, int]]) -> list[UUID]:
    """Note that `by` looked at these lines today and found them right; `seen` is id and version as it was shown.

    Gives the ids that were noted: a line that somebody changed meanwhile is left for a new look. Raises Refused.
    """
    require(_may(by))
    noted = [line_id for line_id, version in seen if _noted(by, line_id, version)]
    journal.record(by=by, act="call.check", on=ON, ids=noted)
    return noted


def _noted(by: Acting, line_id: UUID, version: int) -> bool:
    found = lines(by).filter(id=line_id, version=version)
    return bool(found.update(checked_on=by.today, checked_by=by.person))


def _take(row: CallLine, told: Mapping[str, Any]) -> list[str]:
    changed: Iterable[str] = [name for name in FIELDS if getattr(row, name) != told[name]]
    for name in changed:
        setattr(row, name, told[name])
    return list(changed)


def _may(by: Acting) -> Verdict:
    if by.is_any(*MAY_KEEP):
        return yes()
    told = gettext_noop("Het meldpunt en de beheerder houden deze kaart bij.")
    return no(told, "domain rules §10", "call.role", MAY_KEEP)
