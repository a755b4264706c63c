"""Trying to find out a small number from everything that was printed.

What is printed are sums over periods and cells. Whoever wants to know more looks at all tables of whole numbers that
would print the same. A number is safe when two such tables can be shown, in one of which it is 0 and in the other 4 or
more, or when it is 5 or more in all of them. Tables are found by linear programming (Hundepool et al. 2012, §4.3.1);
only whole-number ones count as a proof, so that what is called safe is safe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

MANY = 1_000_000.0
MOST_UNIONS = 6
"""With more pieces of time than this only those that follow each other are taken together."""
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Block:
    """One print: the number of its period, a breakdown (None is hidden), and what is known to be under the limit."""

    begins: date
    ends: date
    number: int | None
    cells: Mapping[str, int | None]
    small: frozenset[str]


def gives_away(blocks: Sequence[Block], smallest: int) -> bool:
    """Whether these prints together tell a number under `smallest`, or contradict each other."""
    story = _Story(blocks, smallest)
    return not story.holds() or any(not story.is_safe(wanted) for wanted in story.numbers())


class _Story:
    """All tables (piece of time × cell, flattened) that print the same, and some of them as proof."""

    def __init__(self, blocks: Sequence[Block], smallest: int) -> None:
        self.blocks, self.smallest = blocks, smallest
        self.pieces = _pieces(blocks)
        self.names = list(dict.fromkeys(cell for block in blocks for cell in block.cells)) or [""]
        self.sums: list[tuple[Vector, float, float]] = []
        for block in blocks:
            self._take(block)
        self.tables: list[Vector] = []

    def _take(self, block: Block) -> None:
        times = [i for i, piece in enumerate(self.pieces) if block.begins <= piece <= block.ends]
        told = {None: block.number} | dict(block.cells)
        for cell, number in told.items():
            where = self._sum(times, self.names if cell is None else [cell])
            if number is not None:
                self.sums.append((where, float(number), float(number)))
            elif (cell or "") in block.small:
                self.sums.append((where, 0.0, float(self.smallest - 1)))

    def _sum(self, times: Sequence[int], names: Sequence[str]) -> Vector:
        marks = np.zeros((len(self.pieces), len(self.names)))
        marks[np.ix_(list(times), [self.names.index(name) for name in names])] = 1.0
        return marks.ravel()

    def numbers(self) -> list[Vector]:
        """What somebody could want to know: cells, rests and totals, of pieces of time and of those together."""
        hidden = [tuple(cell for cell, told in block.cells.items() if told is None) for block in self.blocks]
        groups = dict.fromkeys([*((name,) for name in self.names), tuple(self.names), *(one for one in hidden if one)])
        return [self._sum(times, group) for times in _together(len(self.pieces)) for group in groups]

    def holds(self) -> bool:
        """Whether there is any such table."""
        return self._found(np.zeros(len(self.pieces) * len(self.names))) is not None

    def is_safe(self, wanted: Vector) -> bool:
        """Whether this number is at least the limit, or can be everything under it."""
        return (self._least(wanted) and self._most(wanted)) or self._is_large(wanted)

    def _least(self, wanted: Vector) -> bool:
        if any(table @ wanted == 0 for table in self.tables):
            return True
        found = self._found(wanted)
        return found is not None and float(found @ wanted) == 0

    def _most(self, wanted: Vector) -> bool:
        if any(table @ wanted >= self.smallest - 1 for table in self.tables):
            return True
        found = self._found(-wanted)
        return found is not None and float(found @ wanted) >= self.smallest - 1

    def _is_large(self, wanted: Vector) -> bool:
        found = self._solved(wanted)
        return found is not None and float(found @ wanted) > self.smallest - 1 + 1e-6

    def _found(self, wanted: Vector) -> Vector | None:
        """A whole-number table in which `wanted` is least; None when the solver gives none."""
        found = self._solved(wanted)
        if found is None:
            return None
        whole: Vector = np.rint(found)
        if np.abs(found - whole).max() > 1e-6 or not self._prints_the_same(whole):
            return None
        self.tables.append(whole)
        return whole

    def _solved(self, wanted: Vector) -> Vector | None:
        rows = np.array([where for where, _, _ in self.sums]).reshape(len(self.sums), wanted.size)
        low, high = np.array([low for _, low, _ in self.sums]), np.array([high for *_, high in self.sums])
        same = low == high
        found = linprog(
            wanted,
            A_eq=rows[same] if same.any() else None,
            b_eq=low[same] if same.any() else None,
            A_ub=rows[~same] if (~same).any() else None,
            b_ub=high[~same] if (~same).any() else None,
            bounds=(0, MANY),
            method="highs-ds",
        )
        return np.asarray(found.x) if found.status == 0 else None

    def _prints_the_same(self, table: Vector) -> bool:
        return all(low <= table @ where <= high for where, low, high in self.sums)


def _pieces(blocks: Sequence[Block]) -> list[date]:
    """The first days of the pieces into which the periods cut time; each piece is whole inside or outside a period."""
    cuts = sorted({block.begins for block in blocks} | {block.ends + timedelta(days=1) for block in blocks})
    return [day for day in cuts if any(block.begins <= day <= block.ends for block in blocks)]


def _together(pieces: int) -> list[tuple[int, ...]]:
    """Which pieces of time are looked at together."""
    if pieces <= MOST_UNIONS:
        return [times for size in range(1, pieces + 1) for times in combinations(range(pieces), size)]
    return [tuple(range(first, last)) for first in range(pieces) for last in range(first + 1, pieces + 1)]
