"""Small numbers in reports, attacked by somebody who has everything that was printed and knows the program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp

from meldroute.domain.reporting.printing import SMALLEST, Count, Printed, cut, middle, printed, share

UNDER = set(range(SMALLEST))
Table = tuple[int, ...]


def year(number: int, first: int = 2026, last: int | None = None, **parts: dict[str, int]) -> Count:
    """A count of one year, or of `first` to `last`."""
    return Count("received", date(first, 1, 1), date(last or first, 12, 31), number, parts)


def adding_up(cells: int, number: int) -> Iterator[Table]:
    """Every table of so many cells with this sum."""
    if cells == 1:
        yield (number,)
        return
    for first in range(number + 1):
        yield from ((first, *rest) for rest in adding_up(cells - 1, number - first))


def tells_nothing(values: set[int]) -> bool:
    """Everything under the limit is possible, or nothing is."""
    return values >= UNDER or min(values) >= SMALLEST


@pytest.mark.parametrize(("cells", "most"), [(2, 26), (3, 20), (4, 16), (5, 12)])
def test_nobody_who_knows_the_program_finds_a_small_cell(cells: int, most: int) -> None:
    """All tables up to a total, by what is printed of them: in each heap a cell is 5 or more, or 0 to 4 all occur.

    Cells taken together are never known to the number when that is small.
    """
    heaps: dict[object, list[Table]] = defaultdict(list)
    for number in range(most + 1):
        for table in adding_up(cells, number):
            shown = printed(year(number, form=dict(zip("abcde", table, strict=False))))
            heaps[shown.number, tuple(shown.parts["form"].values())].append(table)
    assert len(heaps) > 20
    for heap in heaps.values():
        for some in product((True, False), repeat=cells):
            sums = {sum(told for told, wanted in zip(table, some, strict=True) if wanted) for table in heap}
            assert sum(some) != 1 or tells_nothing(sums), (heap[:3], some)
            assert not any(some) or len(sums) > 1 or min(sums) >= SMALLEST, (heap[:3], some)


PERIODS = [
    ((2024, 2024), (2024, 2025)),
    ((2024, 2025), (2024, 2024)),
    ((2024, 2024), (2025, 2025), (2024, 2025)),
]


@pytest.mark.parametrize("order", PERIODS, ids=str)
def test_nor_from_the_difference_of_two_periods(order: Sequence[tuple[int, int]]) -> None:
    """Every pair of years up to a sum, reported in this order, each report knowing those before it."""
    heaps: dict[object, list[Table]] = defaultdict(list)
    most = 14
    for one, two in ((a, b) for a in range(most + 1) for b in range(most + 1 - a)):
        numbers, before = {2024: one, 2025: two}, []
        for first, last in order:
            before.append(printed(year(sum(numbers[y] for y in range(first, last + 1)), first, last), before))
        heaps[tuple(shown.number for shown in before)].append((one, two))
    for told, heap in heaps.items():
        if max(map(sum, heap)) > most - SMALLEST:  # beyond the sum there is more that prints the same
            continue
        for wanted in (lambda pair: pair[0], lambda pair: pair[1], sum):
            assert tells_nothing({wanted(pair) for pair in heap}), (told, heap)


def bounds(wanted: np.ndarray, told: Sequence[Printed], years: Sequence[int], names: Sequence[str]) -> tuple[int, int]:
    """The least and most of some cells (year × name) for somebody who has these prints: whole-number programmes."""
    rows, low, high = [], [], []
    for one in told:
        inside = np.array([one.begins.year <= y <= one.ends.year for y in years], dtype=float)
        numbers = {tuple(names): ("", "", one.number)}
        numbers |= {(cell,): (name, cell, n) for name, cells in one.parts.items() for cell, n in cells.items()}
        for cells, (name, cell, number) in numbers.items():
            known = number is not None
            if known or (name, cell) in one.small:
                rows.append(np.outer(inside, [float(n in cells) for n in names]).ravel())
                low.append(float(number) if known else 0.0)
                high.append(float(number) if known else SMALLEST - 1.0)
    if not rows:
        return 0, 10**6
    held = LinearConstraint(np.array(rows), low, high)
    least, most = (milp(sign * wanted, constraints=held, integrality=np.ones(wanted.size)) for sign in (1, -1))
    assert least.status == 0, "what is printed contradicts itself"
    return round(least.fun), round(-most.fun) if most.status == 0 else 10**6


@pytest.mark.parametrize("seed", range(24))
def test_nor_from_forms_in_years_and_in_the_whole(seed: int) -> None:
    """Reports per year and of the whole period, each by form: no cell, no rest, no year is found, from any of them."""
    generator, years, names = np.random.default_rng(seed), (2024, 2025, 2026), ("labour", "sexual", "other")
    true = generator.negative_binomial(1, generator.uniform(0.05, 0.4), (3, 3))
    told: list[Printed] = []
    for first, last in ((2024, 2024), (2025, 2025), (2024, 2026), (2026, 2026)):
        cells = true[first - 2024 : last - 2023].sum(axis=0)
        count = year(int(cells.sum()), first, last, form=dict(zip(names, map(int, cells), strict=True)))
        told.append(printed(count, told))
    for times in product((0, 1), repeat=3):
        for cells in ((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1)):
            if any(times):
                low, high = bounds(np.outer(times, cells).ravel().astype(float), told, years, names)
                assert low >= SMALLEST or (low == 0 and high >= SMALLEST - 1), (true, told, times, cells)


def test_a_year_that_is_the_difference_of_two_prints_is_protected_by_hiding_the_second() -> None:
    before = [printed(year(12, 2025)), printed(year(9, 2026))]
    assert [one.number for one in before] == [12, 9]
    assert printed(year(24, 2024, 2026), before).number is None  # 2024 would be 3
    assert printed(year(27, 2024, 2026), before).number == 27  # 2024 is 6, and that may be known


def test_zero_is_a_small_number_too() -> None:
    assert printed(year(0)).number is None
    shown = printed(year(20, form={"labour": 12, "sexual": 8, "criminal": 0}))
    assert shown.parts["form"] == {"labour": None, "sexual": None, "criminal": None}


def test_a_breakdown_is_printed_whole_without_small_cells_or_not() -> None:
    assert cut({"a": 7, "b": 5}) == {"a": 7, "b": 5}
    assert cut({"a": 7, "b": 3, "c": 2, "d": 0}) == {"a": 7, "b": None, "c": None, "d": None}
    assert cut({"a": 7, "b": 3, "c": 9}) == {"a": None, "b": None, "c": None}  # the total gives b back
    assert cut({"a": 7, "b": 2, "c": 2}) == {"a": None, "b": None, "c": None}  # their sum is 4
    assert cut({"a": 7, "b": 4, "c": 3}) == {"a": None, "b": None, "c": None}  # b would be at least 3


def test_a_new_version_says_nothing_of_one_signal_that_came_late() -> None:
    first = printed(year(12))
    again = printed(year(13), [first])
    assert (again.number, again.kept) == (12, True)
    more = printed(year(17), [first])
    assert (more.number, more.kept) == (17, False)
    assert printed(year(12), [first]) == first
    assert printed(year(18), [first, more]).kept


def test_a_version_that_hides_something_else_stays_as_it_was() -> None:
    first = printed(year(12, form={"labour": 7, "sexual": 5}))
    again = printed(year(12, form={"labour": 8, "sexual": 4}), [first])
    assert again.kept
    assert again.parts == first.parts


def test_numbers_that_contradict_what_was_printed_are_not_printed() -> None:
    """The year was 12 when it was counted; the three years together cannot be 11."""
    assert printed(year(11, 2024, 2026), [printed(year(12, 2025))]).number is None


@pytest.mark.parametrize(
    ("in_time", "late", "told"), [(10, 5, 66), (12, 3, None), (15, 0, None), (3, 1, None)]
)  # fmt: skip
def test_a_percentage_tells_its_part_and_is_only_printed_with_it(in_time: int, late: int, told: int | None) -> None:
    shown = printed(year(in_time + late, time={"in_time": in_time, "late": late}))
    assert share(shown, "time", "in_time") == told


def test_a_middle_is_of_five_or_more() -> None:
    shown = printed(year(9))
    assert middle([9, 1, 4, 6, 5], shown) == 5
    assert middle([1, 4, 6, 5, 9, 9], shown) == 5
    assert middle([9, 1, 4, 6], shown) is None
    assert middle([9, 1, 4, 6, 5], printed(year(4))) is None


def test_a_breakdown_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="does not add up"):
        year(10, form={"labour": 6, "sexual": 5})
