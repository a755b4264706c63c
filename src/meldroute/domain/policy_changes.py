"""A policy document as rows, what differs between two versions, and adopting what was a proposal.

A document is what a policy file holds: tables (lists of rows) and a few values above them. A row is known by its `id`;
where a kind of row has none, by what stands in its first field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .policy import PolicyError, Status
from .term import Term, gettext_noop

KEYS = ("id", "day_id", "code", "standing", "level", "name", "form", "where")
Document = Mapping[str, Any]


class Difference(Term):
    """What happened to a row between two versions."""

    ADDED = "added", gettext_noop("toegevoegd")
    CHANGED = "changed", gettext_noop("gewijzigd")
    REMOVED = "removed", gettext_noop("vervallen")


@dataclass(frozen=True)
class PolicyRow:
    """One row: `table` it stands in, `key` that is once in that table."""

    table: str
    key: str
    fields: Mapping[str, Any]

    @property
    def is_proposal(self) -> bool:
        """Nobody adopted this row yet."""
        return self.fields.get("status") == Status.PROPOSAL.value


@dataclass(frozen=True)
class Change:
    """`fields`: (name, before, after) of what differs; None where a field was not there."""

    kind: Difference
    table: str
    key: str
    fields: tuple[tuple[str, Any, Any], ...]


def rows_of(document: Document) -> tuple[PolicyRow, ...]:
    """Every row in the order of the document; a single table such as `[receipt]` is one row. Values above are none.

    Raises PolicyError for two rows with one id in a table, and for a list that holds something else than rows.
    """
    found: list[PolicyRow] = []
    for table, told in document.items():
        if isinstance(told, Mapping):
            found.append(PolicyRow(table, table, told))
        elif isinstance(told, list):
            found += _table(table, told)
    return tuple(found)


def _table(table: str, told: list[Any]) -> Iterator[PolicyRow]:
    seen: dict[str, int] = {}
    for number, row in enumerate(told, start=1):
        if not isinstance(row, Mapping):
            raise PolicyError(f"{table}, nummer {number}: dit is geen regel met velden")
        key = str(next((row[name] for name in KEYS if name in row), number))
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1 and ("id" in row or "day_id" in row):
            raise PolicyError(f"regel {key}, veld id: staat twee keer in {table}")
        yield PolicyRow(table, key if seen[key] == 1 else f"{key} ({seen[key]})", row)


def changes(old: Document, new: Document) -> tuple[Change, ...]:
    """What differs: removed rows last, the others in the order of `new`; values above the rows are no difference."""
    before = {(row.table, row.key): row for row in rows_of(old)}
    after = {(row.table, row.key): row for row in rows_of(new)}
    found = [_change(before.get(at), row) for at, row in after.items() if before.get(at) != row]
    return (*found, *(_change(row, None) for at, row in before.items() if at not in after))


def _change(old: PolicyRow | None, new: PolicyRow | None) -> Change:
    before, after = old.fields if old else {}, new.fields if new else {}
    row = new or old
    assert row is not None
    kind = Difference.REMOVED if new is None else Difference.CHANGED if old else Difference.ADDED
    names = [*after, *(name for name in before if name not in after)]
    differs = tuple((name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name))
    return Change(kind, row.table, row.key, differs)


def proposals(document: Document) -> int:
    """How many rows nobody adopted yet."""
    return sum(row.is_proposal for row in rows_of(document))


def adopted(document: Document, decision: str) -> dict[str, Any]:
    """The document with every proposal adopted by `decision` (who decided, when, under which number)."""
    return {name: _adopted(value, decision) for name, value in document.items()}


def _adopted(value: Any, decision: str) -> Any:
    if isinstance(value, list):
        return [_adopted(one, decision) for one in value]
    if not isinstance(value, Mapping):
        return value
    told = {name: _adopted(one, decision) for name, one in value.items()}
    if told.get("status") == Status.PROPOSAL.value:
        told |= {"status": Status.ADOPTED.value, "adopted": decision}
    return told
