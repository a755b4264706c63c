"""Log-linear fit of a complete table, in which the number unseen has been filled in."""

from __future__ import annotations

import numpy as np

from .fit import dead_cells, marginals, predict
from .lattice import Bools, Floats, Ints, superset_sums
from .solve import solve_batch
from .terms import Space

MOST_ITERATIONS = 100


def fit_complete(space: Space, counts: Floats, start: Floats | None = None) -> tuple[Floats, Floats]:
    """Maximum likelihood with row 0 of `counts` (2^k) counted as data: (theta, means)."""
    totals = marginals(counts)[space.masks]
    infinite = totals <= 0
    scale = np.where(dead_cells(space, infinite[:, None]), 0.0, 1.0)
    used = np.flatnonzero(~infinite)
    masks = space.masks[used]
    unions = masks[:, None] | masks[None, :]
    theta = np.zeros(len(space.terms))
    theta[used] = _from_data(counts, scale[:, 0] > 0, masks) if start is None else start[used]
    for _ in range(MOST_ITERATIONS):
        sums = predict(space, theta[:, None], scale)
        superset_sums(sums)
        step = solve_batch(sums[unions], (totals[used] - sums[masks, 0])[:, None])[:, 0]
        theta[used] += step * min(1.0, 3.0 / max(float(np.abs(step).max()), 1e-300))
        if np.abs(step).max() < 1e-8:
            break
    return theta, predict(space, theta[:, None], scale)[:, 0]


def _from_data(counts: Floats, alive: Bools, masks: Ints) -> Floats:
    weights = np.where(alive, counts + 0.1, 0.0)[:, None]
    working = np.where(alive[:, None], weights * np.log(np.maximum(weights, 0.1)) - 0.1, 0.0)
    superset_sums(weights)
    superset_sums(working)
    return solve_batch(weights[masks[:, None] | masks[None, :]], working[masks])[:, 0]
