"""Limits of the rules of honesty. All can be passed in; the defaults are proposals.

10 people seen twice, an upper limit at most 10 times the lower one and 5 % of replicates without an estimate
were chosen by simulation; `docs/methods/thresholds.md` says how and can be repeated.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """When an estimate is refused and when it comes with a warning."""

    fewest_linked_lists: int = 2
    fewest_seen_twice: int = 10
    widest_ratio: float = 10.0
    most_dropped: float = 0.05
    bic_distance: float = 10.0
    methods_differ: float = 0.25
    one_list_moves: float = 0.25
    linkage_error: float = 0.05
    smallest_cell: int = 5
    p_value: float = 0.02
    top_models: int = 20
    order: int = 2


DEFAULT = Thresholds()
