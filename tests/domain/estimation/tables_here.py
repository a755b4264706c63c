"""The published tables, and how to make small ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from meldroute.domain.estimation.reading import read_csv
from meldroute.domain.estimation.table import Table

DATA = Path(__file__).parent / "data"
PUBLISHED = ("UKdat_5", "Ned_5", "UKdat", "Ned", "Korea")


def published(name: str) -> Table:
    return read_csv((DATA / f"{name}.csv").read_text())


def small(*rows: tuple[str, int], lists: Sequence[str] | None = None) -> Table:
    """`small(("10", 5), ("11", 2))`: two lists, five people on the first only, two on both."""
    names = lists or tuple("ABCDEFGHIJKL"[: len(rows[0][0])])
    return Table.of(names, {sum(int(x) << i for i, x in enumerate(row)): n for row, n in rows})


def reordered(table: Table, order: Sequence[int]) -> Table:
    """The same table with its lists in another order."""
    cells = {sum(1 << new for new, old in enumerate(order) if h >> old & 1): n for h, n in table.cells.items()}
    return Table.of([table.lists[i] for i in order], cells)
