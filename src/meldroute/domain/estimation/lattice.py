"""Sums over subsets and supersets of lists: the arithmetic all log-linear fits rest on.

A capture history is an integer: bit `i` is set when a person is on list `i`. An array over histories has
2^k rows (k lists) and any number of columns (replicates, models). Row 0 is the history nobody can see.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def lists_of(rows: int) -> int:
    """The number of lists k of an array with 2^k rows; `ValueError` for any other number of rows."""
    lists = rows.bit_length() - 1
    if rows != 1 << lists:
        raise ValueError(f"{rows} rows is not a power of two")
    return lists


def subset_sums(values: NDArray[Any]) -> None:
    """In place: row S becomes the sum of the rows T with T a subset of S (parameters → linear predictor)."""
    for bit in range(lists_of(len(values))):
        halves = values.reshape(len(values) >> bit + 1, 2, 1 << bit, *values.shape[1:])
        halves[:, 1] += halves[:, 0]


def superset_sums(values: NDArray[Any]) -> None:
    """In place: row S becomes the sum of the rows T with T a superset of S (cells → marginal totals)."""
    for bit in range(lists_of(len(values))):
        halves = values.reshape(len(values) >> bit + 1, 2, 1 << bit, *values.shape[1:])
        halves[:, 0] += halves[:, 1]


def members(history: int) -> tuple[int, ...]:
    """The positions of the lists in `history`, lowest first."""
    return tuple(i for i in range(history.bit_length()) if history >> i & 1)
