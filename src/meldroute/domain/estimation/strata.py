"""Strata: a separate estimate per stratum (year, form, sex), and their sum.

The resamples of the strata are independent, so a replicate of the sum is the sum of one replicate of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .bootstrap import Bootstrap, bootstrap
from .message import Message
from .progress import Progress, silent
from .refusals import no_model, table_refusals
from .rules import Stepwise
from .table import Table
from .thresholds import DEFAULT, Thresholds


@dataclass(frozen=True)
class Stratum:
    """One stratum; no bootstrap when refused."""

    name: str
    table: Table
    bootstrap: Bootstrap | None
    refused: tuple[Message, ...]


@dataclass(frozen=True)
class Strata:
    """All strata. `total` exists only when every stratum has an estimate; never add the others up."""

    strata: tuple[Stratum, ...]
    total: Bootstrap | None


def estimate_strata(
    tables: Mapping[str, Table],
    replicates: int = 1000,
    seed: int = 1,
    limits: Thresholds = DEFAULT,
    progress: Progress = silent,
) -> Strata:
    """Stepwise estimate with BCa limits per stratum; stratum i uses seed + i."""
    found = tuple(
        _one(name, table, replicates, seed + i, limits, progress) for i, (name, table) in enumerate(tables.items())
    )
    parts = [s.bootstrap for s in found if s.bootstrap is not None]
    return Strata(found, _sum(parts, seed) if parts and len(parts) == len(found) else None)


def _one(name: str, table: Table, replicates: int, seed: int, limits: Thresholds, progress: Progress) -> Stratum:
    refused = tuple(table_refusals(table, limits))
    rule = Stepwise(len(table.lists), limits.p_value)
    if not refused and rule.choose(table) is None:
        refused = (no_model(1),)
    if refused:
        return Stratum(name, table, None, refused)
    return Stratum(name, table, bootstrap(table, rule, replicates, seed, progress), ())


def _sum(parts: list[Bootstrap], seed: int) -> Bootstrap:
    """The acceleration of a sum of independent parts: third moments add, then are scaled anew."""
    spreads = np.array([float(np.nanstd(part.replicates)) for part in parts])
    whole = float(np.sqrt((spreads**2).sum()))
    share = spreads / whole if whole > 0 else np.zeros(len(parts))
    acceleration = float(sum(part.acceleration * s**3 for part, s in zip(parts, share, strict=True)))
    replicates = np.sum([part.replicates for part in parts], axis=0)
    return Bootstrap(sum(part.estimate for part in parts), replicates, acceleration, seed)
