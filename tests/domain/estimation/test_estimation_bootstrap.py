"""The bootstrap: the same for the same seed, whatever the threads; honest about what has no estimate."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.special import bdtr
from tables_here import DATA, published, small

from meldroute.domain.estimation import (
    BestBic,
    Bootstrap,
    Fixed,
    Model,
    Stepwise,
    Table,
    bootstrap,
    fit_model,
    resample,
)
from meldroute.domain.estimation.bootstrap import bca_levels
from meldroute.domain.estimation.chance import binomial, uniforms
from meldroute.domain.estimation.simulate import draw, shares_of

SOURCE = Path(__file__).parents[3] / "src"
PRINT_HASH = """
import hashlib, pathlib, sys
from meldroute.domain.estimation import BestBic, Stepwise, average_models, bootstrap, read_csv
table = read_csv(pathlib.Path(sys.argv[1]).read_text())
parts = [bootstrap(table, rule, 200, 7).replicates.tobytes() for rule in (Stepwise(5), BestBic(table, top=5))]
print(hashlib.sha256(b"".join([*parts, average_models(table).weights.tobytes()])).hexdigest())
"""


def _hash(threads: str) -> str:
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    variables = {**os.environ, "PYTHONPATH": str(SOURCE), **dict.fromkeys(names, threads)}
    command = [sys.executable, "-c", PRINT_HASH, str(DATA / "Ned_5.csv")]
    return subprocess.run(command, env=variables, check=True, capture_output=True, text=True).stdout


def test_one_thread_and_more_give_the_same_bits() -> None:
    assert _hash("1") == _hash("4")


def test_the_seed_decides_everything() -> None:
    table = published("Korea")
    one, two, other = (bootstrap(table, Stepwise(3), 300, seed) for seed in (5, 5, 6))
    assert one.replicates.tobytes() == two.replicates.tobytes()
    assert one.limits() == two.limits()
    assert one.replicates.tobytes() != other.replicates.tobytes()


@pytest.mark.parametrize("name", ["UKdat_5", "Ned_5"])
def test_given_resamples_every_replicate_is_that_tables_own_estimate(name: str) -> None:
    table = published(name)
    samples = resample(table, 40, 3)
    found = bootstrap(table, Stepwise(5), resamples=samples)
    for column, replicate in zip(samples.T, found.replicates, strict=True):
        alone = Table.of(table.lists, {h: int(n) for h, n in enumerate(column) if n})
        model = Stepwise(5).choose(alone)
        assert model is not None
        fit = fit_model(alone, model)
        assert fit is not None
        assert replicate == pytest.approx(fit.n, rel=1e-6)


def test_bic_replicates_take_the_lowest_bic_among_the_kept_models() -> None:
    table = published("Korea")
    rule = BestBic(table)
    samples = resample(table, 25, 2)
    found = bootstrap(table, rule, resamples=samples)
    for column, replicate in zip(samples.T, found.replicates, strict=True):
        alone = Table.of(table.lists, {h: int(n) for h, n in enumerate(column) if n})
        fits = [
            fit_model(alone, m)
            for m in map(rule.ranking.model, range(len(rule.top)))
            if Fixed(m).choose(alone) is not None
        ]
        best = min((f for f in fits if f is not None), key=lambda f: f.bic)
        assert replicate == pytest.approx(best.n, rel=1e-6)


def test_limits_hold_the_estimate_and_nest() -> None:
    found = bootstrap(published("UKdat_5"), Stepwise(5), 400, 2)
    (lo, hi), (lo80, hi80) = found.limits(), found.limits(0.8)
    assert lo < lo80 < found.estimate < hi80 < hi
    assert found.dropped == 0
    low, high = found.percentile()
    assert (found.replicates < low).mean() == pytest.approx(0.025, abs=0.003)
    assert (found.replicates > high).mean() == pytest.approx(0.025, abs=0.003)


def test_ties_count_half() -> None:
    replicates = np.array([1.0, 2.0, 2.0, 3.0])
    low, high = bca_levels(replicates, 2.0, 0.0, 0.95)
    assert (low, high) == pytest.approx((0.025, 0.975))


def test_replicates_without_an_estimate_are_counted() -> None:
    table = small(("100", 30), ("010", 30), ("001", 30), ("110", 1), ("011", 1), ("101", 1))
    found = bootstrap(table, Fixed(Model.of(3)), 200, 1)
    assert 0 <= found.dropped < 200
    none = Bootstrap(10.0, np.array([np.nan, np.nan]), 0.0, 1)
    assert none.dropped == 2
    assert np.isnan(none.limits()).all()
    assert np.isnan(none.percentile()).all()


def test_progress_is_told_and_may_stop_the_work() -> None:
    told: list[tuple[int, int]] = []
    bootstrap(published("Korea"), Stepwise(3), 100, 1, lambda _, done, total: told.append((done, total)))
    assert told[0] == (0, 100)
    assert told[-1] == (100, 100)

    def stop(work: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bootstrap(published("Korea"), Stepwise(3), 100, 1, stop)


def test_uniform_numbers_are_those_of_r() -> None:
    """`set.seed(42); runif(3)` in R, known from many tutorials."""
    draw = uniforms(42)
    assert [draw() for _ in range(3)] == pytest.approx([0.9148060, 0.9370754, 0.2861395], abs=5e-8)
    for seed in (-1, 2**31):
        with pytest.raises(ValueError, match="seed"):
            uniforms(seed)


@pytest.mark.parametrize(("trials", "chance"), [(40, 0.1), (500, 0.3), (9000, 0.55), (2744, 0.36), (100, 0.95)])
def test_binomial_numbers_have_the_binomial_distribution(trials: int, chance: float) -> None:
    draw = uniforms(trials)
    numbers = np.array([binomial(draw, trials, chance) for _ in range(20_000)])
    spread = np.sqrt(trials * chance * (1 - chance))
    assert numbers.mean() == pytest.approx(trials * chance, abs=4.5 * spread / np.sqrt(20_000))
    assert numbers.std() == pytest.approx(spread, rel=0.03)
    for share in (0.1, 0.5, 0.9):
        edge = bdtri_k(share, trials, chance)
        assert (numbers <= edge).mean() == pytest.approx(bdtr(edge, trials, chance), abs=0.016)


def bdtri_k(share: float, trials: int, chance: float) -> int:
    """The smallest number whose distribution function reaches `share`."""
    return next(k for k in range(trials + 1) if bdtr(k, trials, chance) >= share)


def test_the_uk_intervals_of_the_r_packages() -> None:
    """SparseMSE and MultipleSystemsEstimation with their default seed 1234 and 1,000 replicates."""
    table = published("UKdat_5")
    stepwise = bootstrap(table, Stepwise(5), 1000, 1234)
    assert stepwise.limits() == pytest.approx((8784.78, 14700.55), rel=0.015)
    assert stepwise.limits(0.8) == pytest.approx((9623.86, 12531.14), rel=0.015)
    assert bootstrap(table, BestBic(table), 1000, 1234).limits() == pytest.approx((11456, 43894), rel=0.1)


def test_resamples_keep_the_number_of_people_and_the_empty_cells() -> None:
    table = published("Ned")
    samples = resample(table, 200, 9)
    assert (samples.sum(axis=0) == table.seen).all()
    assert not samples[table.array == 0].any()
    assert samples.mean(axis=1) == pytest.approx(table.array, abs=6 * np.sqrt(table.array.max() / 200))


def test_short_study_of_coverage() -> None:
    """The long one is bench/coverage.py: 89 to 90 % of 500 tables; fewer than 30 of 40 would be broken."""
    table = published("UKdat_5")
    model = Stepwise(5).choose(table)
    assert model is not None
    fit = fit_model(table, model)
    assert fit is not None
    rule, held = Stepwise(5), 0
    for number in range(40):
        drawn = draw(table.lists, round(fit.n), shares_of(fit), np.random.default_rng([5, number]))
        lo, hi = bootstrap(drawn, rule, 150, number).limits()
        held += lo <= fit.n <= hi
    assert held >= 30
