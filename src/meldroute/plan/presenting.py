"""The plan as a grid of quarters, and what is asked of somebody now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from meldroute.domain import days
from meldroute.domain.cadence import Period, Unit, period_of
from meldroute.domain.plan.keeping import Mark, Tally
from meldroute.domain.term import gettext_noop

from .models import Action, Plan
from .reading import Cell, Line, kept

SIGNS = {
    Mark.DONE: "gedaan",
    Mark.DONE_LATE: "te laat gedaan",
    Mark.LATE: "te laat",
    Mark.SKIPPED: "overgeslagen",
    Mark.UNDER_WAY: "bezig",
    Mark.PLANNED: "gepland",
    Mark.BEFORE_ADOPTION: "voor vaststelling",
    Mark.UNRECORDED: "niet vastgelegd",
}
"""The mark on the screen (components/mark.html)."""
GRAVEST = (Mark.LATE, Mark.UNRECORDED, Mark.UNDER_WAY, Mark.PLANNED, Mark.DONE_LATE, Mark.SKIPPED, Mark.DONE)
OUTSIDE = gettext_noop("Afspraken buiten de acties")
OPEN = (Mark.LATE, Mark.UNDER_WAY, Mark.PLANNED)
RECENT, AHEAD = 160, 130
"""Days back and ahead that a narrow screen shows of the grid: three or four quarters."""
FEW = 2
"""As many marks as fit in one quarter of the grid; more are counted."""


@dataclass(frozen=True)
class Marked:
    """One mark to show: `text` is what is read aloud."""

    sign: str
    key: str
    occurrence_id: UUID
    offered: bool


@dataclass(frozen=True)
class Quarter:
    """What falls due in a quarter: each mark, or a count when there are many (`done` of `whole`, gravest mark).

    `old`: left out on a narrow screen.
    """

    key: str
    now: bool
    old: bool
    marks: tuple[Marked, ...] = ()
    done: int = 0
    whole: int = 0
    sign: str = ""


@dataclass(frozen=True)
class Row:
    """An action in the grid."""

    action: Action
    quarters: tuple[Quarter, ...]


@dataclass(frozen=True)
class Group:
    """A pillar with its rows and what was kept of it in the period asked."""

    number: int
    name: str
    rows: tuple[Row, ...]
    tally: Tally

    @property
    def share(self) -> int:
        """Percent kept of what could be kept; 0 when nothing fell due."""
        return round(100 * self.tally.kept / self.tally.due) if self.tally.due else 0


def quarters(plan: Plan) -> tuple[Period, ...]:
    """The quarters of the plan, first to last."""
    found, day = [], plan.begins
    while day <= plan.ends:
        found.append(period_of(day, Unit.QUARTER))
        day = found[-1].due + timedelta(days=1)
    return tuple(found)


def short(quarter: Period) -> str:
    """`24-2`, as a column of the grid."""
    return f"{quarter.key[2:4]}-{quarter.key[-1]}"


def is_old(quarter: Period, today: date) -> bool:
    """Whether a telephone leaves this quarter out: it ended more than three quarters ago, or is further ahead."""
    return not -RECENT <= (quarter.due - today).days <= AHEAD


def groups(
    found: Sequence[Line], names: dict[int, str], columns: Sequence[Period], today: date, asked: tuple[date, date]
) -> list[Group]:
    """Pillars in order, what stands outside the actions last."""
    sums = kept(found, *asked)
    order = [*sorted(number for number in names if number), 0]
    return [
        Group(
            number,
            names.get(number, OUTSIDE),
            tuple(_row(line, columns, today) for line in found if line.action.pillar == number),
            sums.get(number, Tally()),
        )
        for number in order
        if any(line.action.pillar == number for line in found)
    ]


def _row(line: Line, columns: Sequence[Period], today: date) -> Row:
    return Row(line.action, tuple(_quarter(line.cells, quarter, today) for quarter in columns))


def _quarter(cells: Iterable[Cell], quarter: Period, today: date) -> Quarter:
    due = [cell for cell in cells if cell.occurrence.due in quarter]
    now, old = today in quarter, is_old(quarter, today)
    if len(due) <= FEW:
        marks = tuple(
            Marked(SIGNS[cell.mark], cell.occurrence.key, cell.occurrence.id, bool(cell.offered)) for cell in due
        )
        return Quarter(quarter.key, now, old, marks)
    done = sum(cell.mark in (Mark.DONE, Mark.DONE_LATE) for cell in due)
    gravest = min((cell.mark for cell in due), key=_gravity)
    return Quarter(quarter.key, now, old, (), done, len(due), SIGNS[gravest])


def _gravity(mark: Mark) -> int:
    return GRAVEST.index(mark) if mark in GRAVEST else len(GRAVEST)


@dataclass(frozen=True)
class Asked:
    """The first occurrence of an action that is asked for now; `left` working days, `more` of the same action."""

    action: Action
    cell: Cell
    left: int
    more: int


def asked_now(found: Iterable[Line], today: date, holidays: frozenset[date], mine: UUID | None = None) -> list[Asked]:
    """What is late or due in this quarter and not settled, the first due first; `mine`: of this owner or stand-in."""
    quarter = period_of(today, Unit.QUARTER)
    rows = [
        Asked(line.action, due[0], days.left(today, due[0].occurrence.due, holidays), len(due) - 1)
        for line in found
        if mine is None or mine in (line.action.owner, line.action.stand_in)
        if (due := [cell for cell in line.cells if cell.mark in OPEN and cell.occurrence.due <= quarter.due])
    ]
    return sorted(rows, key=lambda row: (row.cell.occurrence.due, row.action.place))
