"""The monthly routine as policy (`policies/routine.toml`): its steps, its terms, and the cases to practise with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .days import is_working_day
from .policy import PolicyError, Row, Standing, rows
from .term import Term, gettext_noop
from .vocabulary import Form, Role

ARRIVES, LOOKS, WITHIN, REMINDS = "arrives", "looks", "stand_in", "reminds"
TERMS: Mapping[str, str] = {
    ARRIVES: gettext_noop("testmail hoort aan te komen"),
    LOOKS: gettext_noop("uitkijken naar een testmail"),
    WITHIN: gettext_noop("vooruitkijken naar waarneming"),
    REMINDS: gettext_noop("herinneren aan de routine"),
}


class Sees(Term):
    """What the program itself can see of a step."""

    MAILBOX = "mailbox", gettext_noop("of een testmail aankwam")
    STAND_INS = "stand_ins", gettext_noop("of iedere werkdag iemand waarneemt")
    ACCESS = "access", gettext_noop("of rollen moeten worden nagelopen")
    CALL_CARD = "call_card", gettext_noop("of de nummers zijn nagekeken")
    PRACTICE = "practice", gettext_noop("hoe ver het oefensignaal is")
    NOTHING = "nothing", gettext_noop("niets; u zegt het zelf")


@dataclass(frozen=True)
class Step:
    """One step. `roles`: for stand-ins, the roles that somebody has to hold on every working day."""

    id: str
    name: str
    why: str
    sees: Sees
    roles: tuple[Role, ...]
    standing: Standing


@dataclass(frozen=True)
class Case:
    """An invented case to practise with."""

    id: str
    what: str
    form: Form
    sector: str
    street: str
    number: str


@dataclass(frozen=True)
class Routine:
    """The whole policy; `minutes` and `days` by the names of `TERMS`."""

    steps: tuple[Step, ...]
    minutes: int
    days: Mapping[str, int]
    cases: tuple[Case, ...]

    def case_of(self, month: date) -> Case:
        """The case of a month: each in turn, so that two months in a row differ."""
        return self.cases[(month.year * 12 + month.month) % len(self.cases)]


def parse_routine(document: Mapping[str, Any]) -> Routine:
    """The policy from its document. Raises PolicyError that names row and field."""
    minutes, days = _terms(document)
    return Routine(
        steps=tuple(_step(row) for row in rows(document, "step")),
        minutes=minutes,
        days=days,
        cases=tuple(_case(row) for row in rows(document, "case")),
    )


def _step(row: Row) -> Step:
    sees, roles = row.term("sees", Sees), row.term_list("roles", Role)
    if bool(roles) is not (sees is Sees.STAND_INS):
        raise row.error("roles", "hoort bij de stap die naar waarneming kijkt, en alleen daar")
    return Step(row.name, row.text("name"), row.text("why"), sees, roles, row.standing())


def _terms(document: Mapping[str, Any]) -> tuple[int, dict[str, int]]:
    minutes, days = 0, dict[str, int]()
    for row in rows(document, "term", "duty"):
        row.standing()
        if row.name not in TERMS:
            raise row.error("duty", f"{row.name!r} is geen van: {', '.join(TERMS)}")
        if row.name == ARRIVES:
            minutes = _positive(row, "minutes")
        else:
            days[row.name] = _positive(row, "days")
    if lacking := sorted(set(TERMS) - set(days) - ({ARRIVES} if minutes else set())):
        raise PolicyError(f"er is geen [[term]] met duty {', '.join(lacking)}")
    return minutes, days


def _positive(row: Row, field: str) -> int:
    found = row.number(field)
    if found < 1:
        raise row.error(field, "moet 1 of meer zijn")
    return found


def _case(row: Row) -> Case:
    row.standing()
    return Case(
        row.name,
        row.text("what"),
        row.term("form", Form),
        row.text("sector"),
        row.text("street"),
        row.text("house_number"),
    )


@dataclass(frozen=True)
class Span:
    """Days on which somebody holds a role, both included; None: without end. `stands_in`: for a colleague."""

    begins: date
    ends: date | None
    stands_in: bool = True

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.begins <= day and (self.ends is None or day <= self.ends)


def uncovered(spans: Sequence[Span], first: date, days: int, holidays: frozenset[date]) -> list[tuple[date, date]]:
    """The working days from `first` on, for `days` days, without anybody to stand in: as runs of first and last day.

    Two who hold the role can stand in for each other. Weekends and holidays do not end a run.
    """
    runs: list[tuple[date, date]] = []
    covered = True
    for day in (first + timedelta(days=number) for number in range(days)):
        if not is_working_day(day, holidays):
            continue
        there = [span for span in spans if day in span]
        if len(there) > 1 or any(span.stands_in for span in there):
            covered = True
        elif covered:
            runs.append((day, day))
            covered = False
        else:
            runs[-1] = (runs[-1][0], day)
    return runs
