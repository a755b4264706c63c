"""Models ranked by BIC among those that have a unique extended estimate.

Silverman, Chan & Vincent (2024), Statistics and Computing 34. Up to five lists every hierarchical model is
fitted; with more lists the search is greedy (one term in or out while BIC falls) and says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .catalogue import MOST_LISTS_EXHAUSTIVE, all_models, neighbours
from .existence import Existence
from .fit import fit_batch
from .lattice import Bools, Floats
from .pointfit import poisson_loglik
from .stepwise import main_effects, select_stepwise
from .table import Table
from .terms import Model, Space

COLUMNS_AT_ONCE = 2_000_000
TIES = 7
"""Decimals of BIC that count: a symmetric table has models that differ only by rounding."""


@dataclass(frozen=True)
class Ranking:
    """Models in order of BIC. `active` and `theta` terms × M, `unseen` and `bic` M; M may be 0."""

    space: Space
    active: Bools
    theta: Floats
    unseen: Floats
    bic: Floats
    tried: int
    exhaustive: bool

    def __len__(self) -> int:
        return len(self.bic)

    def model(self, place: int) -> Model:
        return self.space.model(self.active[:, place])

    def top(self, models: int) -> Ranking:
        """The first `models` of the ranking."""
        cut = slice(0, models)
        return Ranking(
            self.space,
            self.active[:, cut],
            self.theta[:, cut],
            self.unseen[cut],
            self.bic[cut],
            self.tried,
            self.exhaustive,
        )

    def within(self, distance: float) -> Floats:
        """Unseen numbers of the models at most `distance` BIC from the best."""
        return self.unseen[self.bic <= self.bic[0] + distance] if len(self) else self.unseen


def rank_models(table: Table, order: int = 2) -> Ranking:
    """Rank the hierarchical models of at most `order` lists per term by BIC."""
    space = Space.up_to(len(table.lists), min(order, max(1, len(table.lists) - 1)))
    counts, existence = table.array, Existence(space)
    if len(table.lists) <= MOST_LISTS_EXHAUSTIVE:
        return _sorted(_score(counts, all_models(space), existence), exhaustive=True)
    return _sorted(_greedy(counts, existence), exhaustive=False)


def _score(counts: Floats, active: Bools, existence: Existence) -> Ranking:
    """Fit every admissible model of `active` to one table."""
    parts = []
    width = max(64, COLUMNS_AT_ONCE // len(counts))
    for first in range(0, active.shape[1], width):
        part = active[:, first : first + width]
        tables = np.repeat(counts[:, None], part.shape[1], axis=1)
        part = part[:, existence.admissible(part, tables)]
        parts.append(_fitted(counts, part, existence.space))
    tried = active.shape[1]
    active, theta, unseen, bic = (np.concatenate(group, axis=-1) for group in zip(*parts, strict=True))
    return Ranking(existence.space, active, theta, unseen, bic, tried, True)


def _fitted(counts: Floats, active: Bools, space: Space) -> tuple[Bools, Floats, Floats, Floats]:
    tables = np.repeat(counts[:, None], active.shape[1], axis=1)
    fits = fit_batch(space, tables, active)
    good = fits.converged
    bic = bic_of(tables, fits.means, active)
    return active[:, good], fits.theta[:, good], fits.unseen[good], bic[good]


def bic_of(counts: Floats, means: Floats, active: Bools) -> Floats:
    """BIC per column with the number of persons as sample size; see `pointfit.PointFit.bic`."""
    persons = np.maximum(counts[1:].sum(axis=0), 1.0)
    return np.asarray(active.sum(axis=0) * np.log(persons) - 2.0 * poisson_loglik(counts, means))


def _sorted(ranking: Ranking, exhaustive: bool) -> Ranking:
    """By BIC; equal ones by terms and then by the unseen, so that the order of the lists decides nothing."""
    order = np.lexsort((ranking.unseen, ranking.active.sum(axis=0), np.round(ranking.bic, TIES)))
    return Ranking(
        ranking.space,
        ranking.active[:, order],
        ranking.theta[:, order],
        ranking.unseen[order],
        ranking.bic[order],
        ranking.tried,
        exhaustive,
    )


def _greedy(counts: Floats, existence: Existence) -> Ranking:
    """Downhill from main effects and from the stepwise model; every model met is kept."""
    space = existence.space
    main = main_effects(space, 1)[:, 0]
    seen: dict[bytes, Bools] = {}
    found = [_new(counts, [main], seen, existence)]
    starts = [main, select_stepwise(counts[:, None], existence).active[:, 0]]
    for start in starts:
        found += _descend(counts, start, seen, existence)
    parts = [(r.active, r.theta, r.unseen, r.bic) for r in found]
    active, theta, unseen, bic = (np.concatenate(group, axis=-1) for group in zip(*parts, strict=True))
    return Ranking(space, active, theta, unseen, bic, len(seen), False)


def _descend(counts: Floats, start: Bools, seen: dict[bytes, Bools], existence: Existence) -> list[Ranking]:
    found = [_new(counts, [start], seen, existence)]
    current, best = start, float(found[0].bic.min(initial=np.inf))
    while True:
        step = _new(counts, neighbours(current, existence.space), seen, existence)
        found.append(step)
        if not len(step) or step.bic.min() >= best:
            return found
        place = int(step.bic.argmin())
        current, best = step.active[:, place], float(step.bic[place])


def _new(counts: Floats, models: list[Bools], seen: dict[bytes, Bools], existence: Existence) -> Ranking:
    """Score those of `models` that were not met before."""
    fresh = {m.tobytes(): m for m in models if m.tobytes() not in seen}
    seen.update(fresh)
    empty = np.zeros((len(existence.space.terms), 0), dtype=bool)
    active = np.stack(list(fresh.values()), axis=1) if fresh else empty
    return (
        _score(counts, active, existence)
        if fresh
        else Ranking(existence.space, empty, empty.astype(float), np.zeros(0), np.zeros(0), 0, False)
    )
