"""Changing a plan that runs: an action amended, ended or added gives another document; the old one stays as it was.

A document is what a plan file holds (`docs/plan-format.md`), with dates as ISO text. Every change gives a document that
`parse_plan` accepts, or raises PolicyError.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..policy import PolicyError
from .document import Plan, Promise, parse_plan

TABLES = ("action", "promise")
Document = Mapping[str, Any]


def amend(document: Document, code: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The document with other `fields` in the row of `code`; a field that is empty goes. Raises PolicyError."""
    table, row = _found(document, code)
    changed = {name: value for name, value in (dict(row) | dict(fields)).items() if value not in ("", None, [], ())}
    return _with(document, table, [changed if one is row else one for one in document[table]])


def end(document: Document, code: str, on: date) -> dict[str, Any]:
    """The document in which the row of `code` asks nothing after a day. Raises PolicyError."""
    return amend(document, code, {"ends": on.isoformat()})


def add(document: Document, row: Mapping[str, Any]) -> dict[str, Any]:
    """The document with one row more: an action when it has a pillar, else a promise. Raises PolicyError."""
    table = "action" if row.get("pillar") else "promise"
    told = {name: value for name, value in row.items() if value not in ("", None, [], ())}
    return _with(document, table, [*document.get(table, ()), told])


def promise_of(plan: Plan, code: str) -> Promise | None:
    """The action or promise of this code."""
    return next((one for one in (*plan.actions, *plan.promises) if one.id == code), None)


def _found(document: Document, code: str) -> tuple[str, Mapping[str, Any]]:
    for table in TABLES:
        for row in document.get(table, ()):
            if row["id"] == code:
                return table, row
    raise PolicyError(f"{code} staat niet in dit plan")


def _with(document: Document, table: str, rows: list[Any]) -> dict[str, Any]:
    changed = dict(document) | {table: rows}
    parse_plan(changed)
    return changed
