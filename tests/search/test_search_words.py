"""Dutch words: what finds what, measured on pairs; a held-out set that was never tuned on."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from words_here import matches, pairs

from meldroute.domain.dutch import asked_person, near
from meldroute.search.words import asked, keys_of

RECALL, PRECISION = 0.95, 0.90


def figures(name: str) -> tuple[float, float, int]:
    """Recall, precision and the number of pairs of a file."""
    good, bad = list(pairs(name, "finds")), list(pairs(name, "finds_not"))
    hits = sum(matches(*pair) for pair in good)
    wrong = sum(matches(*pair) for pair in bad)
    return hits / len(good), hits / (hits + wrong), len(good) + len(bad)


@pytest.mark.parametrize(("name", "least"), [("pairs.toml", 200), ("held_out.toml", 60)])
def test_the_right_words_find_each_other(name: str, least: int) -> None:
    recall, precision, count = figures(name)
    assert count >= least
    assert recall >= RECALL
    assert precision >= PRECISION


def test_no_pair_stands_in_both_sets() -> None:
    both = [{*pairs(name, "finds"), *pairs(name, "finds_not")} for name in ("pairs.toml", "held_out.toml")]
    assert not both[0] & both[1]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("huis", "Er staan drie HUIZEN leeg."),
        ("Voorbeeldstraat 1", "gezien bij Oude Voorbeeldstraat 1a"),
        ("voorbeeldstraat 1", "Op de Voorbeeldstraat 1 brandt licht"),
        ("voorbeeldstraat", "Voorbeeldstraat 1"),
        ("2101ab", "postcode 2101 AB"),
        ("06 1234 5678", "bel +31 6 12345678"),
        ("HS-2026-0007", "zie hs-2026-0007"),
        ("12-abc-3", "kenteken 12-ABC-3"),
        ("café", "in het cafe"),
        ("uitgebuit mensen", "Mensen worden hier uitgebuit"),
    ],
)
def test_a_question_finds_a_text(question: str, text: str) -> None:
    assert matches(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Voorbeeldstraat 1", "Voorbeeldstraat 12"),
        ("Voorbeeldstraat 1a", "Voorbeeldstraat 1b"),
        ("uitgebuit dieren", "Mensen worden hier uitgebuit"),
        ("de niet het", "de mensen zijn er niet"),
        ("mensenhandel", "handel"),
        ("0612345678", "0612345679"),
    ],
)
def test_a_question_does_not_find_a_text(question: str, text: str) -> None:
    assert not matches(question, text)


def test_silent_words_are_not_asked() -> None:
    assert [word.text for word in asked("de deur van het huis")] == ["deur", "huis"]
    assert asked("de het een") == ()


def test_a_name_is_its_sound_without_titles() -> None:
    assert asked_person("mevrouw J. van der Jansen") == asked_person("Janssen")
    assert asked_person("Meijer") == asked_person("meyer")
    assert asked_person("Bakker") != asked_person("Bekker")


def test_near_words_are_one_error_away() -> None:
    found = set(near("paspoort"))
    assert {"pasport", "paspoorrt", "papsoort", "paspoord"} <= found
    assert "pasprt" not in found


@given(st.text(max_size=300))
@example("AA¼00")
def test_any_text_has_keys_and_a_word_finds_itself(text: str) -> None:
    keys = keys_of([text])
    for word in asked(text):
        assert word.keys & keys or not word.text.isalpha()


def test_a_long_hostile_text_costs_no_more_than_its_length() -> None:
    assert len(keys_of(["a" * 49_000, "straat " * 7_000, "1 " * 20_000])) < 10
