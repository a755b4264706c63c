"""The figures that the design asks for, on invented texts with a known answer (`texts.toml`, `held_out.toml`)."""

import pytest
from corpus_of_feedback import cases, confusion

# First run on the held-out set, before anything was changed because of it: 87 of 90 found (96.7 %), 0 of 50 stopped
# for nothing. It may not get worse; tuning the check on these texts would make the figure worthless.
HELD_OUT_RECALL = 87 / 90
HELD_OUT_FALSE_REFUSALS = 0.0


def _figures(name: str, capsys: pytest.CaptureFixture[str]) -> tuple[float, float]:
    counts, wrong = confusion(name)
    revealing, innocent = counts["found"] + counts["missed"], counts["passed"] + counts["stopped"]
    recall, false = counts["found"] / revealing, counts["stopped"] / innocent
    with capsys.disabled():
        print(f"\n{name}: {counts['found']} of {revealing} found ({recall:.1%}),", end=" ")
        print(f"{counts['stopped']} of {innocent} stopped for nothing ({false:.1%})", *wrong, sep="\n  ")
    return recall, false


def test_what_reveals_is_found_and_what_does_not_may_pass(capsys: pytest.CaptureFixture[str]) -> None:
    recall, false_refusals = _figures("texts.toml", capsys)

    assert recall >= 0.98
    assert false_refusals <= 0.05


def test_texts_that_the_check_was_not_made_on_do_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    recall, false_refusals = _figures("held_out.toml", capsys)

    assert recall >= HELD_OUT_RECALL
    assert false_refusals <= HELD_OUT_FALSE_REFUSALS


def test_the_set_is_large_mixed_and_without_doubles() -> None:
    texts = [(case.file, case.part, case.text) for case in cases("texts.toml")]
    revealing = sum(case.revealing for case in cases("texts.toml"))

    assert len(texts) >= 300
    assert len(set(texts)) == len(texts)
    assert revealing >= 150
    assert len(texts) - revealing >= 150
    assert {case.part for case in cases("texts.toml") if case.revealing} == {"subject", "text", "attachment"}
