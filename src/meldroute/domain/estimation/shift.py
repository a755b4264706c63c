"""Assumption-shift curve: how N moves when a dependence of a stated size is assumed.

No table can show how being on one list depends on being on the others for people nobody saw. The curve says
what N would be for each size of that dependence. With two lists it is the classical n10·n01·OR/n11 (Bishop,
Fienberg & Holland 1975, ch. 6; Gerritse, van der Heijden & Bakker 2015, J. Official Statistics 31).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .existence import OK, existence_code
from .fit import fit_batch
from .table import Table
from .terms import Model, Space

ODDS = (0.25, 1 / 3, 0.5, 2 / 3, 1.0, 1.5, 2.0, 3.0, 4.0)


@dataclass(frozen=True)
class Shift:
    """N when being on both lists is `odds` times as likely as independence says; None without estimate."""

    odds: float
    n: float | None


def shift_curve(table: Table, model: Model, pair: tuple[int, int], odds: Sequence[float] = ODDS) -> tuple[Shift, ...]:
    """`model` with the dependence of `pair` fixed at each of `odds` instead of estimated or absent.

    Terms that hold the pair leave the model. `ValueError` for odds that are not positive.
    """
    if min(odds) <= 0:
        raise ValueError("odds must be positive")
    both = 1 << pair[0] | 1 << pair[1]
    rest = Model(model.lists, frozenset(t for t in model.terms if t & both != both))
    if existence_code(rest, table.array) != OK:
        return tuple(Shift(o, None) for o in odds)
    space = Space.of([rest])
    cells = np.arange(len(table.counts))
    holds = ((cells & both) == both)[:, None]
    factor = np.where(holds, np.array(odds, dtype=np.float64)[None, :], 1.0)
    counts = np.repeat(table.array[:, None], len(odds), axis=1)
    active = np.repeat(space.column(rest)[:, None], len(odds), axis=1)
    fits = fit_batch(space, counts, active, factor=factor)
    return tuple(
        Shift(o, table.seen + float(u) if good else None)
        for o, u, good in zip(odds, fits.unseen, fits.converged, strict=True)
    )
