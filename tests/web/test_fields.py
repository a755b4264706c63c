"""docs/operations/fields.md says of every field of every form what may stand in it."""

from __future__ import annotations

from pathlib import Path

from tools.fields import WRITTEN, text

FRESH = Path(__file__).parents[2] / ".state" / "fields.md"


def test_the_list_of_fields_is_that_of_the_forms() -> None:
    fresh = text()
    assert fresh.count("\n### ") > 90
    assert ": \n" not in fresh, "a rule without words"
    if WRITTEN.read_text(encoding="utf-8") != fresh:
        FRESH.write_text(fresh, encoding="utf-8")
    assert WRITTEN.read_text(encoding="utf-8") == fresh, "look, then: mv .state/fields.md docs/operations/fields.md"
