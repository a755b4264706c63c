"""Existence and identifiability, held against a linear programme that knows nothing of our shortcuts."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog
from tables_here import published

from meldroute.domain.estimation.exact import null_space, positive_combination
from meldroute.domain.estimation.existence import OK, Existence, existence_code
from meldroute.domain.estimation.terms import Model, Space, all_pairs


def brute_force(model: Model, counts: np.ndarray) -> int:
    """Fienberg & Rinaldo's programme: the largest s for which some x ≥ s has the same margins."""
    cells = range(1, len(counts))
    margin = {t: sum(counts[c] for c in cells if c & t == t) for t in model.terms}
    empty = [t for t in model.terms if margin[t] == 0]
    kept = [c for c in cells if not any(c & t == t for t in empty)]
    terms = sorted(t for t in model.terms if t not in empty)
    if not kept:
        return 0
    design = np.array([[float(c & t == t) for t in terms] for c in kept])
    rank = np.linalg.matrix_rank(design)
    equal = np.hstack([design.T, np.zeros((len(terms), 1))])
    at_least = np.hstack([-np.eye(len(kept)), np.ones((len(kept), 1))])
    found = linprog(
        [0.0] * len(kept) + [-1.0],
        A_ub=at_least,
        b_ub=np.zeros(len(kept)),
        A_eq=equal,
        b_eq=[margin[t] for t in terms],
        bounds=[(0, None)] * (len(kept) + 1),
        method="highs",
    )
    exists = found.status == 0 and -found.fun > 1e-7
    return (0 if exists else 1) + (2 if rank < len(terms) else 0)


def every_model(lists: int) -> list[Model]:
    pairs = all_pairs(lists)
    return [Model.with_pairs(lists, c) for n in range(len(pairs) + 1) for c in combinations(pairs, n)]


def sparse_tables(lists: int, number: int) -> list[np.ndarray]:
    generator = np.random.default_rng(lists)
    tables = []
    while len(tables) < number:
        counts = generator.integers(1, 9, 1 << lists) * (generator.random(1 << lists) < generator.uniform(0.25, 0.9))
        counts[0] = 0
        if counts.sum():
            tables.append(counts.astype(float))
    return tables


@pytest.mark.parametrize("counts", sparse_tables(3, 40), ids=str)
def test_every_pairwise_model_on_three_lists(counts: np.ndarray) -> None:
    for model in every_model(3):
        assert existence_code(model, counts) == brute_force(model, counts), model


def test_every_pairwise_model_on_four_lists() -> None:
    for counts in sparse_tables(4, 8):
        for model in every_model(4):
            assert existence_code(model, counts) == brute_force(model, counts), (counts, model)


@pytest.mark.parametrize("name", ["Ned_5", "UKdat_5"])
def test_a_sample_of_models_on_published_tables(name: str) -> None:
    table = published(name)
    sample = np.random.default_rng(2).choice(np.array(every_model(5), dtype=object), 60, replace=False)
    for model in sample:
        assert existence_code(model, table.array) == brute_force(model, table.array)


def test_the_batch_answers_like_the_single_question() -> None:
    space = Space.up_to(3, 2)
    existence = Existence(space)
    models = every_model(3)
    for counts in sparse_tables(3, 40):
        tables = np.repeat(counts[:, None], len(models), axis=1)
        answers = existence.admissible(space.columns(models), tables)
        assert answers.tolist() == [existence_code(m, counts) == OK for m in models]
        assert (existence.admissible(space.columns(models), tables) == answers).all()


def test_null_space_and_positive_combinations() -> None:
    assert null_space([[1, 1, 0], [0, 1, 1]], 3) in ([[1, -1, 1]], [[-1, 1, -1]])
    assert null_space([[1, 0], [0, 1]], 2) == []
    assert positive_combination([[1], [-2]])
    assert not positive_combination([[1], [2]])
    assert positive_combination([])
    assert not positive_combination([[1, 0], [-1, 1], [0, 1]])
