"""`./meldroute prove dependencies`: weak is weak, and what could not be looked up is no pass."""

from __future__ import annotations

from prove.dependencies import behind, judged


def test_a_weakness_is_named_with_where_it_is_mended() -> None:
    told = {"name": "django", "version": "5.2.1", "vulns": [{"id": "CVE-2026-1", "fix_versions": ["5.2.9", "6.0.1"]}]}
    weak, unknown = judged({"dependencies": [told, {"name": "segno", "version": "1.6.6", "vulns": []}]})
    assert weak == ["django 5.2.1: CVE-2026-1, verholpen in 5.2.9, 6.0.1"]
    assert unknown == []


def test_what_could_not_be_looked_up_is_no_pass() -> None:
    told = {"name": "typst", "skip_reason": "Dependency not found and could not be audited: typst (0.15.2)"}
    assert judged({"dependencies": [told]}) == ([], ["typst"])


def test_a_pin_that_is_not_the_newest_is_named() -> None:
    report = {
        "install": [
            {"metadata": {"name": "Django", "version": "5.2.9"}},
            {"metadata": {"name": "segno", "version": "1"}},
        ]
    }
    pins = {"django": {"5.2.1"}, "segno": {"0.9", "1"}, "six": {"1.17"}}
    assert behind(pins, report) == ["django 5.2.1, nieuwste 5.2.9"]
