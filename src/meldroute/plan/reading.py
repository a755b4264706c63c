"""The plan as it stands on a day: its lines, a mark per occurrence, and what was kept per pillar and period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

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
    """Every action in the order of the plan. Three statements; rows are put together here, a plan has many times."""
    frame = frame_of(plan, today)
    proofs: defaultdict[UUID, list[Proof]] = defaultdict(list)
    cells: defaultdict[UUID, list[Cell]] = defaultdict(list)
    for proof in Proof.objects.filter(occurrence__action__plan=plan, removed_at=None).order_by("on", "at"):
        proofs[proof.occurrence_id].append(proof)
    actions = {action.id: action for action in plan.actions.order_by("place")}
    for row in Occurrence.objects.filter(action__plan=plan).order_by("due"):
        row.action = actions[row.action_id]
        cells[row.action_id].append(cell(row, proofs[row.id], frame))
    return [Line(action, tuple(cells[action.id])) for action in actions.values()]


def cell(row: Occurrence, proofs: Sequence[Proof], frame: Frame) -> Cell:
    """One occurrence with its mark; `proofs` without those removed."""
    told = mark(Kept(row.due, Status(row.status), row.done_on), frame)
    counts = tuple(one for one in proofs if one.accepted)
    return Cell(row, told, counts, tuple(one for one in proofs if not one.accepted))


def kept(found: Iterable[Line], begins: date, ends: date) -> dict[int, Tally]:
    """Per pillar what became of all that fell due in a period (both days included); pillar 0 is counted apart."""
    marks: dict[int, list[Mark]] = {}
    for line in found:
        due = [one.mark for one in line.cells if begins <= one.occurrence.due <= ends]
        marks.setdefault(line.action.pillar, []).extend(due)
    return {pillar: tally(told) for pillar, told in marks.items()}
