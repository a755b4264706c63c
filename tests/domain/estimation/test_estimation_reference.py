"""Published numbers, and numbers measured with SparseMSE 2.0.1, MultipleSystemsEstimation 1.2.0, Rcapture and dga."""

from __future__ import annotations

import pytest
from tables_here import published

from meldroute.domain.estimation.bic import rank_models
from meldroute.domain.estimation.bma import average_models
from meldroute.domain.estimation.existence import existence_code
from meldroute.domain.estimation.pointfit import fit_model
from meldroute.domain.estimation.profile import profile_interval
from meldroute.domain.estimation.rules import Stepwise
from meldroute.domain.estimation.terms import Model, term_label

MAIN_EFFECTS = {
    "UKdat_5": 13444.1312,
    "Ned_5": 52923.8943,
    "UKdat": 12213.9951,
    "Ned": 52823.4639,
    "Korea": 141.9926,
}
STEPWISE = {
    "UKdat_5": (11312.9903, 9884.40, 13027.40, 6),
    "Ned_5": (121521.6137, 98675.43, 150138.91, 6),
    "UKdat": (11417.9911, 9977.28, 13145.66, 7),
    "Ned": (111139.3712, 92439.86, 133991.47, 8),
    "Korea": (268.7778, 202.53, 390.20, 1),
}
BEST_BIC = {
    ("UKdat_5", 2): (22991.3313, 196.539756),
    ("UKdat_5", 3): (25311.29, 195.8791),
    ("Ned_5", 2): (48012.7263, 222.053910),
    ("Korea", 2): (157.1667, 57.140810),
}
AVERAGED = {
    "UKdat_5": (22992, 10389, 33509, 4),
    "Ned_5": (50379, 41671, 203390, 12),
    "Korea": (163, 127, 468, 1),
}
PROFILES = {
    "UKdat_5": (13437.92, 11985.12, 15165.90),
    "Ned_5": (52914.42, 48612.91, 57784.80),
    "Korea": (141.08, 131.00, 155.77),
}
ARTIFICIAL = {"": 0, "AB": 1, "AC": 0, "BC": 0, "AB AC": 1, "AB BC": 1, "AC BC": 0, "AB AC BC": 2}


@pytest.mark.parametrize("name", MAIN_EFFECTS)
def test_main_effects_agree_to_one_in_a_million(name: str) -> None:
    table = published(name)
    fit = fit_model(table, Model.of(len(table.lists)))
    assert fit is not None
    assert fit.n == pytest.approx(MAIN_EFFECTS[name], rel=1e-6)


@pytest.mark.parametrize("name", STEPWISE)
def test_stepwise_takes_the_published_model(name: str) -> None:
    table = published(name)
    model = Stepwise(len(table.lists)).choose(table)
    assert model is not None
    fit = fit_model(table, model)
    assert fit is not None
    n, lo, hi, pairs = STEPWISE[name]
    assert fit.n == pytest.approx(n, rel=1e-6)
    assert fit.wald() == pytest.approx((lo, hi), abs=0.0051)
    assert len(model.interactions) == pairs


def test_the_dutch_pair_without_overlap_is_minus_infinity() -> None:
    table = published("Ned_5")
    model = Stepwise(5).choose(table)
    assert model is not None
    fit = fit_model(table, model)
    assert fit is not None
    assert [term_label(t, table.lists) for t in fit.infinite] == ["K:R"]
    assert len(model.interactions) - len(fit.infinite) == 5


@pytest.mark.parametrize(("name", "order"), BEST_BIC)
def test_best_bic_model(name: str, order: int) -> None:
    table = published(name)
    ranking = rank_models(table, order)
    n, bic = BEST_BIC[name, order]
    assert ranking.exhaustive
    assert table.seen + ranking.unseen[0] == pytest.approx(n, rel=1e-6)
    assert ranking.bic[0] == pytest.approx(bic, rel=1e-6)


@pytest.mark.parametrize("name", AVERAGED)
def test_model_averaging_within_a_grid_step(name: str) -> None:
    median, lo, hi, step = AVERAGED[name]
    posterior = average_models(published(name))
    for found, wanted in zip((posterior.quantile(0.5), *posterior.interval()), (median, lo, hi), strict=True):
        assert abs(found - wanted) <= step + 0.005 * wanted


@pytest.mark.parametrize("name", PROFILES)
def test_profile_limits(name: str) -> None:
    table = published(name)
    found = profile_interval(table, Model.of(len(table.lists)))
    assert (found.n, found.lo, found.hi) == pytest.approx(PROFILES[name], rel=1e-3)


@pytest.mark.parametrize("pairs", ARTIFICIAL)
def test_existence_codes_of_the_artificial_table(pairs: str) -> None:
    table = published("Artificial_3")
    chosen = [("ABC".index(a), "ABC".index(b)) for a, b in pairs.split()]
    assert existence_code(Model.with_pairs(3, chosen), table.array) == ARTIFICIAL[pairs]
