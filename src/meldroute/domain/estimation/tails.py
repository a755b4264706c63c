"""Poisson tail probabilities on the log scale, so that the smallest of two tiny p-values stays known."""

from __future__ import annotations

import numpy as np
from scipy.special import gammainc, gammaincc, gammaln

from .lattice import Floats

SMALLEST = 1e-290


def log_p_value(observed: Floats, mean: Floats) -> Floats:
    """log of min(P(X ≤ observed), P(X ≥ observed)) for X ~ Poisson(mean), element by element.

    The one-sided p-value of Chan, Silverman & Vincent (2021), §3. A mean of zero with nothing observed
    gives log 1.
    """
    mean = np.maximum(mean, 0.0)
    upper = (observed > mean) & (observed > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(upper, gammainc(np.maximum(observed, 1.0), mean), gammaincc(observed + 1.0, mean))
        near = np.abs(observed - mean) < 1.0
        if near.any():
            both = np.minimum(
                gammaincc(observed[near] + 1.0, mean[near]),
                np.where(observed[near] > 0, gammainc(np.maximum(observed[near], 1.0), mean[near]), 1.0),
            )
            value[near] = both
        logs = np.log(value)
        tiny = value < SMALLEST
        if tiny.any():
            logs[tiny] = _log_far_tail(observed[tiny], mean[tiny])
    return np.asarray(logs)


def _log_far_tail(observed: Floats, mean: Floats) -> Floats:
    """Leading term of the tail sum: the probability of `observed` times a geometric bound on the rest."""
    point = observed * np.log(np.maximum(mean, 1e-300)) - mean - gammaln(observed + 1.0)
    ratio = np.where(observed > mean, mean / (observed + 1.0), observed / np.maximum(mean, 1e-300))
    return np.asarray(point - np.log1p(-np.minimum(ratio, 0.999999)))
