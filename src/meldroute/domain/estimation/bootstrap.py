"""BCa bootstrap limits with the choice of the model repeated in every replicate.

Efron (1987), JASA 82; DiCiccio & Efron (1996), Statistical Science 11; with selection inside: Chan, Silverman
& Vincent (2021), JASA 116, and Silverman, Chan & Vincent (2024), Statistics and Computing 34.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from .chance import multinomial, uniforms
from .lattice import Floats, members
from .progress import Progress, silent
from .rules import Rule
from .table import Table

CELLS_AT_ONCE = 524_288
TIE = 1e-9


@dataclass(frozen=True)
class Bootstrap:
    """`replicates` estimates of N (nan where there was none), in the order of the resamples."""

    estimate: float
    replicates: Floats
    acceleration: float
    seed: int | None

    @property
    def dropped(self) -> int:
        """Replicates without a finite estimate."""
        return int((~np.isfinite(self.replicates)).sum())

    def limits(self, level: float = 0.95) -> tuple[float, float]:
        """BCa limits of the central `level`; nan when no replicate has an estimate."""
        usable = self.replicates[np.isfinite(self.replicates)]
        if not len(usable):
            return math.nan, math.nan
        low, high = bca_levels(usable, self.estimate, self.acceleration, level)
        values = np.quantile(usable, [low, high], method="median_unbiased")
        return float(values[0]), float(values[1])

    def percentile(self, level: float = 0.95) -> tuple[float, float]:
        """Plain percentile limits, for comparison: no correction for bias or acceleration."""
        usable = self.replicates[np.isfinite(self.replicates)]
        if not len(usable):
            return math.nan, math.nan
        tail = (1.0 - level) / 2.0
        values = np.quantile(usable, [tail, 1.0 - tail], method="median_unbiased")
        return float(values[0]), float(values[1])


def resample(table: Table, replicates: int, seed: int) -> Floats:
    """`replicates` multinomial resamples of the persons seen, cells × replicates.

    Histories are drawn in the order singles, pairs, triples, … each by position of the lists, so that R's
    `rmultinom` after `set.seed(seed)` on a table in that order gives the same resamples.
    """
    found = np.zeros((len(table.counts), replicates))
    cells = sorted(table.cells, key=lambda h: (h.bit_count(), members(h)))
    if not cells:
        return found
    shares = [table.counts[h] / table.seen for h in cells]
    draw = uniforms(seed)
    draws = [multinomial(draw, table.seen, shares) for _ in range(replicates)]
    found[cells] = np.array(draws, dtype=np.float64).reshape(replicates, len(cells)).T
    return found


def bootstrap(
    table: Table,
    rule: Rule,
    replicates: int = 1000,
    seed: int = 1,
    progress: Progress = silent,
    resamples: Floats | None = None,
) -> Bootstrap:
    """Repeat `rule` on resamples (or on the given `resamples`, cells × R) and on the jackknife tables.

    The result depends on `seed` only, not on threads or on how the work is cut into pieces.
    """
    given = resamples is not None
    samples = resample(table, replicates, seed) if resamples is None else np.asarray(resamples, dtype=np.float64)
    estimate = table.seen + float(rule.unseen(table.array[:, None])[0])
    numbers = _in_pieces(rule, samples, progress)
    return Bootstrap(estimate, numbers, acceleration(table, rule), None if given else seed)


def _in_pieces(rule: Rule, samples: Floats, progress: Progress) -> Floats:
    total = samples.shape[1]
    width = max(50, CELLS_AT_ONCE // len(samples))
    numbers = np.full(total, np.nan)
    progress("bootstrap", 0, total)
    for first in range(0, total, width):
        part = np.ascontiguousarray(samples[:, first : first + width])
        numbers[first : first + width] = part.sum(axis=0) + rule.unseen(part)
        progress("bootstrap", min(first + width, total), total)
    return numbers


def acceleration(table: Table, rule: Rule) -> float:
    """Jackknife over persons: one table for every history that occurs, weighted by its count."""
    cells = table.cells
    tables = np.repeat(table.array[:, None], len(cells), axis=1)
    tables[list(cells), np.arange(len(cells))] -= 1.0
    numbers = _in_pieces(rule, tables, silent)
    weights = np.array(list(cells.values()), dtype=np.float64)
    good = np.isfinite(numbers)
    if not good.any():
        return 0.0
    weights, numbers = weights[good], numbers[good]
    distance = (weights * numbers).sum() / weights.sum() - numbers
    spread = float((weights * distance**2).sum())
    return float((weights * distance**3).sum()) / (6.0 * spread**1.5) if spread > 0 else 0.0


def bca_levels(replicates: Floats, estimate: float, a: float, level: float) -> tuple[float, float]:
    """The two percentages of the bootstrap distribution that BCa takes; ties count half."""
    tied = np.abs(replicates - estimate) <= TIE * abs(estimate)
    below = (replicates < estimate) & ~tied
    share = (below.sum() + 0.5 * tied.sum()) / len(replicates)
    edge = 0.5 / len(replicates)
    bias = float(ndtri(min(max(share, edge), 1.0 - edge)))
    tail = (1.0 - level) / 2.0
    low, high = (_adjusted(float(ndtri(p)), bias, a) for p in (tail, 1.0 - tail))
    return min(low, high), max(low, high)


def _adjusted(z: float, bias: float, a: float) -> float:
    moved = bias + z
    denominator = 1.0 - a * moved
    if denominator <= 0:
        return 1.0 if moved > 0 else 0.0
    return float(ndtr(bias + moved / denominator))
