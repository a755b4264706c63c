"""Does the extended maximum likelihood estimate exist, and is it the only one?

Fienberg & Rinaldo (2012), Ann. Statist. 40: the estimate exists when some strictly positive table has the
same sufficient statistics. Chan, Silverman & Vincent (2021), JASA 116, for tables with lists that do not
overlap: terms with marginal total zero and the cells that hold them are put aside first. The answer depends
only on the model and on which cells are zero, and is kept under that key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from .exact import null_space, positive_combination
from .fit import dead_cells, marginals
from .lattice import Bools, Floats, Ints
from .ranktest import surely_full_rank
from .terms import Model, Space

OK = 0
NO_ESTIMATE = 1
NOT_IDENTIFIABLE = 2
MOST_TERMS_AT_ONCE = 26  # above this, asking after the largest model costs more than it saves


def existence_code(model: Model, counts: Floats) -> int:
    """0 fine, 1 no extended estimate, 2 not identifiable, 3 both. `counts` has 2^k entries."""
    space = Space.of([model])
    active = space.column(model)[:, None]
    return _code(space, active, np.asarray(counts, dtype=np.float64)[:, None] > 0)


def existence_codes(models: Iterable[Model], counts: Floats) -> dict[Model, int]:
    """`existence_code` of every model."""
    return {model: existence_code(model, counts) for model in models}


class Existence:
    """Remembers which (model, zero pattern) pairs have an estimate; one object per term space."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self._known: dict[bytes, bool] = {}
        self._safe: dict[bytes, bool] = {}

    def admissible(self, active: Bools, counts: Floats) -> Bools:
        """For each column: does the model (terms × R) have a unique estimate on the table (cells × R)?"""
        positive = counts > 0
        positive[0] = False
        small = len(self.space.terms) <= MOST_TERMS_AT_ONCE
        answer = self._safe_patterns(positive) if small else np.zeros(positive.shape[1], dtype=bool)
        doubtful = np.flatnonzero(~answer)
        if len(doubtful):
            answer[doubtful] = self._looked_up(active[:, doubtful], positive[:, doubtful])
        return answer

    def _safe_patterns(self, positive: Bools) -> Bools:
        """Zero patterns on which even the largest model of the space has an estimate, so every model has."""

        def decide(columns: Ints) -> Iterable[bool]:
            cells = positive[:, columns]
            masks = self.space.masks
            finite = marginals(cells.astype(np.float64))[masks] > 0
            return [bool(a) for a in surely_full_rank(masks, finite, cells)]

        return _by_key(np.packbits(positive, axis=0), self._safe, decide)

    def _looked_up(self, active: Bools, positive: Bools) -> Bools:
        keys = np.packbits(np.concatenate([active, positive]), axis=0)
        return _by_key(keys, self._known, lambda c: self._decide(active[:, c], positive[:, c]))

    def _decide(self, active: Bools, positive: Bools) -> list[bool]:
        masks = self.space.masks
        totals = marginals(positive.astype(np.float64))[masks]
        finite = active & (totals > 0)
        answer = surely_full_rank(masks, finite, positive)
        open_cases = np.flatnonzero(~answer)
        if len(open_cases):
            alive = ~dead_cells(self.space, active & ~finite)
            alive[0] = False
            chosen = open_cases[surely_full_rank(masks, finite[:, open_cases], alive[:, open_cases])]
            for r in chosen:
                column = slice(r, r + 1)
                answer[r] = _code(self.space, active[:, column], positive[:, column]) == OK
        return [bool(a) for a in answer]


def _by_key(keys: NDArray[np.uint8], known: dict[bytes, bool], decide: Callable[[Ints], Iterable[bool]]) -> Bools:
    """Answer every column of `keys`; `decide` is asked once for every key that is not `known` yet."""
    rows = np.ascontiguousarray(keys.T).view(np.dtype((np.void, len(keys)))).reshape(-1)
    unique, first, back = np.unique(rows, return_index=True, return_inverse=True)
    names = [row.tobytes() for row in unique]
    new = [i for i, name in enumerate(names) if name not in known]
    if new:
        known.update(zip((names[i] for i in new), decide(first[new]), strict=True))
    return np.array([known[name] for name in names], dtype=bool)[back.reshape(-1)]


def _code(space: Space, active: Bools, positive: Bools) -> int:
    """The exact answer for one column, by the null space of the design on the non-zero cells."""
    positive = positive.copy()
    positive[0] = False
    totals = marginals(positive.astype(np.float64))[space.masks]
    finite = active & (totals[:, :1] > 0)
    alive = ~dead_cells(space, active & ~finite)[:, 0]
    alive[0] = False
    terms = [t for t, used in zip(space.terms, finite[:, 0], strict=True) if used]
    seen = [_row(cell, terms) for cell in np.flatnonzero(positive[:, 0]).tolist()]
    basis = null_space(seen, len(terms))
    if not basis:
        return OK
    empty = np.flatnonzero(alive & ~positive[:, 0]).tolist()
    columns = [[_dot(cell, terms, vector) for vector in basis] for cell in empty]
    moving = [column for column in columns if any(column)]
    code = OK if positive_combination(moving) else NO_ESTIMATE
    return code + (NOT_IDENTIFIABLE if null_space(moving, len(basis)) else 0)


def _row(cell: int, terms: list[int]) -> list[int]:
    return [1 if cell & t == t else 0 for t in terms]


def _dot(cell: int, terms: list[int], vector: list[int]) -> int:
    return sum(v for t, v in zip(terms, vector, strict=True) if cell & t == t)
