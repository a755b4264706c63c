"""Tables: reading, refusing what is wrong, and regrouping lists."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables_here import PUBLISHED, published, reordered, small

from meldroute.domain.estimation import BadTable, Table, read_csv

SEEN = {"UKdat_5": 2744, "Ned_5": 8234, "UKdat": 2744, "Ned": 8234, "Korea": 123}
WRONG = {
    "": "empty",
    "count\n": "no_lists",
    "A,B\n1,0\n": "no_count",
    "A,B,count\n1,0,-3\n": "negative",
    "A,B,count\n1,0,2.5\n": "not_integer",
    "A,B,count\n1,0,veel\n": "not_integer",
    "A,B,count\n1,0,\n": "not_integer",
    "A,B,count\n1,0,1e3\n": "not_integer",
    "A,B,count\n1,0,3\n1,0,4\n": "double_row",
    "A,B,count\n1,2015,3\n": "unknown_column",
    "A,B,count,jaar\n1,0,3,2015\n": "unknown_column",
    ",A,B,count\n1,1,0,3\n": "no_name",
    "A,A,count\n1,0,3\n": "double_name",
    "A,B,count\n1,0\n": "row_length",
    "A,B,count\n0,0,3\n": "unseen_row",
    "A,B,count\n1,0,999999999999999\n": "too_large",
    'A,B,count\n"1,0,3\n': "not_csv",
    "A,B,count\n1,0,\x003\n": "not_csv",
    ",".join("ABCDEFGHIJKLM") + ",count\n": "too_many_lists",
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_tables_hold_the_published_numbers(name: str) -> None:
    assert published(name).seen == SEEN[name]


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_table_is_refused_with_one_line(text: str) -> None:
    with pytest.raises(BadTable) as caught:
        read_csv(text)
    message = caught.value.message
    assert message.code == WRONG[text]
    assert message.nl
    assert message.en
    assert "\n" not in message.nl


@given(st.text(max_size=200) | st.lists(st.sampled_from('AB,;01 9-.\n"count'), max_size=80).map("".join))
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        table = read_csv(text)
    except BadTable:
        return
    assert table.counts[0] == 0
    assert min(table.counts) >= 0


def test_semicolons_bom_and_zero_row_are_read() -> None:
    assert read_csv("\ufeffA;B;aantal\r\n1;0;3\r\n0;0;0\r\n1;1;2\r\n") == small(("10", 3), ("11", 2))


def test_records_count_a_person_once() -> None:
    table = Table.from_records({"A": [1, 2, 2, 3], "B": [3, 4]})
    assert table.cells == {1: 2, 2: 1, 3: 1}
    assert table.sizes == {"A": 3, "B": 2}


def test_hash_ignores_the_order_of_lists_and_zero_rows() -> None:
    table = published("Ned_5")
    assert reordered(table, [4, 2, 0, 1, 3]).sha256 == table.sha256
    assert small(("10", 3), ("01", 0), ("11", 2)).sha256 == small(("10", 3), ("11", 2)).sha256
    assert small(("10", 3), ("11", 3)).sha256 != small(("10", 3), ("11", 2)).sha256


def test_dropping_hiding_and_merging() -> None:
    table = small(("100", 5), ("010", 4), ("001", 3), ("110", 2), ("111", 1))
    assert table.drop([2]).cells == {1: 5, 2: 4, 3: 3}
    assert table.hide(0).cells == {1: 2, 3: 1}
    merged = table.merge([[0, 1]])
    assert merged.lists == ("A+B", "C")
    assert merged.cells == {1: 11, 2: 3, 3: 1}


def test_merging_equal_lists_gives_that_list_back() -> None:
    table = small(("110", 5), ("001", 4), ("111", 3))
    assert table.merge([[0, 1]]).counts == small(("10", 5), ("01", 4), ("11", 3)).counts


def test_a_list_in_two_groups_is_refused() -> None:
    with pytest.raises(ValueError, match="one group"):
        published("Korea").merge([[0, 1], [1, 2]])
