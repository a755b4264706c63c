"""Checks that use the table against itself: hide a list, leave a list out, merge lists, shake the links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from .fit import fit_batch
from .lattice import Floats, members
from .message import Message
from .pointfit import PointFit, fit_model
from .refusals import no_model, table_refusals
from .rules import Stepwise
from .table import Table
from .terms import Model, Space
from .thresholds import DEFAULT, Thresholds


@dataclass(frozen=True)
class Check:
    """One row. `truth` is known (hidden list) or the estimate to compare with; no `n` when refused."""

    lists: tuple[str, ...]
    truth: float
    n: float | None
    lo: float | None
    hi: float | None
    refused: tuple[Message, ...] = ()

    @property
    def missed(self) -> int:
        """-1 when the interval lies below the truth, +1 above, 0 when it holds it or is refused."""
        if self.lo is None or self.hi is None:
            return 0
        return 1 if self.lo > self.truth else -1 if self.hi < self.truth else 0

    @property
    def ratio(self) -> float | None:
        """Estimate over truth."""
        return self.n / self.truth if self.n is not None and self.truth else None


def hidden_lists(table: Table, limits: Thresholds = DEFAULT) -> tuple[Check, ...]:
    """Per list: take its people, hide it, estimate their number from the other lists.

    The truth is the size of the list. The interval is Wald's, given the stepwise model.
    """
    return tuple(
        _check((name,), table.hide(i), float(table.on_all(1 << i)), limits)
        for i, name in enumerate(table.lists)
        if len(table.lists) > 1
    )


def left_out(table: Table, n: float, limits: Thresholds = DEFAULT) -> tuple[Check, ...]:
    """Per list: the estimate without it, against `n` with all lists."""
    return tuple(
        _check((name,), table.drop([i]), n, limits) for i, name in enumerate(table.lists) if len(table.lists) > 1
    )


def merged_pairs(table: Table, n: float, limits: Thresholds = DEFAULT) -> tuple[Check, ...]:
    """Per pair of lists: the estimate with the two as one list, against `n`."""
    return tuple(
        _check((table.lists[a], table.lists[b]), table.merge([[a, b]]), n, limits)
        for a, b in combinations(range(len(table.lists)), 2)
        if len(table.lists) > 2
    )


def _check(lists: tuple[str, ...], table: Table, truth: float, limits: Thresholds) -> Check:
    refused = tuple(table_refusals(table, limits))
    fit = None if refused else stepwise_fit(table, limits)
    if fit is None:
        return Check(lists, truth, None, None, None, refused or (no_model(1),))
    lo, hi = fit.wald()
    return Check(lists, truth, fit.n, lo, hi)


def stepwise_fit(table: Table, limits: Thresholds = DEFAULT) -> PointFit | None:
    """The stepwise model of `table`, fitted; None when there is no estimate."""
    model = Stepwise(len(table.lists), limits.p_value).choose(table)
    return None if model is None else fit_model(table, model)


def under_linkage_error(table: Table, model: Model, error: float) -> tuple[float, float]:
    """N under `model` if a share `error` of the links was missed, and if that share was false.

    A missed link makes one person look like several; a false one makes several look like one.
    """
    tables = np.stack([_with_links(table, error), _with_links(table, -error)], axis=1)
    space = Space.of([model])
    active = np.repeat(space.column(model)[:, None], 2, axis=1)
    fits = fit_batch(space, tables, active)
    numbers = tables.sum(axis=0) + np.where(fits.converged, fits.unseen, np.nan)
    return float(numbers[0]), float(numbers[1])


def _with_links(table: Table, share: float) -> Floats:
    """The table with `share` more people on several lists (fewer when negative), persons per list kept."""
    counts = table.array
    for history, moved in _moved(table, share):
        counts[history] += moved
        for i in members(history):
            counts[1 << i] = max(counts[1 << i] - moved, 0.0)
    return counts


def _moved(table: Table, share: float) -> Iterator[tuple[int, float]]:
    return ((h, share * count) for h, count in table.cells.items() if h.bit_count() > 1)
