"""Decomposable graphs on a few lists, with their cliques and separators.

A graph is decomposable when a perfect elimination order exists; a maximum-cardinality search finds one
(Tarjan & Yannakakis 1984, SIAM J. Comput. 13). There are 8, 61 and 822 on 3, 4 and 5 lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .terms import all_pairs


@dataclass(frozen=True)
class Graph:
    """`cliques` and `separators` as sets of lists (bits); separators repeat, empty ones are left out."""

    edges: tuple[tuple[int, int], ...]
    cliques: tuple[int, ...]
    separators: tuple[int, ...]

    @property
    def components(self) -> int:
        return len(self.cliques) - len(self.separators)


@cache
def decomposable_graphs(lists: int) -> tuple[Graph, ...]:
    """All decomposable graphs on `lists` labelled nodes, fewest edges first."""
    pairs = all_pairs(lists)
    found = []
    for chosen in range(1 << len(pairs)):
        edges = tuple(pair for i, pair in enumerate(pairs) if chosen >> i & 1)
        graph = _decompose(lists, edges)
        if graph is not None:
            found.append(graph)
    return tuple(sorted(found, key=lambda g: (len(g.edges), g.edges)))


def _decompose(lists: int, edges: tuple[tuple[int, int], ...]) -> Graph | None:
    """Cliques and separators in the order of a maximum-cardinality search; None when not decomposable."""
    near = [0] * lists
    for a, b in edges:
        near[a] |= 1 << b
        near[b] |= 1 << a
    visited, cliques, separators = 0, list[int](), list[int]()
    for _ in range(lists):
        node = max(
            (i for i in range(lists) if not visited >> i & 1), key=lambda i: ((near[i] & visited).bit_count(), -i)
        )
        before = near[node] & visited
        if any(before & ~(near[i] | 1 << i) for i in range(lists) if before >> i & 1):
            return None
        if cliques and before == cliques[-1]:
            cliques[-1] |= 1 << node
        else:
            if before:
                separators.append(before)
            cliques.append(before | 1 << node)
        visited |= 1 << node
    return Graph(edges, tuple(cliques), tuple(separators))
