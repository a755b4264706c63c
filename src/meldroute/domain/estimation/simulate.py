"""Tables drawn from a population whose size is known, for studies of coverage and bias."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .lattice import Floats
from .pointfit import PointFit
from .table import Table


def draw(lists: Sequence[str], people: int, shares: Floats, generator: np.random.Generator) -> Table:
    """A population of `people` over all histories (`shares`, 2^k, row 0 the unseen); the unseen are dropped."""
    counts = generator.multinomial(people, shares / shares.sum())
    return Table.of(lists, {h: int(c) for h, c in enumerate(counts) if h and c})


def shares_of(fit: PointFit) -> Floats:
    """The cell shares that a fitted model says the whole population has, the unseen included."""
    shares = fit.means.copy()
    shares[0] = fit.unseen
    return np.asarray(shares / shares.sum())


def log_linear_shares(lists: int, terms: dict[int, float]) -> Floats:
    """Cell shares of a log-linear model given by its terms (bits → parameter)."""
    eta = np.array([sum(v for t, v in terms.items() if h & t == t) for h in range(1 << lists)])
    shares = np.exp(eta - eta.max())
    return np.asarray(shares / shares.sum())
