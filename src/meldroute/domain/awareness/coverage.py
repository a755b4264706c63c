"""Who was reached in a year: per team or organisation what it took part in. People are never added up.

Somebody who came twice stands in both numbers, so a sum would count that person twice; what is certain is that at
least as many different people came as in the fullest of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from meldroute.domain.term import Term, gettext_noop

from .activities import GATHERINGS, ActivityKind, ActivityState, GroupKind


class Reached(Term):
    """How far a team or organisation came."""

    TOOK_PART = "took_part", gettext_noop("deed mee")
    APPROACHED = "approached", gettext_noop("wel benaderd, deed niet mee")
    NOT = "not", gettext_noop("niet bereikt")


@dataclass(frozen=True)
class Told:
    """One activity for one group; `people` None: nobody was counted."""

    group: str
    activity: str
    kind: ActivityKind
    state: ActivityState
    title: str
    on: date
    people: int | None


@dataclass(frozen=True)
class People:
    """A number of people as it is shown: `few` is "fewer than the smallest", without saying how many."""

    number: int | None
    few: bool = False


@dataclass(frozen=True)
class Part:
    """What one group took part in, or was told of."""

    told: Told
    people: People


@dataclass(frozen=True)
class Line:
    """One team or organisation in one year. `at_least`: so many different people took part, or more."""

    group: str
    name: str
    kind: GroupKind
    reached: Reached
    parts: tuple[Part, ...]
    calls: int
    at_least: People


@dataclass(frozen=True)
class Aim:
    """A team or organisation that is to be reached."""

    group: str
    name: str
    kind: GroupKind


def coverage(aims: Sequence[Aim], told: Iterable[Told], *, smallest: int) -> tuple[Line, ...]:
    """A line per aim, in their order; numbers under `smallest` (0: everything is shown) become "few"."""
    rows = [one for one in told if one.state is not ActivityState.CANCELLED]
    return tuple(
        _line(aim, sorted((one for one in rows if one.group == aim.group), key=_order), smallest) for aim in aims
    )


def shown(people: int | None, smallest: int) -> People:
    """A number for who may not see small ones; zero stays zero."""
    return People(None, few=True) if people is not None and 0 < people < smallest else People(people)


def _order(one: Told) -> tuple[date, str]:
    return one.on, one.activity


def _line(aim: Aim, rows: list[Told], smallest: int) -> Line:
    there = [one for one in rows if one.state is ActivityState.HELD and one.kind in GATHERINGS and one.people]
    calls = sum(one.kind is ActivityKind.SPARRING for one in rows)
    most = max((one.people or 0 for one in there), default=0)
    return Line(
        group=aim.group,
        name=aim.name,
        kind=aim.kind,
        reached=Reached.TOOK_PART if there else Reached.APPROACHED if rows else Reached.NOT,
        parts=tuple(Part(one, shown(one.people, smallest)) for one in rows if one.kind is not ActivityKind.SPARRING),
        calls=calls,
        at_least=shown(most, smallest),
    )
