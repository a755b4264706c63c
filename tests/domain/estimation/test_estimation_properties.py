"""What may not matter: zero rows, empty lists, names, order, and lists that are the same list twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tables_here import published, reordered

from meldroute.domain.estimation import (
    Assessment,
    Model,
    Question,
    Table,
    assess,
    existence_code,
    fit_model,
    read_csv,
)
from rounds_here import rounds

counts_of_three = st.lists(st.integers(0, 60), min_size=7, max_size=7)
POINT = Question(replicates=0)
EXAMPLES = rounds(15, 300)


def three_lists(counts: list[int]) -> Table:
    return Table.of("ABC", {h + 1: n for h, n in enumerate(counts)})


def said(found: Assessment) -> tuple[object, ...]:
    """What somebody reads: refusals with their numbers, or the estimates."""
    numbers = [(e.method, pytest.approx(e.n, rel=1e-6), pytest.approx(e.lo, rel=1e-5)) for e in found.estimates]
    return sorted(message.code for message in found.refused), numbers


def csv(table: Table, histories: list[int], zeros: bool) -> str:
    lines = [",".join((*table.lists, "count"))]
    for h in histories:
        if zeros or table.counts[h]:
            bits = [str(h >> i & 1) for i in range(len(table.lists))]
            lines.append(",".join((*bits, str(table.counts[h]))))
    return "\n".join(lines) + "\n"


@given(counts_of_three.filter(any), st.permutations(range(1, 8)))
@settings(max_examples=EXAMPLES, deadline=None)
def test_zero_rows_and_the_order_of_rows_change_nothing(counts: list[int], order: list[int]) -> None:
    table = three_lists(counts)
    whole, bare = read_csv(csv(table, order, zeros=True)), read_csv(csv(table, sorted(order), zeros=False))
    assert whole == bare == table
    assert whole.sha256 == bare.sha256


@given(counts_of_three.filter(any), st.integers(0, 3))
@settings(max_examples=EXAMPLES, deadline=None)
def test_an_empty_list_more_changes_no_estimate_and_is_refused(counts: list[int], place: int) -> None:
    table = three_lists(counts)
    below = (1 << place) - 1
    cells = {(h & below) | (h & ~below) << 1: n for h, n in table.cells.items()}
    names = [*table.lists[:place], "leeg", *table.lists[place:]]
    wider = Table.of(names, cells)
    assert wider.sizes["leeg"] == 0
    assert existence_code(Model.of(4), wider.array) == existence_code(Model.of(3), table.array)
    one, two = fit_model(table, Model.of(3)), fit_model(wider, Model.of(4))
    assert (one is None) == (two is None)
    if one is not None and two is not None:
        assert two.n == pytest.approx(one.n, rel=1e-7)
    assert "empty_list" in {message.code for message in assess(wider, POINT).refused}


@given(counts_of_three.filter(any), st.permutations([0, 1, 2]))
@example([56, 33, 15, 15, 33, 56, 15], [0, 2, 1])  # two models with the same BIC
@settings(max_examples=EXAMPLES, deadline=None)
def test_names_and_order_of_lists_change_nothing_of_what_is_said(counts: list[int], order: list[int]) -> None:
    table = three_lists(counts)
    named = Table.of(("Zorg", "Ámber", "3"), table.cells)
    assert said(assess(reordered(named, order), POINT)) == said(assess(table, POINT))


@given(counts_of_three.filter(any), st.integers(0, 2))
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_same_list_twice_merged_is_that_list(counts: list[int], twice: int) -> None:
    table = three_lists(counts)
    doubled = Table.of("ABCD", {h | (h >> twice & 1) << 3: n for h, n in table.cells.items()})
    merged = doubled.merge([[twice, 3]])
    assert sorted(merged.sizes.values()) == sorted(table.sizes.values())
    assert said(assess(merged, POINT)) == said(assess(table, POINT))


@pytest.mark.parametrize("name", ["UKdat_5", "Korea"])
def test_a_published_table_with_an_empty_list_keeps_its_main_effects(name: str) -> None:
    table = published(name)
    lists = len(table.lists)
    wider = Table.of((*table.lists, "leeg"), table.cells)
    one, two = fit_model(table, Model.of(lists)), fit_model(wider, Model.of(lists + 1))
    assert one is not None
    assert two is not None
    assert two.n == pytest.approx(one.n, rel=1e-9)
    assert np.isfinite(two.n)
