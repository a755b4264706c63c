"""docs/operations/asvs.md: every test and document it names exists, every requirement stands in it exactly once."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "operations" / "asvs.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| V([\d.]+) \| ([12]) \| ([^|]+) \| (.+) \|$", TEXT, re.MULTILINE)
STATES = {"met", "partly", "not met", "n/a"}
LEVEL_1 = """
    1.2.1-5 1.3.1-2 1.5.1-1 2.1.1-1 2.2.1-2 2.3.1-1 3.2.1-2 3.3.1-1 3.4.1-2 3.5.1-3 4.1.1-1 4.4.1-1 5.2.1-2 5.3.1-2
    6.1.1-1 6.2.1-8 6.3.1-2 6.4.1-2 7.2.1-4 7.4.1-2 8.1.1-1 8.2.1-2 8.3.1-1 9.1.1-3 9.2.1-1 10.4.1-5 11.3.1-2 11.4.1-1
    12.1.1-1 12.2.1-2 13.4.1-1 14.2.1-1 14.3.1-1 15.1.1-1 15.2.1-1 15.3.1-1
"""
"""The requirements of level 1 of ASVS 5.0.0, as first-last of a section."""
LEVEL_2 = """
    1.1.1-2 1.2.6-9 1.3.3-11 1.4.1-3 1.5.2-2 2.1.2-3 2.2.3-3 2.3.2-4 2.4.1-1 3.3.2-4 3.4.3-6 3.5.4-5 3.7.1-2 4.1.2-3
    4.2.1-1 4.3.1-2 4.4.2-4 5.1.1-1 5.2.3-3 5.4.1-3 6.1.2-3 6.2.9-12 6.3.3-4 6.4.3-4 6.5.1-5 6.6.1-3 6.8.1-4 7.1.1-3
    7.3.1-2 7.4.3-5 7.5.1-2 7.6.1-2 8.1.2-2 8.2.3-3 8.4.1-1 10.1.1-2 10.2.1-2 10.3.1-4 10.4.6-11 10.5.1-5 10.6.1-2
    10.7.1-3 11.1.1-2 11.2.1-3 11.3.3-3 11.4.2-4 11.5.1-1 11.6.1-1
    14.1.1-2 14.2.2-4 14.3.2-3 16.1.1-1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3
"""
"""The same of level 2, in the chapters that this application touches."""


def test_every_requirement_stands_there_once_at_its_level() -> None:
    told = Counter((level, requirement) for requirement, level, _, _ in ROWS)
    wanted = [("1", one) for one in _spread(LEVEL_1)] + [("2", one) for one in _spread(LEVEL_2)]
    assert len(_spread(LEVEL_1)) == 70
    assert told == Counter(wanted)
    assert len({requirement for requirement, _, _, _ in ROWS}) == len(ROWS) == TEXT.count("\n| V")


def test_every_test_and_document_that_it_names_exists() -> None:
    tests = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)
    missing = [f"{path}::{name}" for path, name in tests if name not in _tests(ROOT / path)]
    missing += [
        path for path in re.findall(r"`((?:docs|src|policies|tests|prove)/[\w/.-]*)`", TEXT) if not _there(path)
    ]
    assert len(tests) > 100
    assert not missing, "docs/operations/asvs.md names what is gone: " + ", ".join(missing)


def test_every_row_has_a_state_and_says_why() -> None:
    for requirement, _, state, why in ROWS:
        assert state in STATES, requirement
        assert len(why) > 5, requirement


def test_the_count_is_that_of_the_rows() -> None:
    for level in "12":
        told = Counter(state for _, of, state, _ in ROWS if of == level)
        line = " | ".join(str(told[state]) for state in ("met", "partly", "not met", "n/a"))
        assert f"| {level} ({told.total()}) | {line} |" in TEXT


def _spread(sections: str) -> list[str]:
    found = re.findall(r"(\d+\.\d+)\.(\d+)-(\d+)", sections)
    return [f"{section}.{one}" for section, first, last in found for one in range(int(first), int(last) + 1)]


def _there(path: str) -> bool:
    return (ROOT / path).exists()


def _tests(path: Path) -> set[str]:
    if not path.exists():
        return set()
    return {one.name for one in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(one, ast.FunctionDef)}


def test_the_rules_for_zap_are_as_it_reads_them() -> None:
    """Number, level and text between tabs, each number once; a rule that does not count says why."""
    text = (ROOT / "docs" / "operations" / "zap-baseline.conf").read_text(encoding="ascii")
    rules = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert {len(rule) for rule in rules} == {3}
    assert len({number for number, _, _ in rules}) == len(rules) > 30
    assert {level for _, level, _ in rules} == {"FAIL", "WARN", "IGNORE"}
    assert all(number.isdigit() and re.fullmatch(r"\(.{10,}\)", why) for number, _, why in rules)
    assert not [path for path in re.findall(r"tests/[\w/]+\.py", text) if not (ROOT / path).exists()]
