"""Small counts: not printed, and not to be worked out from what is (attacked with exact whole-number programmes)."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp
from tables_here import published, small

from meldroute.domain.estimation import Message, Table
from meldroute.domain.estimation.protection import Shown, everything, protected, totals, without_counts

SMALLEST = 5


def made_up(number: int, lists: int) -> list[Table]:
    """Random tables, most of their counts small."""
    generator = np.random.default_rng([lists, number])
    found = []
    for _ in range(number):
        counts = generator.negative_binomial(0.5, generator.uniform(0.02, 0.4), 1 << lists)
        found.append(Table.of("ABCDEF"[:lists], {h: int(n) for h, n in enumerate(counts) if h and n}))
    return found


def range_of(history: int, shown: Shown) -> tuple[float, float]:
    """The least and most whole number of people `history` can hold for somebody who has all that is printed."""
    every = list(range(1, 1 << len(shown.lists)))
    rows = [[float(h in one.histories) for h in every] for one in totals(shown)]
    values = [float(one.value) for one in totals(shown)]
    for known, count in shown.cells.items():
        rows.append([float(h == known) for h in every])
        values.append(float(count))
    if not rows:
        return 0.0, np.inf
    wanted = np.array([float(h == history) for h in every])
    held, whole = LinearConstraint(np.array(rows), values, values), np.ones(len(every))
    least, most = (milp(sign * wanted, constraints=held, integrality=whole) for sign in (1, -1))
    return float(least.fun), -float(most.fun) if most.status == 0 else np.inf


@pytest.mark.parametrize(("lists", "number"), [(2, 60), (3, 60), (4, 25)])
def test_no_attack_finds_a_small_count(lists: int, number: int) -> None:
    for table in made_up(number, lists):
        shown = protected(table)
        printed = [*shown.cells.values(), shown.seen, shown.seen_twice, *shown.sizes.values()]
        assert not [n for n in printed if n is not None and 0 < n < SMALLEST]
        for history, count in table.cells.items():
            if count < SMALLEST:
                low, high = range_of(history, shown)
                assert high - low >= SMALLEST - 1, (table, shown, history)


@pytest.mark.parametrize("table", made_up(8, 5), ids=str)
def test_what_is_printed_is_true(table: Table) -> None:
    shown, whole = protected(table), everything(table)
    assert shown.cells.items() <= whole.cells.items()
    assert shown.seen in (None, table.seen)
    assert all(size in (None, whole.sizes[name]) for name, size in shown.sizes.items())
    assert protected(table) == shown


def test_a_table_without_small_counts_is_printed_whole() -> None:
    table = small(("10", 50), ("01", 40), ("11", 12))
    assert protected(table) == everything(table)


def test_one_small_count_takes_others_with_it() -> None:
    """40 + 30 + 20 + … with one 3: the total of the others would give it back."""
    shown = protected(small(("100", 40), ("010", 30), ("001", 20), ("110", 12), ("011", 9), ("101", 3)))
    assert not shown.whole
    assert len(shown.cells) < 5
    assert shown.seen == 114


def test_many_lists_print_their_total_only() -> None:
    shown = protected(published("Ned")) if len(published("Ned").lists) > 6 else None
    eight = protected(Table.of("ABCDEFGH", {1: 100, 2: 90, 3: 2, 128: 4}))
    assert (eight.seen, eight.cells, set(eight.sizes.values())) == (196, {}, {None})
    assert shown is None or shown.seen == published("Ned").seen


def test_nobody_and_four_people() -> None:
    assert protected(Table.of("AB", {})).seen == 0
    assert protected(Table.of("AB", {1: 4})).seen is None


def test_sentences_lose_their_numbers_of_people() -> None:
    seen = Message("seen_twice", "Maar 3 mensen", "Only 3", 3, 10)
    told = [seen, Message("years_pooled", "2 jaren", "2 years", 2, 1)]
    plain = without_counts([*told, told[0]])
    assert [m.code for m in plain] == ["seen_twice", "years_pooled"]
    assert "3" not in plain[0].nl + plain[0].en
    assert plain[0].number is None
    assert plain[1] == told[1]
