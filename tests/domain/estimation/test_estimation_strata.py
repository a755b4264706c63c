"""Strata and covariates: known populations found back, missing levels filled in, refusals kept."""

from __future__ import annotations

import numpy as np
import pytest
from tables_here import published, small

from meldroute.domain.estimation import (
    Classified,
    Model,
    estimate_strata,
    estimate_with_covariate,
    fit_model,
)
from meldroute.domain.estimation.simulate import draw, log_linear_shares

LEVELS = ("2023", "2024")


def people(seed: int, missing: float) -> Classified:
    """600 people with high chances in 2023 and 1,400 with low ones in 2024."""
    generator = np.random.default_rng(seed)
    found: dict[tuple[int, frozenset[str]], int] = {}
    for level, number, chances in (("2023", 600, (0.4, 0.3, 0.35)), ("2024", 1400, (0.1, 0.25, 0.15))):
        on = generator.random((number, 3)) < np.array(chances)
        unknown = generator.random(number) < missing
        for history, hidden in zip((on @ np.array([1, 2, 4])).tolist(), unknown.tolist(), strict=True):
            if history:
                key = (history, frozenset[str]() if hidden else frozenset([level]))
                found[key] = found.get(key, 0) + 1
    return Classified.of("ABC", LEVELS, found)


def test_without_missing_levels_it_is_one_fit_per_level() -> None:
    known = people(1, 0.0)
    found = estimate_with_covariate(known, Model.of(3), replicates=20)
    assert found is not None
    total = 0.0
    for place, level in enumerate(known.known.argmax(axis=1)):
        counts = known.counts[:, place]
        fit = fit_model(small(*_rows(counts)), Model.of(3))
        assert fit is not None
        assert found.by_level[LEVELS[level]] == pytest.approx(fit.n, rel=1e-5)
        total += fit.n
    assert found.n == pytest.approx(total, rel=1e-5)


def _rows(counts: np.ndarray) -> list[tuple[str, int]]:
    return [("".join(str(h >> i & 1) for i in range(3)), int(n)) for h, n in enumerate(counts) if h]


def test_missing_levels_leave_the_known_number_inside_the_interval() -> None:
    held = 0
    for seed in range(12):
        found = estimate_with_covariate(people(seed, 0.3), Model.of(3), replicates=60, seed=seed)
        assert found is not None
        held += found.lo <= 2000 <= found.hi
    assert held >= 9


def test_the_covariate_corrects_what_pooling_gets_wrong() -> None:
    known = people(3, 0.2)
    with_level = estimate_with_covariate(known, Model.of(3), replicates=10)
    pooled = fit_model(known.collapsed, Model.of(3))
    assert with_level is not None
    assert pooled is not None
    assert abs(with_level.n - 2000) < abs(pooled.n - 2000)
    assert with_level.seen == known.seen
    assert sum(with_level.by_level.values()) == pytest.approx(with_level.n, rel=1e-6)


def test_a_partly_known_level_is_spread_over_what_it_may_be() -> None:
    some = {(h, frozenset([level])): 20 for h in (1, 2, 3) for level in "xyz"}
    found = estimate_with_covariate(
        Classified.of("AB", "xyz", {**some, (3, frozenset("xy")): 6, (1, frozenset[str]()): 9}), Model.of(2), 20
    )
    assert found is not None
    assert found.seen == 195
    assert found.n > 195


def test_a_level_without_estimate_means_no_estimate() -> None:
    counts = {
        (1, frozenset("x")): 5,
        (2, frozenset("x")): 5,
        (3, frozenset("x")): 5,
        (1, frozenset("y")): 9,
        (2, frozenset("y")): 9,
    }
    assert estimate_with_covariate(Classified.of("AB", "xy", counts), Model.of(2), 10) is None


def test_wrong_people_are_refused() -> None:
    for key in ((0, frozenset("x")), (1, frozenset("q"))):
        with pytest.raises(ValueError, match="known levels"):
            Classified.of("AB", "xy", {key: 3})
    with pytest.raises(ValueError, match="minus"):
        Classified.of("AB", "xy", {(1, frozenset("x")): -3})


def test_strata_add_up_only_when_all_have_an_estimate() -> None:
    shares = log_linear_shares(3, {0: 0, 1: -1.0, 2: -0.8, 4: -1.2})
    years = {str(2020 + i): draw("ABC", 1500, shares, np.random.default_rng(i)) for i in range(3)}
    found = estimate_strata(years, replicates=200)
    assert found.total is not None
    assert found.total.estimate == pytest.approx(sum(s.bootstrap.estimate for s in found.strata if s.bootstrap))
    lo, hi = found.total.limits()
    assert lo < 4500 < hi
    refused = estimate_strata({**years, "2030": published("Artificial_3")}, replicates=50)
    assert refused.total is None
    assert refused.strata[-1].refused
