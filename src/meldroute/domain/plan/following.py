"""From a plan that ends to a draft of the next one (R4, evaluation): what goes on, what is asked again, what is done.

The draft is a plan document as any other; `parse_plan` accepts it. Nobody adopted it yet, and it says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .document import Plan, Promise, parse_plan
from .keeping import Tally

Document = Mapping[str, Any]
NOT_ADOPTED = "Concept, nog niet vastgesteld"


@dataclass(frozen=True)
class Following:
    """The draft document; `goes_on` and `again` are the codes in it, `finished` those that are not."""

    document: dict[str, Any]
    goes_on: tuple[str, ...]
    again: tuple[str, ...]
    finished: tuple[str, ...]


def following(document: Document, kept: Mapping[str, Tally]) -> Following:
    """A draft for the next period, as long as this one in whole years.

    What comes back goes on. What was to be done once is finished when it was done, else it is asked again before the
    end of the second quarter. Raises PolicyError when `document` is no plan.
    """
    plan = parse_plan(document)
    begins, ends = _period(plan)
    groups: dict[str, list[str]] = {"goes_on": [], "again": [], "finished": []}
    rows: dict[str, list[dict[str, Any]]] = {"action": [], "promise": []}
    for table, promises in (("action", plan.actions), ("promise", plan.promises)):
        for promise, row in zip(promises, document.get(table, ()), strict=True):
            group = _group(promise, kept.get(promise.id, Tally()), plan.ends)
            groups[group].append(promise.id)
            if group != "finished":
                rows[table].append(_row(row, plan, group, begins))
    head = dict(document["plan"]) | {
        "id": f"{_stem(plan.id)}-{begins.year}-{ends.year}",
        "name": _renamed(plan, begins, ends),
        "begins": begins.isoformat(),
        "ends": ends.isoformat(),
        "adopted_on": begins.isoformat(),
        "decision": NOT_ADOPTED,
        "source": f"Concept, gemaakt uit {plan.name} en de evaluatie daarvan",
    }
    made = {name: told for name, told in document.items() if name not in ("plan", "figure", *rows)}
    made |= {"plan": head} | {table: told for table, told in rows.items() if told}
    parse_plan(made)
    return Following(made, *(tuple(groups[name]) for name in ("goes_on", "again", "finished")))


def _period(plan: Plan) -> tuple[date, date]:
    begins = plan.ends + timedelta(days=1)
    years = max(1, plan.ends.year - plan.begins.year + 1)
    return begins, date(begins.year + years - 1, 12, 31)


def _group(promise: Promise, tally: Tally, ends: date) -> str:
    if promise.ends is not None and promise.ends <= ends:
        return "finished"
    if promise.when.once is None:
        return "goes_on"
    return "finished" if tally.kept else "again"


def _row(row: Document, plan: Plan, group: str, begins: date) -> dict[str, Any]:
    told = {name: value for name, value in row.items() if name not in ("begins", "ends")}
    told |= {"source": f"{plan.name}: {row['source']}"}
    return told | {"cadence": f"Q2 {begins.year}"} if group == "again" else told


def _stem(code: str) -> str:
    parts = code.split("-")
    while len(parts) > 1 and parts[-1].isdecimal():
        parts.pop()
    return "-".join(parts)


def _renamed(plan: Plan, begins: date, ends: date) -> str:
    was, now = f"{plan.begins.year}-{plan.ends.year}", f"{begins.year}-{ends.year}"
    name = plan.name.replace(was, now) if was in plan.name else f"{plan.name} {now}"
    return f"{name} (concept)"
