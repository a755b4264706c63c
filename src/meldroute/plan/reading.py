"""The plan as it stands on a day: its lines, a mark per occurrence, and what was kept per pillar and period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from meldroute.domain.plan import document as said
from meldroute.domain.plan.keeping import Frame, Kept, Mark, Status, Tally, mark, tally

from .models import Action, Occurrence, Plan, Proof


@dataclass(frozen=True)
class Cell:
    """An occurrence and the mark it has on the day; `proofs` that count, `offered` that wait for a person."""

    occurrence: Occurrence
    mark: Mark
    proofs: tuple[Proof, ...]
    offered: tuple[Proof, ...]


@dataclass(frozen=True)
class Line:
    """An action with every time that it falls due, in order."""

    action: Action
    cells: tuple[Cell, ...]


def plan_of(place: UUID, today: date, code: str = "") -> Plan | None:
    """The plan that is followed in the entered municipality: the one that runs, else the newest that began."""
    rows = list(Plan.objects.filter(municipality_id=place).order_by("-begins", "-made_at"))
    if code:
        return next((row for row in rows if row.code == code), None)
    runs = [row for row in rows if row.begins <= today]
    return next((row for row in runs if today <= row.ends), next(iter([*runs, *rows]), None))


def said_by(plan: Plan) -> said.Plan:
    """What the plan says now."""
    return said.parse_plan(plan.versions.get(number=plan.version).body)


def frame_of(plan: Plan, today: date) -> Frame:
    """The days that decide about marks."""
    return Frame(plan.adopted_on, plan.followed_from, today)


def lines(plan: Plan, today: date) -> list[Line]:
    """Every action in the order of the plan. Three statements."""
    proofs = Prefetch("proofs", Proof.objects.filter(removed_at=None).order_by("on", "at"))
    times = Prefetch("occurrences", Occurrence.objects.order_by("due").prefetch_related(proofs))
    frame = frame_of(plan, today)
    return [
        Line(action, tuple(cell(one, frame) for one in action.occurrences.all()))
        for action in plan.actions.order_by("place").prefetch_related(times)
    ]


def cell(row: Occurrence, frame: Frame) -> Cell:
    """One occurrence with its mark; its proofs must be there already, without those removed."""
    told = mark(Kept(row.due, Status(row.status), row.done_on), frame)
    shown = list(row.proofs.all())
    return Cell(row, told, tuple(one for one in shown if one.accepted), tuple(one for one in shown if not one.accepted))


def kept(found: Iterable[Line], begins: date, ends: date) -> dict[int, Tally]:
    """Per pillar what became of all that fell due in a period (both days included); pillar 0 is counted apart."""
    marks: dict[int, list[Mark]] = {}
    for line in found:
        due = [one.mark for one in line.cells if begins <= one.occurrence.due <= ends]
        marks.setdefault(line.action.pillar, []).extend(due)
    return {pillar: tally(told) for pillar, told in marks.items()}
