"""docs/threats.md promises nothing without a test: every test it names exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)


def test_every_test_that_the_threat_table_names_exists() -> None:
    missing = [f"{path}::{name}" for path, name in NAMED if name not in _tests(ROOT / path)]
    assert len(NAMED) > 20
    assert not missing, "docs/threats.md names tests that are gone: " + ", ".join(missing)


def test_every_adversary_says_what_is_got_and_what_is_not_protected() -> None:
    parts = re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]
    assert len(parts) == 9
    for part in parts:
        assert "- Gets:" in part, part[:40]
        assert "- Not protected against:" in part, part[:40]
        assert "`tests/" in part, part[:40]


def _tests(path: Path) -> set[str]:
    if not path.exists():
        return set()
    return {one.name for one in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(one, ast.FunctionDef)}
