"""Profile-likelihood interval for N under one model.

Cormack (1992), Biometrics 48: put a trial number in the unseen cell, fit the complete table, and turn the
Poisson likelihood into the multinomial one for N = seen + unseen; N may take any real value.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri

from .completefit import fit_complete
from .lattice import Floats
from .table import Table
from .terms import Model, Space

PRECISION = 1e-9
WIDEST = 1e7


@dataclass(frozen=True)
class Profile:
    """Multinomial maximum likelihood estimate `n` with its limits; `hi` is inf when the profile is flat."""

    model: Model
    n: float
    lo: float
    hi: float
    level: float


def profile_interval(table: Table, model: Model, level: float = 0.95) -> Profile:
    """Limits where the profile log-likelihood is half a chi-squared quantile below its top."""
    space = Space.of([model])
    height = _Height(table, space)
    edge = math.log(max(table.seen, 1) * WIDEST)
    top = _highest(height, math.log(1e-3), edge)
    level_line = height(top) - float(chdtri(1, 1 - level)) / 2

    def above(x: float) -> bool:
        return height(x) > level_line

    low = 0.0 if above(math.log(1e-6)) else math.exp(_crossing(above, top, math.log(1e-6)))
    high = math.inf if above(edge) else math.exp(_crossing(above, top, edge))
    return Profile(model, table.seen + math.exp(top), table.seen + low, table.seen + high, level)


class _Height:
    """Profile log-likelihood at log(unseen), up to a constant."""

    def __init__(self, table: Table, space: Space) -> None:
        self.counts, self.space, self.seen = table.array, space, table.seen
        self.warm: Floats | None = None

    def __call__(self, log_unseen: float) -> float:
        unseen = math.exp(log_unseen)
        counts = self.counts.copy()
        counts[0] = unseen
        theta, means = fit_complete(self.space, counts, self.warm)
        self.warm = theta
        logs = np.log(np.where(means > 0, means, 1.0))
        poisson = float((counts * logs - means).sum())
        n = self.seen + unseen
        return poisson - n * math.log(n) + n + math.lgamma(n + 1.0) - math.lgamma(unseen + 1.0)


def _highest(height: Callable[[float], float], low: float, high: float) -> float:
    """Golden section; the profile has one top."""
    ratio = (math.sqrt(5.0) - 1.0) / 2.0
    a, b = high - ratio * (high - low), low + ratio * (high - low)
    fa, fb = height(a), height(b)
    while high - low > 1e-7:
        if fa >= fb:
            high, b, fb = b, a, fa
            a = high - ratio * (high - low)
            fa = height(a)
        else:
            low, a, fa = a, b, fb
            b = low + ratio * (high - low)
            fb = height(b)
    return (low + high) / 2.0


def _crossing(above: Callable[[float], bool], inside: float, outside: float) -> float:
    while abs(outside - inside) > PRECISION:
        middle = (inside + outside) / 2.0
        inside, outside = (middle, outside) if above(middle) else (inside, middle)
    return (inside + outside) / 2.0
