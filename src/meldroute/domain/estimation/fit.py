"""Poisson log-linear fits of many tables and models in one Newton iteration (iteratively reweighted LS).

Cormack (1989), Biometrics 45: capture histories are Poisson counts with a log-linear mean; the unseen are
exp(intercept). Extended maximum likelihood: Fienberg & Rinaldo (2012), Ann. Statist. 40, and Chan, Silverman
& Vincent (2021), JASA 116: a term whose marginal total is zero is exactly minus infinity, the cells that
hold it have mean zero and leave the fit. With the canonical link Newton's method equals IRLS.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .lattice import Bools, Floats, Ints, subset_sums, superset_sums
from .solve import solve_batch
from .terms import Space

STEP_TOLERANCE = 1e-6  # after a Newton step this small the error is its square
LARGEST_STEP = 5.0
MOST_ITERATIONS = 60
BATCH_FLOATS = 65_536  # one batch of Hessians stays inside a second-level cache (512 kB)


@dataclass(frozen=True)
class Fits:
    """Fitted batch. `theta` terms × R (0 where not estimated), `means` cells × R, `converged` R."""

    theta: Floats
    means: Floats
    converged: Bools
    infinite: Bools

    @property
    def unseen(self) -> Floats:
        """Expected number of people on no list, R; nobody when nobody was seen."""
        return np.where(self.infinite[0], 0.0, np.exp(self.theta[0]))


def marginals(counts: Floats) -> Floats:
    """Marginal total of every set of lists, cells × R: row S counts everybody on all lists of S."""
    totals = np.array(counts, dtype=np.float64)
    superset_sums(totals)
    return totals


def dead_cells(space: Space, infinite: Bools) -> Bools:
    """Cells (2^k × R) whose mean is zero because they hold a term that is minus infinity."""
    held = np.zeros((1 << space.lists, infinite.shape[1]), dtype=np.int16)
    held[space.masks] = infinite
    subset_sums(held)
    return held > 0


def fit_batch(
    space: Space,
    counts: Floats,
    active: Bools,
    start: Floats | None = None,
    factor: Floats | None = None,
) -> Fits:
    """Fit column r of `active` (terms × R) to column r of `counts` (cells × R, row 0 ignored).

    The caller has checked existence (`existence.py`); a column without an estimate comes back with
    `converged` false. `start` (terms × R) warms the iteration up. `factor` (cells × R) multiplies the
    means: a term that is assumed rather than estimated.
    """
    totals = marginals(counts)[space.masks]
    infinite = active & (totals <= 0)
    scale = np.where(dead_cells(space, infinite), 0.0, 1.0 if factor is None else factor)
    scale[0] = 0.0
    finite = active & ~infinite
    theta = np.zeros(active.shape)
    converged = np.zeros(active.shape[1], dtype=bool)
    order = _similar_together(finite)
    width = max(16, BATCH_FLOATS // max(1, int(finite.sum(axis=0).max(initial=1))) ** 2)
    for first in range(0, len(order), width):
        part = order[first : first + width]
        used = np.flatnonzero(finite[:, part].any(axis=1))
        rows = np.ix_(used, part)
        task = _Task(space.masks[used], totals[rows], finite[rows], scale[:, part])
        begin = task.first_step(counts[:, part]) if start is None else np.where(finite, start, 0.0)[rows]
        theta[rows], converged[part] = task.run(begin)
    return Fits(theta, predict(space, theta, scale), converged, infinite)


def predict(space: Space, theta: Floats, scale: Floats) -> Floats:
    """Fitted means, cells × R: exp of the linear predictor times `scale` (0 in dead cells)."""
    eta = np.zeros(scale.shape)
    eta[space.masks] = theta
    subset_sums(eta)
    return np.asarray(np.exp(np.minimum(eta, 700.0)) * scale)


def _similar_together(finite: Bools) -> Ints:
    """An order of the columns in which equal models are neighbours, so that batches stay small."""
    return np.lexsort(finite[::-1]).astype(np.int64)


class _Task:
    """Newton's method on one batch: P terms, B columns."""

    def __init__(self, masks: Ints, totals: Floats, finite: Bools, scale: Floats) -> None:
        self.masks, self.totals, self.finite, self.scale = masks, totals, finite, scale
        self.unions = masks[:, None] | masks[None, :]
        self.whole = bool(finite.all())

    def keep(self, columns: Bools) -> _Task:
        return _Task(self.masks, self.totals[:, columns], self.finite[:, columns], self.scale[:, columns])

    def first_step(self, counts: Floats) -> Floats:
        """The start that IRLS makes from the data: means = counts + 0.1."""
        alive = self.scale > 0
        weights = np.where(alive, counts + 0.1, 0.0)
        ratio = np.where(alive, weights, 1.0) / np.where(alive, self.scale, 1.0)
        working = np.where(alive, weights * np.log(ratio) - 0.1, 0.0)
        superset_sums(weights)
        superset_sums(working)
        return solve_batch(self.hessian(weights), working[self.masks] * self.finite)

    def hessian(self, sums: Floats) -> Floats:
        """X'WX: the entry of terms S and T is the fitted marginal total of S ∪ T."""
        matrix = sums[self.unions]
        if not self.whole:
            matrix *= self.finite[:, None] & self.finite[None, :]
            np.einsum("iir->ir", matrix)[...] += ~self.finite
        return np.asarray(matrix)

    def fitted(self, theta: Floats) -> Floats:
        """Fitted marginal totals, 2^k × B."""
        sums = np.zeros(self.scale.shape)
        sums[self.masks] = theta
        subset_sums(sums)
        np.exp(np.minimum(sums, 700.0, out=sums), out=sums)
        sums *= self.scale
        superset_sums(sums)
        return sums

    def run(self, theta: Floats) -> tuple[Floats, Bools]:
        """Newton with halving where the likelihood falls; (theta P×B, converged B)."""
        width = theta.shape[1]
        result, converged = np.array(theta), np.zeros(width, dtype=bool)
        where, task = np.arange(width), self
        base, step = np.array(theta), np.zeros_like(theta)
        best = np.full(width, -np.inf)
        for _ in range(MOST_ITERATIONS):
            sums = task.fitted(theta)
            likelihood = np.einsum("pr,pr->r", task.totals, theta) - sums[0]
            worse = ~(likelihood >= best - 1e-9 * (1.0 + np.abs(best)))
            gradient = (task.totals - sums[task.masks]) * task.finite
            newton = _capped(solve_batch(task.hessian(sums), gradient))
            base = np.where(worse, base, theta)
            step = np.where(worse, step / 2, newton)
            best = np.where(worse, best, likelihood)
            theta = base + step
            done = (np.abs(step).max(axis=0, initial=0.0) < STEP_TOLERANCE) & ~worse
            result[:, where], converged[where] = theta, done
            if done.all():
                break
            if done.any():
                left = ~done
                task, where = task.keep(left), where[left]
                theta, base, step, best = theta[:, left], base[:, left], step[:, left], best[left]
        return result, converged


def _capped(step: Floats) -> Floats:
    largest = np.abs(step).max(axis=0, initial=0.0)
    return step * np.where(largest > LARGEST_STEP, LARGEST_STEP / np.maximum(largest, 1e-300), 1.0)
