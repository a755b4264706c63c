"""Rules from a table to a number, each written for a whole batch of tables."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from .bic import TIES, Ranking, bic_of, rank_models
from .existence import Existence
from .fit import fit_batch
from .lattice import Bools, Floats
from .stepwise import P_THRESHOLD, select_stepwise
from .table import Table
from .terms import Model, Space

TOP_MODELS = 20


class Rule(Protocol):
    """Model choice and fit together."""

    def choose(self, table: Table) -> Model | None:
        """The model this rule takes for `table`; None when no model has an estimate."""

    def unseen(self, counts: Floats) -> Floats:
        """Unseen number for every column of `counts` (cells × R), nan where there is no estimate."""


class Stepwise:
    """Stepwise selection, repeated for every table."""

    def __init__(self, lists: int, threshold: float = P_THRESHOLD) -> None:
        self.existence = Existence(Space.up_to(lists, min(2, max(1, lists - 1))))
        self.threshold = threshold

    def choose(self, table: Table) -> Model | None:
        chosen = select_stepwise(table.array[:, None], self.existence, self.threshold)
        if np.isnan(chosen.unseen[0]):
            return None
        return self.existence.space.model(chosen.active[:, 0])

    def unseen(self, counts: Floats) -> Floats:
        return select_stepwise(counts, self.existence, self.threshold).unseen


class BestBic:
    """Lowest BIC among the `top` models of the original table, the choice repeated for every table."""

    def __init__(self, table: Table, order: int = 2, top: int = TOP_MODELS, ranking: Ranking | None = None) -> None:
        self.ranking = rank_models(table, order) if ranking is None else ranking
        self.top = self.ranking.top(top)
        self.existence = Existence(self.ranking.space)

    def choose(self, table: Table) -> Model | None:
        return self.ranking.model(0) if len(self.ranking) else None

    def unseen(self, counts: Floats) -> Floats:
        best = np.full(counts.shape[1], np.inf)
        unseen = np.full(counts.shape[1], np.nan)
        for place in range(len(self.top)):
            column = self.top.active[:, place : place + 1]
            number, bic = self._one(counts, column, self.top.theta[:, place : place + 1])
            better = bic < best - 10.0**-TIES  # of equal ones the first of the ranking
            best[better], unseen[better] = bic[better], number[better]
        return unseen

    def _one(self, counts: Floats, column: Bools, theta: Floats) -> tuple[Floats, Floats]:
        active = np.repeat(column, counts.shape[1], axis=1)
        number, bic = np.full(counts.shape[1], np.nan), np.full(counts.shape[1], np.inf)
        good = np.flatnonzero(self.existence.admissible(active, counts))
        fits = fit_batch(self.ranking.space, counts[:, good], active[:, good], np.repeat(theta, len(good), axis=1))
        done = good[fits.converged]
        number[done] = fits.unseen[fits.converged]
        bic[done] = bic_of(counts[:, good], fits.means, active[:, good])[fits.converged]
        return number, bic


class Fixed:
    """One model, whatever the table."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.existence = Existence(Space.of([model]))

    def choose(self, table: Table) -> Model | None:
        column = self.existence.space.column(self.model)[:, None]
        return self.model if self.existence.admissible(column, table.array[:, None])[0] else None

    def unseen(self, counts: Floats) -> Floats:
        column = self.existence.space.column(self.model)[:, None]
        active = np.repeat(column, counts.shape[1], axis=1)
        unseen = np.full(counts.shape[1], np.nan)
        good = np.flatnonzero(self.existence.admissible(active, counts))
        fits = fit_batch(self.existence.space, counts[:, good], active[:, good])
        unseen[good] = np.where(fits.converged, fits.unseen, np.nan)
        return unseen
