"""`./meldroute prove dependencies`: weak is weak, and what could not be looked up is no pass."""

from __future__ import annotations

from prove.dependencies import judged


def test_a_weakness_is_named_with_where_it_is_mended() -> None:
    told = {"name": "django", "version": "5.2.1", "vulns": [{"id": "CVE-2026-1", "fix_versions": ["5.2.9", "6.0.1"]}]}
    weak, unknown = judged({"dependencies": [told, {"name": "segno", "version": "1.6.6", "vulns": []}]})
    assert weak == ["django 5.2.1: CVE-2026-1, verholpen in 5.2.9, 6.0.1"]
    assert unknown == []


def test_what_could_not_be_looked_up_is_no_pass() -> None:
    told = {"name": "typst", "skip_reason": "Dependency not found and could not be audited: typst (0.15.2)"}
    assert judged({"dependencies": [told]}) == ([], ["typst"])
