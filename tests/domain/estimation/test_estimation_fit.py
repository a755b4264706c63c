"""Fits: the likelihood equations, the order of lists, batches, and assumed dependence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables_here import published, reordered, small

from meldroute.domain.estimation import (
    Model,
    Stepwise,
    Table,
    existence_code,
    fit_model,
    profile_interval,
    rank_models,
    shift_curve,
)
from meldroute.domain.estimation.catalogue import all_models
from meldroute.domain.estimation.fit import fit_batch, marginals
from meldroute.domain.estimation.graphs import decomposable_graphs
from meldroute.domain.estimation.lattice import lists_of
from meldroute.domain.estimation.terms import Space

counts_of_three = st.lists(st.integers(0, 60), min_size=7, max_size=7)


def three_lists(counts: list[int]) -> Table:
    return Table.of("ABC", {h + 1: n for h, n in enumerate(counts)})


@given(counts_of_three, st.permutations([0, 1, 2]))
@settings(max_examples=120, deadline=None)
def test_any_order_of_lists_gives_the_same_estimate(counts: list[int], order: list[int]) -> None:
    table = three_lists(counts)
    turned = reordered(table, order)
    model = Model.of(3)
    assert existence_code(model, table.array) == existence_code(model, turned.array)
    if existence_code(model, table.array):
        return
    one, two = fit_model(table, model), fit_model(turned, model)
    assert one is not None
    assert two is not None
    assert two.n == pytest.approx(one.n, rel=1e-7)


@given(counts_of_three, st.integers(0, 5))
@settings(max_examples=150, deadline=None)
def test_fitted_margins_equal_observed_margins(counts: list[int], place: int) -> None:
    table = three_lists(counts)
    space = Space.up_to(3, 2)
    model = space.model(all_models(space)[:, place])
    if existence_code(model, table.array):
        return
    fit = fit_model(table, model)
    assert fit is not None
    observed, fitted = marginals(table.array), marginals(fit.means)
    for term in model.terms:
        assert fitted[term] == pytest.approx(observed[term], abs=1e-4 * max(1, table.seen))


@pytest.mark.parametrize("name", ["UKdat_5", "Ned_5", "Korea"])
def test_stepwise_and_bic_do_not_depend_on_the_order_of_lists(name: str) -> None:
    table = published(name)
    turned = reordered(table, list(reversed(range(len(table.lists)))))
    rule = Stepwise(len(table.lists))
    before, after = rule.unseen(table.array[:, None]), rule.unseen(turned.array[:, None])
    assert after[0] == pytest.approx(before[0], rel=1e-7)
    assert rank_models(turned).unseen[0] == pytest.approx(rank_models(table).unseen[0], rel=1e-7)


def test_two_lists_give_lincoln_petersen() -> None:
    fit = fit_model(small(("10", 20), ("01", 30), ("11", 10)), Model.of(2))
    assert fit is not None
    assert fit.n == pytest.approx(30 * 40 / 10)


def test_a_batch_equals_its_members() -> None:
    table = published("UKdat_5")
    space = Space.up_to(5, 2)
    active = all_models(space)[:, ::17]
    tables = np.repeat(table.array[:, None], active.shape[1], axis=1)
    together = fit_batch(space, tables, active).unseen
    apart = [fit_batch(space, table.array[:, None], active[:, [i]]).unseen[0] for i in range(active.shape[1])]
    assert together == pytest.approx(apart, rel=1e-9)


def test_the_number_of_hierarchical_models_and_graphs() -> None:
    assert [all_models(Space.up_to(k, 2)).shape[1] for k in (2, 3, 4, 5)] == [2, 8, 64, 1024]
    assert all_models(Space.up_to(4, 3)).shape[1] == 113
    assert [len(decomposable_graphs(k)) for k in (2, 3, 4, 5)] == [2, 8, 61, 822]


def test_two_list_shift_is_the_classical_formula() -> None:
    table = small(("10", 20), ("01", 30), ("11", 10))
    for shift in shift_curve(table, Model.of(2), (0, 1)):
        assert shift.n == pytest.approx(60 + shift.odds * 20 * 30 / 10)


def test_more_assumed_dependence_means_more_unseen() -> None:
    table = published("UKdat_5")
    numbers = [s.n for s in shift_curve(table, Model.of(5), (1, 2))]
    assert None not in numbers
    assert numbers == sorted(numbers)  # type: ignore[type-var]
    at_one = next(s.n for s in shift_curve(table, Model.of(5), (1, 2)) if s.odds == 1)
    main = fit_model(table, Model.of(5))
    assert main is not None
    assert at_one == pytest.approx(main.n, rel=1e-8)
    with pytest.raises(ValueError, match="positive"):
        shift_curve(table, Model.of(5), (0, 1), [0.0])


def test_profile_surrounds_the_estimate_and_widens_with_the_level() -> None:
    table = published("Korea")
    narrow, wide = (profile_interval(table, Model.of(3), level) for level in (0.8, 0.95))
    assert table.seen <= wide.lo < narrow.lo < wide.n < narrow.hi < wide.hi


def test_rows_must_be_a_power_of_two() -> None:
    with pytest.raises(ValueError, match="power of two"):
        lists_of(6)
