"""Covariates (year, form, sex), some of them missing: one model per level, missing levels by EM.

Van der Heijden, Whittaker, Cruyff, Bakker & van der Vliet (2012), Annals of Applied Statistics 6, and Zwane
& van der Heijden (2007), Biometrics 63: people are independent over the lists given their level; a person
whose level is unknown is spread over the levels by how likely each is under the fit (Dempster, Laird &
Rubin 1977), until nothing moves.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.special import ndtri

from .existence import Existence
from .fit import fit_batch
from .lattice import Bools, Floats
from .progress import Progress, silent
from .table import Table
from .terms import Model, Space

MOST_ROUNDS = 400
TOLERANCE = 1e-6
REPLICATES_AT_ONCE = 250


@dataclass(frozen=True)
class Classified:
    """People by history and by what is known of their level.

    `known` patterns × levels: the levels a person of that pattern may have (one True when it is known, more
    when it is missing or partly missing); `counts` histories × patterns, row 0 zero.
    """

    lists: tuple[str, ...]
    levels: tuple[str, ...]
    known: Bools
    counts: Floats

    @classmethod
    def of(
        cls,
        lists: Sequence[str],
        levels: Sequence[str],
        people: Mapping[tuple[int, frozenset[str]], int],
    ) -> Self:
        """From (history, levels it may be) → count; an empty set of levels means nothing is known."""
        patterns = sorted({frozenset(may) or frozenset(levels) for _, may in people}, key=sorted)
        known = np.array([[level in may for level in levels] for may in patterns], dtype=bool)
        counts = np.zeros((1 << len(lists), len(patterns)))
        for (history, may), count in people.items():
            if not history or count < 0 or not may <= set(levels):
                raise ValueError("every count needs a list, known levels and no minus sign")
            counts[history, patterns.index(frozenset(may) or frozenset(levels))] += count
        return cls(tuple(lists), tuple(levels), known.reshape(len(patterns), len(levels)), counts)

    @property
    def seen(self) -> int:
        return int(self.counts.sum())

    @property
    def collapsed(self) -> Table:
        """The table without the covariate."""
        totals = self.counts.sum(axis=1)
        return Table.of(self.lists, {h: int(c) for h, c in enumerate(totals) if c})


@dataclass(frozen=True)
class CovariateEstimate:
    """`n` with limits from the bootstrap; `by_level` expected persons per level, unseen included."""

    model: Model
    seen: int
    n: float
    lo: float
    hi: float
    level: float
    by_level: dict[str, float]
    replicates: int
    dropped: int


def estimate_with_covariate(
    people: Classified,
    model: Model,
    replicates: int = 200,
    seed: int = 1,
    level: float = 0.95,
    progress: Progress = silent,
) -> CovariateEstimate | None:
    """N with `model` in every level and missing levels by EM; None when some level has no estimate.

    Limits: log(unseen) ± z × its standard deviation over resamples, EM inside. How many people are seen
    varies too: it is binomial in each resample (Norris & Pollock 1996, Environmental and Ecological Stat. 3).
    """
    unseen, by_level = _expectation_maximisation(people, people.counts[:, :, None], model)
    if not np.isfinite(unseen[0]):
        return None
    samples = _resample(people, float(unseen[0]), replicates, seed)
    numbers = np.full(replicates, np.nan)
    for first in range(0, replicates, REPLICATES_AT_ONCE):
        progress("bootstrap", first, replicates)
        cut = slice(first, first + REPLICATES_AT_ONCE)
        numbers[cut] = _expectation_maximisation(people, samples[:, :, cut], model)[0]
    progress("bootstrap", replicates, replicates)
    usable = numbers[np.isfinite(numbers)]
    spread = float(np.std(np.log(usable), ddof=1)) if len(usable) > 1 else math.inf
    z = float(ndtri(0.5 + level / 2)) * spread
    dark = float(unseen[0])
    return CovariateEstimate(
        model,
        people.seen,
        people.seen + dark,
        people.seen + dark * math.exp(-z),
        people.seen + dark * float(np.exp(min(z, 700.0))),
        level,
        dict(zip(people.levels, by_level[:, 0].tolist(), strict=True)),
        replicates,
        replicates - len(usable),
    )


def _resample(people: Classified, unseen: float, replicates: int, seed: int) -> Floats:
    flat = people.counts.reshape(-1)
    everybody = people.seen + unseen
    generator = np.random.default_rng(seed)
    seen = generator.binomial(round(everybody), people.seen / everybody, size=replicates)
    draws = generator.multinomial(seen, flat / flat.sum())
    return np.ascontiguousarray(draws.T.reshape(*people.counts.shape, replicates), dtype=np.float64)


def _expectation_maximisation(people: Classified, counts: Floats, model: Model) -> tuple[Floats, Floats]:
    """(unseen R, persons per level levels × R) for `counts` histories × patterns × R."""
    space = Space.of([model])
    levels, width = len(people.levels), counts.shape[2]
    active = np.repeat(space.column(model)[:, None], levels * width, axis=1)
    existence = Existence(space)
    full = _spread(people.known, counts, np.ones((counts.shape[0], levels, width)))
    unseen = np.full((levels, width), np.nan)
    good = _all_levels(existence.admissible(active, full.reshape(len(full), -1)), levels)
    where = np.flatnonzero(good)
    theta: Floats | None = None
    before = np.full(len(where), np.inf)
    full, counts = full[:, :, where], counts[:, :, where]
    for _ in range(MOST_ROUNDS):
        if not len(where):
            break
        table = full.reshape(len(full), -1)
        fits = fit_batch(space, table, active[:, : table.shape[1]], theta)
        now = fits.unseen.reshape(levels, -1)
        unseen[:, where] = now
        left = np.abs(now.sum(axis=0) - before) > TOLERANCE * (1.0 + now.sum(axis=0))
        means = fits.means.reshape(len(full), levels, -1)[:, :, left]
        theta = fits.theta.reshape(len(space.terms), levels, -1)[:, :, left].reshape(len(space.terms), -1)
        before, where, counts = now.sum(axis=0)[left], where[left], counts[:, :, left]
        full = _spread(people.known, counts, means)
    final = _level_totals(people, unseen)
    return unseen.sum(axis=0), final


def _all_levels(good: Bools, levels: int) -> Bools:
    return np.asarray(good.reshape(levels, -1).all(axis=0))


def _spread(known: Bools, counts: Floats, means: Floats) -> Floats:
    """E-step: people of each pattern over its levels in proportion to `means` (histories × levels × R)."""
    full = np.zeros_like(means)
    for pattern, may in enumerate(known):
        places = np.flatnonzero(may)
        if len(places) == 1:
            full[:, places[0]] += counts[:, pattern]
            continue
        weights = means[:, places]
        total = weights.sum(axis=1, keepdims=True)
        share = np.where(total > 0, weights / np.where(total > 0, total, 1.0), 1.0 / len(places))
        full[:, places] += share * counts[:, pattern][:, None]
    return full


def _level_totals(people: Classified, unseen: Floats) -> Floats:
    """Persons per level: those whose level is known, a share of the others, and the unseen."""
    certain = people.known.sum(axis=1) == 1
    seen = people.counts[:, certain].sum(axis=0) @ people.known[certain].astype(np.float64)
    spread = seen / seen.sum() if seen.sum() else np.full(len(seen), 1.0 / len(seen))
    rest = people.counts[:, ~certain].sum()
    return np.asarray((seen + rest * spread)[:, None] + unseen)
