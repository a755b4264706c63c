"""Terms and hierarchical models: which interactions a log-linear model holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from .lattice import Bools, Ints, members


def _by_order(term: int) -> tuple[int, tuple[int, ...]]:
    return term.bit_count(), members(term)


def terms_up_to(lists: int, order: int) -> tuple[int, ...]:
    """All terms of at most `order` lists, intercept (0) first, then by order and by position."""
    return tuple(sorted((t for t in range(1 << lists) if t.bit_count() <= order), key=_by_order))


def closure(terms: Iterable[int]) -> frozenset[int]:
    """`terms` with everything they contain: a model is hierarchical when it equals its closure."""
    closed: set[int] = set()
    for term in terms:
        subset = term
        while True:
            closed.add(subset)
            if subset == 0:
                break
            subset = (subset - 1) & term
    return frozenset(closed)


@dataclass(frozen=True)
class Model:
    """A hierarchical model on `lists` lists; `terms` always holds the intercept and every main effect."""

    lists: int
    terms: frozenset[int]

    @classmethod
    def of(cls, lists: int, interactions: Iterable[int] = ()) -> Model:
        """The smallest hierarchical model with all main effects and the given `interactions`."""
        return cls(lists, closure([*interactions, *(1 << i for i in range(lists))]))

    @classmethod
    def with_pairs(cls, lists: int, pairs: Iterable[tuple[int, int]]) -> Model:
        """The model with all main effects and the given pairs of list positions."""
        return cls.of(lists, (1 << a | 1 << b for a, b in pairs))

    @property
    def interactions(self) -> tuple[int, ...]:
        """Terms of two lists or more."""
        return tuple(t for t in sorted(self.terms, key=_by_order) if t.bit_count() > 1)

    @property
    def order(self) -> int:
        return max((t.bit_count() for t in self.terms), default=0)

    def label(self, names: Sequence[str]) -> str:
        """For people: the main effects and the highest interactions, such as `A + B + C + A:B`."""
        tops = [t for t in self.interactions if not any(t != u and t & u == t for u in self.terms)]
        return " + ".join([*names, *(term_label(t, names) for t in tops)])


def term_label(term: int, names: Sequence[str]) -> str:
    """`A:B` for the term of lists A and B; `1` for the intercept."""
    return ":".join(names[i] for i in members(term)) or "1"


@dataclass(frozen=True)
class Space:
    """An ordered list of terms; a batch of models is a boolean array over it (terms × models)."""

    lists: int
    terms: tuple[int, ...]

    @classmethod
    def up_to(cls, lists: int, order: int) -> Space:
        return cls(lists, terms_up_to(lists, order))

    @classmethod
    def of(cls, models: Sequence[Model]) -> Space:
        """The smallest space that holds all `models` (at least one)."""
        everything = frozenset[int]().union(*(m.terms for m in models))
        return cls(models[0].lists, tuple(sorted(everything, key=_by_order)))

    @property
    def masks(self) -> Ints:
        return np.array(self.terms, dtype=np.int64)

    def column(self, model: Model) -> Bools:
        """`model` as a boolean column over the terms."""
        return np.array([t in model.terms for t in self.terms])

    def columns(self, models: Sequence[Model]) -> Bools:
        """`models` as a boolean array, terms × models."""
        return np.stack([self.column(m) for m in models], axis=1)

    def model(self, column: Bools) -> Model:
        """The model of a boolean column."""
        return Model(self.lists, frozenset(t for t, used in zip(self.terms, column, strict=True) if used))

    def pairs(self) -> Ints:
        """Positions in the space of the terms of exactly two lists."""
        return np.array([i for i, t in enumerate(self.terms) if t.bit_count() == 2], dtype=np.int64)


def all_pairs(lists: int) -> tuple[tuple[int, int], ...]:
    """Every pair of list positions."""
    return tuple(combinations(range(lists), 2))
