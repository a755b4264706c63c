"""Stepwise choice of pairwise terms by Poisson p-values, for many tables at once.

Chan, Silverman & Vincent (2021), JASA 116, §3: start from main effects; add the pair whose observed overlap
is least likely under the current fit, as long as that probability is below the threshold and the larger
model has an estimate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .existence import Existence
from .fit import Fits, fit_batch, marginals
from .lattice import Bools, Floats, Ints, superset_sums
from .tails import log_p_value
from .terms import Space

P_THRESHOLD = 0.02


@dataclass
class Selected:
    """`active` terms × R, `unseen` R (nan where no estimate), `theta` terms × R."""

    active: Bools
    unseen: Floats
    theta: Floats


def main_effects(space: Space, columns: int) -> Bools:
    """The main-effects model, `columns` times."""
    orders = np.array([t.bit_count() for t in space.terms])
    return np.repeat((orders <= 1)[:, None], columns, axis=1)


def select_stepwise(counts: Floats, existence: Existence, threshold: float = P_THRESHOLD) -> Selected:
    """Stepwise model and unseen number of every column of `counts` (cells × R, row 0 ignored)."""
    space = existence.space
    active = main_effects(space, counts.shape[1])
    chosen = Selected(active, np.full(counts.shape[1], np.nan), np.zeros(active.shape))
    busy = np.flatnonzero(existence.admissible(active, counts))
    fits = fit_batch(space, counts[:, busy], active[:, busy])
    while True:
        _record(chosen, busy, fits)
        busy, fits = _without_failures(busy, fits)
        if not len(busy):
            return chosen
        added, start = _next_pairs(space, counts[:, busy], active[:, busy], fits, existence, threshold)
        go = added >= 0
        busy = busy[go]
        active[added[go], busy] = True
        fits = fit_batch(space, counts[:, busy], active[:, busy], start[:, go])


def _record(chosen: Selected, columns: Ints, fits: Fits) -> None:
    chosen.theta[:, columns] = fits.theta
    chosen.unseen[columns] = np.where(fits.converged, fits.unseen, np.nan)


def _without_failures(busy: Ints, fits: Fits) -> tuple[Ints, Fits]:
    good = fits.converged
    if good.all():
        return busy, fits
    return busy[good], Fits(fits.theta[:, good], fits.means[:, good], good[good], fits.infinite[:, good])


def _next_pairs(
    space: Space, counts: Floats, active: Bools, fits: Fits, existence: Existence, threshold: float
) -> tuple[Ints, Floats]:
    """For each column the term to add (-1 for none) and a warm start for the larger model."""
    pairs = space.pairs()
    if not len(pairs):
        return np.full(counts.shape[1], -1), fits.theta
    masks = space.masks[pairs]
    observed, expected = marginals(counts)[masks], fits.means.copy()
    superset_sums(expected)
    expected = expected[masks]
    scores = np.where(active[pairs], 0.0, log_p_value(observed, expected))
    best = _first_admissible(scores, np.log(threshold), pairs, active, counts, existence)
    added = np.where(best >= 0, pairs[best], -1)
    start = fits.theta.copy()
    columns = np.flatnonzero(best >= 0)
    hits, means = observed[best[columns], columns], expected[best[columns], columns]
    start[added[columns], columns] = np.log(np.maximum(hits, 0.5) / np.maximum(means, 1e-12))
    return added, start


def _first_admissible(
    scores: Floats, limit: float, pairs: Ints, active: Bools, counts: Floats, existence: Existence
) -> Ints:
    """The pair with the lowest score among those with an estimate, per column; -1 when none is below."""
    best = np.full(scores.shape[1], -1, dtype=np.int64)
    open_columns = np.arange(scores.shape[1])
    while len(open_columns):
        candidate = scores[:, open_columns].argmin(axis=0)
        below = scores[candidate, open_columns] < limit
        open_columns, candidate = open_columns[below], candidate[below]
        larger = active[:, open_columns]
        larger[pairs[candidate], np.arange(len(open_columns))] = True
        good = existence.admissible(larger, counts[:, open_columns])
        best[open_columns[good]] = candidate[good]
        scores[candidate[~good], open_columns[~good]] = 0.0
        open_columns = open_columns[~good]
    return best
