"""Refusals and warnings: each with its number, in two languages, and nothing estimated when refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tables_here import published, small

from meldroute.domain.estimation import (
    DEFAULT,
    Assessment,
    Message,
    Model,
    Question,
    Table,
    assess,
    hidden_lists,
    left_out,
    merged_pairs,
    publication_refusals,
    table_refusals,
    under_linkage_error,
)
from meldroute.domain.estimation.cautions import significant
from meldroute.domain.estimation.checks import stepwise_fit
from meldroute.domain.estimation.refusals import dropped_refusal, interval_refusal, no_model
from meldroute.domain.estimation.simulate import draw, log_linear_shares

POINT = Question(methods=("stepwise",), replicates=0)


def codes(messages: tuple[Message, ...] | list[Message]) -> set[str]:
    return {m.code for m in messages}


def assert_refused(found: Assessment, *expected: str) -> None:
    assert set(expected) <= codes(found.refused)
    assert found.estimates == ()
    assert found.existence is not None
    for message in found.refused:
        assert message.nl.endswith(".")
        assert message.en.endswith(".")
        assert message.nl != message.en
        assert message.number is not None or message.code == "interval_too_wide"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (small(("1", 50)), "too_few_lists"),
        (small(("10", 50), ("01", 40)), "list_without_overlap"),
        (small(("10", 50), ("01", 40)), "too_few_lists"),
        (small(("100", 50), ("010", 40), ("110", 12), ("001", 5)), "list_without_overlap"),
        (small(("100", 50), ("010", 40), ("110", 12)), "empty_list"),
        (small(("10", 50), ("01", 40), ("11", 9)), "seen_twice"),
        (small(("10", 50), ("11", 20)), "contained_list"),
        (Table.of("AB", {}), "empty_list"),
    ],
)
def test_tables_that_are_refused(table: Table, expected: str) -> None:
    assert_refused(assess(table, POINT), expected)


def test_eight_lists_without_any_overlap() -> None:
    table = Table.of("ABCDEFGH", {1 << i: 20 for i in range(8)})
    found = assess(table, POINT)
    assert_refused(found, "too_few_lists", "list_without_overlap", "seen_twice")
    assert len([m for m in found.refused if m.code == "list_without_overlap"]) == 8


def test_ten_seen_twice_is_enough_and_the_limit_can_be_passed_in() -> None:
    table = small(("10", 50), ("01", 40), ("11", 10))
    assert table_refusals(table) == []
    assert codes(table_refusals(table, replace(DEFAULT, fewest_seen_twice=11))) == {"seen_twice"}


def test_a_contained_list_is_accepted_once_merged() -> None:
    table = small(("100", 50), ("010", 40), ("110", 20), ("101", 8), ("011", 9), ("111", 3), lists="ABC")
    inside = small(("100", 50), ("010", 40), ("110", 20), ("101", 8), lists="ABC")
    assert table_refusals(table) == []
    assert codes(table_refusals(inside)) == {"contained_list"}
    assert table_refusals(inside.merge([[0, 2]])) == []


def test_any_table_is_either_refused_or_estimated() -> None:
    generator = np.random.default_rng(0)
    outcomes = set()
    for _ in range(150):
        lists = int(generator.integers(1, 5))
        filled = generator.random(1 << lists) < generator.uniform(0.2, 1.0)
        cells = {h: int(generator.integers(1, 25)) for h in range(1, 1 << lists) if filled[h]}
        found = assess(Table.of("ABCD"[:lists], cells), POINT)
        assert bool(found.refused) != bool(found.estimates)
        assert all(np.isfinite([e.n, e.lo, e.hi]).all() for e in found.estimates)
        outcomes.add(bool(found.refused))
    assert outcomes == {True, False}


def test_no_model_is_said_with_the_number_of_models() -> None:
    message = no_model(64)
    assert message.code == "no_admissible_model"
    assert "64" in message.nl
    assert "64" in message.en


def test_definitions_must_map_to_one() -> None:
    table = small(("10", 50), ("01", 40), ("11", 20))
    one = dict.fromkeys("AB", "meldingen bij CoMensha")
    assert not assess(table, replace(POINT, definitions=one)).refused
    assert_refused(assess(table, replace(POINT, definitions={**one, "B": "aangiften"})), "definitions")
    assert_refused(assess(table, replace(POINT, definitions={"A": "aangiften"})), "definitions")
    assert "definitions_missing" in codes(assess(table, POINT).warnings)


def test_interval_and_dropped_replicates() -> None:
    assert interval_refusal(100, 1000) is None
    too_wide = interval_refusal(100, 1001)
    assert too_wide is not None
    assert too_wide.number == pytest.approx(10.01)
    assert interval_refusal(100, float("inf")) is not None
    assert dropped_refusal(50, 1000) is None
    too_many = dropped_refusal(51, 1000)
    assert too_many is not None
    assert too_many.number == pytest.approx(0.051)


def test_a_narrower_limit_refuses_every_method_and_then_the_table() -> None:
    narrow = replace(DEFAULT, widest_ratio=1.01)
    found = assess(published("Korea"), Question(replicates=50, limits=narrow))
    assert_refused(found, "interval_too_wide")
    some = assess(published("UKdat_5"), Question(replicates=0, limits=replace(DEFAULT, widest_ratio=1.35)))
    assert not some.refused
    assert codes(some.warnings) & {"withheld_bic", "withheld_bma"}


def test_models_that_disagree_make_a_range_of_the_headline() -> None:
    found = assess(published("UKdat_5"), Question(methods=("stepwise",), replicates=200))
    (estimate,) = found.estimates
    assert estimate.headline == "range"
    assert estimate.spread is not None
    low, high = estimate.spread
    assert high - low > estimate.hi - estimate.lo
    assert "models_disagree" in codes(found.warnings)
    without = assess(published("UKdat_5"), POINT)
    assert without.estimates[0].headline == "point"
    assert without.estimates[0].limits == "wald"


def test_methods_that_differ_are_both_named() -> None:
    (message,) = (m for m in assess(published("Ned_5"), POINT).warnings if m.code == "methods_differ")
    assert "120.000" in message.nl
    assert "48.000" in message.nl
    assert message.number == pytest.approx(121521.61 / 48012.73 - 1, abs=1e-3)


def test_one_list_moves_and_two_lists_and_years_and_links() -> None:
    assert "one_list_moves" in codes(assess(published("Ned_5"), POINT).warnings)
    two = small(("10", 50), ("01", 40), ("11", 20))
    said = codes(assess(two, replace(POINT, years=3, probabilistic_share=0.4)).warnings)
    assert {"independence_assumed", "years_pooled", "linkage_error"} <= said
    said = codes(assess(two, POINT).warnings)
    assert not {"years_pooled", "linkage_error"} & said


def test_six_lists_say_that_the_search_is_greedy_and_averaging_is_not_available() -> None:
    found = assess(published("UKdat"), Question(replicates=0))
    assert {"greedy_search", "method_not_available"} <= codes(found.warnings)
    assert [e.method for e in found.estimates] == ["stepwise", "bic"]


def test_hidden_lists_that_depend_on_each_other_warn_of_too_low() -> None:
    """Everybody likely on one list is likely on all: the hidden list is estimated too low."""
    generator = np.random.default_rng(4)
    likely = generator.random(6000) < 0.25
    history = np.zeros(6000, dtype=int)
    for bit in range(3):
        history |= (generator.random(6000) < np.where(likely, 0.45, 0.05)).astype(int) << bit
    table = Table.of("ABC", {h: int((history == h).sum()) for h in range(1, 8)})
    assert {c.missed for c in hidden_lists(table)} == {-1}
    found = assess(table, POINT)
    (message,) = (m for m in found.warnings if m.code == "probably_too_low")
    assert message.nl.startswith("Waarschijnlijk te laag")
    assert message.number == 3


def test_hidden_lists_of_independent_lists_are_found_back() -> None:
    shares = log_linear_shares(4, {0: 0, 1: -1.0, 2: -0.8, 4: -1.2, 8: -0.6})
    table = draw("ABCD", 8000, shares, np.random.default_rng(1))
    for check in hidden_lists(table):
        assert check.n == pytest.approx(check.truth, rel=0.15)


def test_checks_give_a_row_per_list_and_keep_refusals() -> None:
    table = published("UKdat_5")
    hidden = hidden_lists(table)
    assert [c.lists[0] for c in hidden] == list(table.lists)
    assert all(c.refused for c in hidden if c.n is None)
    fit = stepwise_fit(table)
    assert fit is not None
    assert len(left_out(table, fit.n)) == 5
    assert len(merged_pairs(table, fit.n)) == 10
    for check in left_out(table, fit.n):
        alone = stepwise_fit(table.drop([table.lists.index(check.lists[0])]))
        assert alone is not None
        assert check.n == pytest.approx(alone.n)


def test_missed_links_make_the_estimate_too_high() -> None:
    more, fewer = under_linkage_error(published("UKdat_5"), Model.of(5), 0.05)
    fit = stepwise_fit(published("UKdat_5"))
    assert fit is not None
    assert more < 13444 < fewer


def test_small_cells_are_a_rule_of_publication_only() -> None:
    assert codes(publication_refusals(published("UKdat_5"))) == {"small_cells"}
    assert assess(published("UKdat_5"), POINT).estimates


@pytest.mark.parametrize(
    ("value", "shown"), [(11312.9, 11000), (9.6, 10), (7, 7), (0, 0), (999, 1000), (121521, 120000)]
)
def test_two_significant_digits(value: float, shown: int) -> None:
    assert significant(value) == shown
