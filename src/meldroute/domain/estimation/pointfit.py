"""One model on one table: the estimate with its normal-theory limits."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, ndtri

from .fit import fit_batch
from .lattice import Bools, Floats, superset_sums
from .solve import solve_batch
from .table import Table
from .terms import Model, Space, term_label


@dataclass(frozen=True)
class PointFit:
    """`n` persons in all, seen and unseen; `se_log_unseen` belongs to log(unseen); `means` 2^k cells."""

    model: Model
    seen: int
    unseen: float
    se_log_unseen: float
    loglik: float
    infinite: tuple[int, ...]
    means: Floats

    @property
    def n(self) -> float:
        return self.seen + self.unseen

    @property
    def bic(self) -> float:
        """parameters × log(persons seen) − 2 log-likelihood; terms at minus infinity count too.

        Rcapture and Silverman, Chan & Vincent (2024), Statistics and Computing 34, use the same sample size.
        """
        return len(self.model.terms) * math.log(max(self.seen, 1)) - 2.0 * self.loglik

    def wald(self, level: float = 0.95) -> tuple[float, float]:
        """Limits given the model: seen + exp(log unseen ± z·se). They leave model choice out."""
        z = float(ndtri(0.5 + level / 2)) * self.se_log_unseen
        with np.errstate(over="ignore"):
            return self.seen + self.unseen * math.exp(-z), self.seen + self.unseen * float(np.exp(z))

    def label(self, table: Table) -> str:
        """The model for people, with its terms at minus infinity."""
        names = [term_label(t, table.lists) for t in self.infinite]
        return self.model.label(table.lists) + (f" (−∞: {', '.join(names)})" if names else "")


def fit_model(table: Table, model: Model) -> PointFit | None:
    """Extended maximum likelihood of one model; None when the iteration finds no estimate.

    Existence is the caller's question (`existence.existence_code`).
    """
    counts = table.array
    space = Space.of([model])
    fits = fit_batch(space, counts[:, None], space.column(model)[:, None])
    if not fits.converged[0]:
        return None
    means = fits.means[:, 0]
    finite = space.column(model) & ~fits.infinite[:, 0]
    return PointFit(
        model=model,
        seen=table.seen,
        unseen=float(fits.unseen[0]),
        se_log_unseen=_standard_error(space, means, finite),
        loglik=float(poisson_loglik(counts[:, None], fits.means)[0]),
        infinite=tuple(t for t, out in zip(space.terms, fits.infinite[:, 0], strict=True) if out),
        means=means,
    )


def poisson_loglik(counts: Floats, means: Floats) -> Floats:
    """Poisson log-likelihood per column; a cell with mean zero and count zero contributes nothing."""
    logs = np.log(np.where(means > 0, means, 1.0))
    return np.asarray((counts[1:] * logs[1:] - means[1:] - gammaln(counts[1:] + 1.0)).sum(axis=0))


def _standard_error(space: Space, means: Floats, finite: Bools) -> float:
    """Square root of the intercept's entry of the inverse information."""
    if not finite[0]:
        return 0.0
    sums = means.copy()
    superset_sums(sums)
    masks = space.masks[finite]
    information = sums[masks[:, None] | masks[None, :]]
    unit = np.zeros((len(masks), 1))
    unit[0] = 1.0
    variance = float(solve_batch(information[:, :, None], unit)[0, 0])
    return math.sqrt(variance) if variance > 0 else math.inf
