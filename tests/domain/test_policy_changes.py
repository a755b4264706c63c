"""Two versions of a policy compared, and adopting what was a proposal: the changes lead from the old to the new."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldroute.domain.policy import PolicyError
from meldroute.domain.policy_changes import Difference, adopted, changes, proposals, rows_of

OLD: dict[str, Any] = {
    "version": "1",
    "term": [
        {"id": "a", "working_days": 2, "status": "proposal"},
        {"id": "b", "working_days": 3, "status": "adopted", "adopted": "college, 9 juli 2024"},
    ],
    "receipt": {"subject": "Ontvangen", "status": "proposal"},
}
ROW = st.dictionaries(st.sampled_from(["days", "text", "status"]), st.integers(0, 3), max_size=3)
TABLES = st.dictionaries(st.sampled_from("abcdef"), ROW, max_size=6)


def document(told: dict[str, dict[str, int]]) -> dict[str, Any]:
    return {"term": [{"id": key, **row} for key, row in told.items()]}


@given(TABLES, TABLES)
def test_the_changes_lead_from_the_old_version_to_the_new(old: dict[str, Any], new: dict[str, Any]) -> None:
    rows = {row.key: dict(row.fields) for row in rows_of(document(old))}
    for change in changes(document(old), document(new)):
        row = rows.setdefault(change.key, {})
        for name, before, after in change.fields:
            assert row.get(name) == before
            row[name] = after
        if change.kind is Difference.REMOVED:
            del rows[change.key]
    wanted = {key: {"id": key, **row} for key, row in new.items()}
    assert {key: {k: v for k, v in row.items() if v is not None} for key, row in rows.items()} == wanted


def test_nothing_differs_from_itself_and_an_order_is_no_change() -> None:
    assert changes(OLD, OLD) == ()
    assert changes(OLD, OLD | {"term": list(reversed(OLD["term"]))}) == ()


def test_a_change_names_the_field_before_and_after() -> None:
    new = OLD | {"term": [{"id": "a", "working_days": 5, "status": "proposal"}], "receipt": {}}
    found = {change.key: change for change in changes(OLD, new)}
    assert found["a"].fields == (("working_days", 2, 5),)
    assert found["b"].kind is Difference.REMOVED
    assert ("subject", "Ontvangen", None) in found["receipt"].fields


def test_only_proposals_become_adopted_by_this_decision() -> None:
    told = adopted(OLD, "college, 12 januari 2027")
    assert proposals(OLD) == 2
    assert proposals(told) == 0
    assert told["term"][0]["adopted"] == "college, 12 januari 2027"
    assert told["term"][1]["adopted"] == "college, 9 juli 2024"
    assert told["version"] == "1"


@pytest.mark.parametrize("table", [["geen regel"], [{"id": "a"}, {"id": "a"}]])
def test_what_is_no_table_of_rows_is_an_error(table: list[Any]) -> None:
    with pytest.raises(PolicyError):
        rows_of({"term": table})
