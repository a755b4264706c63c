"""Bayesian model averaging over decomposable graphs, exact on the grid of all whole numbers.

Madigan & York (1997), Biometrika 84: each graph is a model of conditional independence; cell probabilities
have a hyper-Dirichlet prior with `delta` per cell, so the likelihood of N integrates in closed form. Prior
on N: 1/N; all graphs equally likely. Only the cell of the unseen depends on N.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from .graphs import Graph, decomposable_graphs
from .lattice import Floats
from .progress import Progress, silent
from .table import Table

FEWEST_LISTS, MOST_LISTS = 3, 5
UNSEEN_PER_SEEN = 30
GRID_AT_ONCE = 8_192
NEGLIGIBLE = -50.0


@dataclass(frozen=True)
class Posterior:
    """Posterior of N on the whole numbers from seen + 1; `graph_weights` adds to 1.

    `averaged` graphs took part; `graphs` are those whose weight can be seen in double precision.
    """

    seen: int
    weights: Floats
    graphs: tuple[Graph, ...]
    graph_weights: Floats
    averaged: int

    def quantile(self, share: float) -> int:
        """The smallest N with at least `share` of the posterior at or below it."""
        place = int(np.searchsorted(np.cumsum(self.weights), share * self.weights.sum()))
        return self.seen + 1 + min(place, len(self.weights) - 1)

    def interval(self, level: float = 0.95) -> tuple[int, int]:
        """Central interval."""
        return self.quantile((1 - level) / 2), self.quantile((1 + level) / 2)

    @property
    def edge_mass(self) -> float:
        """Share of the posterior in the last hundredth of the grid: large when the grid cuts it off."""
        return float(self.weights[-max(1, len(self.weights) // 100) :].sum())


def average_models(
    table: Table,
    delta: float | None = None,
    unseen_per_seen: int = UNSEEN_PER_SEEN,
    progress: Progress = silent,
) -> Posterior:
    """Posterior of N over all decomposable graphs on 3 to 5 lists (`ValueError` otherwise).

    `delta` is the prior count per cell, 2^-k unless given; the grid runs to unseen_per_seen × seen unseen.
    """
    lists = len(table.lists)
    if not FEWEST_LISTS <= lists <= MOST_LISTS:
        raise ValueError(f"model averaging needs {FEWEST_LISTS} to {MOST_LISTS} lists, not {lists}")
    marginal = _Marginal(table, 2.0**-lists if delta is None else delta)
    most = max(unseen_per_seen * table.seen, 1000)
    everything = decomposable_graphs(lists)
    graphs = marginal.worth_keeping(everything, most)
    logs, weights = _integrate(marginal, graphs, most, progress)
    return Posterior(table.seen, logs, tuple(graphs), weights, len(everything))


def _integrate(marginal: _Marginal, graphs: list[Graph], most: int, progress: Progress) -> tuple[Floats, Floats]:
    """Posterior weight of every number unseen and of every graph."""
    anchor = marginal.anchor
    over_graphs, per_graph = np.zeros(most), np.zeros(len(graphs))
    for first in range(0, most, GRID_AT_ONCE):
        progress("bma", first, most)
        unseen = np.arange(first + 1, min(first + GRID_AT_ONCE, most) + 1, dtype=np.float64)
        pieces = marginal.pieces(unseen)
        for place, graph in enumerate(graphs):
            weight = np.exp(marginal.of_graph(graph, pieces) - anchor)
            over_graphs[first : first + len(unseen)] += weight
            per_graph[place] += weight.sum()
    progress("bma", most, most)
    total = over_graphs.sum()
    return over_graphs / total, per_graph / total


@dataclass(frozen=True)
class _Pieces:
    cliques: dict[int, Floats]
    ends: Floats
    common: Floats


class _Marginal:
    """Log marginal likelihoods of one table, up to a constant."""

    def __init__(self, table: Table, delta: float) -> None:
        self.table, self.delta, self.cells = table, delta, len(table.counts)
        self.lists = len(table.lists)
        self.fixed = {s: self._fixed(s) for s in range(1, self.cells)}
        self.anchor = 0.0

    def _margin(self, lists: int) -> list[int]:
        margin: dict[int, int] = {}
        for h, count in self.table.cells.items():
            margin[h & lists] = margin.get(h & lists, 0) + count
        return [margin.get(h, 0) for h in range(self.cells) if h & ~lists == 0]

    def _fixed(self, lists: int) -> tuple[float, float, float]:
        """(seen on none of `lists`, prior count per cell, sum over the cells that do not move with N)."""
        counts = self._margin(lists)
        prior = self.delta * self.cells / len(counts)
        still = sum(math.lgamma(n + prior) for n in counts[1:]) - len(counts) * math.lgamma(prior)
        return float(counts[0]), prior, still

    def pieces(self, unseen: Floats) -> _Pieces:
        """Everything that depends on the number unseen: per set of lists, per component, and common."""
        n = unseen + self.table.seen
        sets = {s: gammaln(unseen + zero + prior) + still for s, (zero, prior, still) in self.fixed.items()}
        prior_total = self.delta * self.cells
        ends = math.lgamma(prior_total) - gammaln(n + prior_total)
        return _Pieces(sets, ends, gammaln(n + 1.0) - gammaln(unseen + 1.0) - np.log(n))

    def of_graph(self, graph: Graph, pieces: _Pieces) -> Floats:
        value = pieces.common + graph.components * pieces.ends
        for clique in graph.cliques:
            value += pieces.cliques[clique]
        for separator in graph.separators:
            value -= pieces.cliques[separator]
        return value

    def worth_keeping(self, graphs: tuple[Graph, ...], most: int) -> list[Graph]:
        """Graphs that can matter in double precision; also fixes the scale of the logs."""
        rough = np.unique(np.geomspace(1, most, 400).round())
        pieces = self.pieces(rough)
        spacing = np.log(np.gradient(rough))
        heights = np.array([float((self.of_graph(g, pieces) + spacing).max()) for g in graphs])
        self.anchor = float(heights.max())
        return [g for g, height in zip(graphs, heights, strict=True) if height > self.anchor + NEGLIGIBLE]
