"""What of a table may be printed for people outside: small cells hidden, and others with them.

A count below the limit is hidden. Totals can give it back, so that further cells, and in the end totals, are hidden
until nobody who knows what is printed can say much about a hidden cell: under all tables with the printed numbers
each hidden small cell still takes a range of `smallest - 1` or more (Cox 1980, JASA 75; Hundepool et al. 2012,
Statistical Disclosure Control, ch. 4). Zero counts are not told from hidden ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linprog

from .message import Message
from .table import Table
from .thresholds import DEFAULT

MOST_LISTS_IN_DETAIL = 6


@dataclass(frozen=True)
class Shown:
    """What is printed. None, or a history that is not in `cells`, is hidden or zero; `whole` when nothing is hidden."""

    lists: tuple[str, ...]
    seen: int | None
    seen_twice: int | None
    sizes: dict[str, int | None]
    cells: dict[int, int]
    whole: bool

    def label(self, history: int) -> str:
        """The names of the lists in a history."""
        return " + ".join(name for i, name in enumerate(self.lists) if history >> i & 1)


@dataclass(frozen=True)
class _Total:
    """A printed sum over histories."""

    histories: frozenset[int]
    value: int


def everything(table: Table) -> Shown:
    """All of it, for those who made the table."""
    return Shown(table.lists, table.seen, table.seen_twice, dict(table.sizes), dict(table.cells), True)


def protected(table: Table, smallest: int = DEFAULT.smallest_cell) -> Shown:
    """What may be printed when no count from 1 to `smallest - 1` may be known or worked out."""
    detailed = len(table.lists) <= MOST_LISTS_IN_DETAIL

    def kept(value: int) -> int | None:
        return None if 0 < value < smallest else value

    cells = {h: n for h, n in table.cells.items() if n >= smallest} if detailed else {}
    sizes = {name: kept(n) if detailed else None for name, n in table.sizes.items()}
    twice = kept(table.seen_twice) if detailed else None
    shown = Shown(table.lists, kept(table.seen), twice, sizes, cells, False)
    while (known := exposing(table, shown, smallest)) is not None:
        shown = _with_less(shown, known)
    return replace(shown, whole=shown == replace(everything(table), whole=False))


def totals(shown: Shown) -> list[_Total]:
    """The printed sums as equations over histories."""
    every = range(1, 1 << len(shown.lists))
    found = [] if shown.seen is None else [_Total(frozenset(every), shown.seen)]
    if shown.seen_twice is not None:
        found.append(_Total(frozenset(h for h in every if h.bit_count() > 1), shown.seen_twice))
    for i, size in enumerate(shown.sizes.values()):
        if size is not None:
            found.append(_Total(frozenset(h for h in every if h >> i & 1), size))
    return found


def exposing(table: Table, shown: Shown, smallest: int) -> frozenset[int] | None:
    """Histories whose printed sums give too much away; None when nothing does."""
    sums = totals(shown)
    for one in sums:
        rest = one.value - sum(shown.cells.get(h, 0) for h in one.histories)
        if 0 < rest < smallest:
            return one.histories
    hidden = [h for h in range(1, 1 << len(table.lists)) if h not in shown.cells]
    for history in (h for h in hidden if 0 < table.counts[h] < smallest):
        low, high = attacked(history, hidden, shown, sums)
        if high - low < smallest - 1 - 1e-6:
            touching = [one.histories for one in sums if history in one.histories]
            return frozenset().union(*touching)
    return None


def attacked(history: int, hidden: list[int], shown: Shown, sums: list[_Total]) -> tuple[float, float]:
    """The least and the most people that `history` can hold in a table with the printed numbers."""
    if not any(history in one.histories for one in sums):
        return 0.0, math.inf
    matrix = np.array([[float(h in one.histories) for h in hidden] for one in sums])
    rest = np.array([one.value - sum(shown.cells.get(h, 0) for h in one.histories) for one in sums], dtype=float)
    wanted = np.array([float(h == history) for h in hidden])
    least, most = (linprog(sign * wanted, A_eq=matrix, b_eq=rest, method="highs") for sign in (1.0, -1.0))
    return float(least.fun), -float(most.fun) if most.status == 0 else math.inf


def _with_less(shown: Shown, known: frozenset[int]) -> Shown:
    """Hide the smallest cell that takes part; without one, a total."""
    candidates = [h for h in shown.cells if h in known] or list(shown.cells)
    if candidates:
        gone = min(candidates, key=lambda h: (shown.cells[h], h))
        return replace(shown, cells={h: n for h, n in shown.cells.items() if h != gone})
    if shown.seen_twice is not None:
        return replace(shown, seen_twice=None)
    sizes = {name: size for name, size in shown.sizes.items() if size is not None}
    if sizes:
        least = min(sizes, key=lambda name: (sizes[name], name))
        return replace(shown, sizes={**shown.sizes, least: None})
    return replace(shown, seen=None)


_PLAIN = {
    "seen_twice": (
        "Te weinig mensen staan op meer dan één lijst.",
        "Too few people are on more than one list.",
    ),
    "contained_list": (
        "Een van de lijsten zit helemaal in een andere. Dat lijkt op doorverwijzen.",
        "One of the lists lies wholly within another. That looks like referral.",
    ),
    "list_without_overlap": (
        "Een van de lijsten heeft met geen andere lijst iemand gemeen.",
        "One of the lists has nobody in common with another list.",
    ),
    "empty_list": ("Een van de lijsten is leeg.", "One of the lists is empty."),
}


def without_counts(messages: Iterable[Message]) -> tuple[Message, ...]:
    """The same reasons and warnings without numbers of people in the table."""
    plain = (Message(m.code, *_PLAIN[m.code]) if m.code in _PLAIN else m for m in messages)
    return tuple(dict.fromkeys(plain))
