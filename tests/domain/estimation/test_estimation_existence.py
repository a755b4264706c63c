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
from rounds_here import rounds


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


def same(lists: int, counts: np.ndarray, models: list[Model] | None = None) -> int:
    """Hold all pairwise models on one table against the programme; how many have an estimate."""
    fine = 0
    for model in models or every_model(lists):
        code = existence_code(model, counts)
        assert code == brute_force(model, counts), (counts.astype(int).tolist(), model)
        fine += code == OK
    return fine


def sample_of(models: list[Model], number: int) -> list[Model]:
    chosen = np.random.default_rng(2).permutation(len(models))[:number]
    return [models[place] for place in sorted(chosen)]


def test_every_pairwise_model_on_every_zero_pattern_of_two_lists() -> None:
    """Every way for a table of two lists to have empty cells."""
    for pattern in range(8):
        same(2, np.array([0.0] + [float(3 + cell) * (pattern >> cell & 1) for cell in range(3)]))


def test_every_pairwise_model_on_zero_patterns_of_three_lists() -> None:
    """In prove/ all 128 patterns; existence depends on the pattern alone."""
    for pattern in range(0, 128, rounds(4, 1)):
        same(3, np.array([0.0] + [float(3 + cell) * (pattern >> cell & 1) for cell in range(7)]))


def test_every_pairwise_model_on_four_lists() -> None:
    for counts in sparse_tables(4, rounds(6, 120)):
        same(4, counts)


@pytest.mark.parametrize("name", ["Ned_5", "UKdat_5", "Korea"])
def test_pairwise_models_on_published_tables(name: str) -> None:
    """In prove/ all 1,024."""
    table = published(name)
    lists = len(table.lists)
    assert same(lists, table.array, sample_of(every_model(lists), rounds(40, 1024)))


def test_pairwise_models_on_sparse_tables_of_five_lists() -> None:
    """In prove/ all 1,024 on 20 tables."""
    for counts in sparse_tables(5, rounds(2, 20)):
        same(5, counts, sample_of(every_model(5), rounds(20, 1024)))


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
