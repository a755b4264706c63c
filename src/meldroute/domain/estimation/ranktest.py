"""Full column rank of many small 0/1 designs at once, exactly enough to be a proof.

A Gram matrix that is regular modulo a prime is regular over the rationals. The converse can fail by
accident, so a singular result is only a reason to look again, in exact arithmetic.
"""

from __future__ import annotations

import numpy as np

from .lattice import Bools, Ints, superset_sums

PRIME = 2_147_483_647
COLUMNS_AT_ONCE = 128


def surely_full_rank(masks: Ints, used: Bools, rows: Bools) -> Bools:
    """For each column r: do the terms `used[:, r]` have full column rank on the cells `rows[:, r]`?

    `used` is terms × R, `rows` cells × R. True is certain; False means "not shown".
    """
    regular = np.ones(used.shape[1], dtype=bool)
    for first in range(0, used.shape[1], COLUMNS_AT_ONCE):
        cut = slice(first, first + COLUMNS_AT_ONCE)
        present = np.flatnonzero(used[:, cut].any(axis=1))
        regular[cut] = _regular(_gram(masks[present], used[present, cut], rows[:, cut]))
    return regular


def _gram(masks: Ints, used: Bools, rows: Bools) -> Ints:
    """X'X per column, with a one on the diagonal for terms that are not used."""
    sums = rows.astype(np.int64)
    superset_sums(sums)
    gram = sums[masks[:, None] | masks[None, :]]
    gram *= used[:, None] & used[None, :]
    np.einsum("iir->ir", gram)[...] += ~used
    return np.asarray(gram)


def _regular(gram: Ints) -> Bools:
    """Elimination without division, modulo the prime, lower right corner by corner."""
    regular = np.ones(gram.shape[2], dtype=bool)
    for k in range(len(gram)):
        pivot = gram[k, k] % PRIME
        regular &= pivot != 0
        rest = gram[k + 1 :, k + 1 :]
        crossed = (gram[k + 1 :, k] % PRIME)[:, None] * (gram[k, k + 1 :] % PRIME)[None] % PRIME
        rest *= pivot
        rest -= crossed
        rest %= PRIME
    return regular
