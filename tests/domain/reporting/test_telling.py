"""Numbers that somebody writes into the text of a report."""

from __future__ import annotations

import pytest

from meldroute.domain.reporting.telling import told_numbers


@pytest.mark.parametrize(
    "text",
    [
        "Er kwamen 3 signalen binnen.",
        "Er kwamen\n3 nieuwe anonieme signalen binnen.",
        "Dit jaar waren er geen meldingen.",
        "Slechts een signaal werd bevestigd.",
        "Eén slachtoffer kreeg hulp.",
        "Daarvan gingen er twee mogelijke slachtoffers naar de opvang.",
        "Bij 2 van de 12 signalen is ingegrepen.",
        "Een enkele zaak, en een paar signalen.",
        "40 % was op tijd.",
        "Een op de drie werd bevestigd.",
    ],
)
def test_a_number_of_signals_or_people_is_found(text: str) -> None:
    assert told_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wie een signaal heeft, meldt dat bij het meldpunt.",
        "Er zijn drie trainingen gegeven aan vier teams.",
        "In 2026 zijn signalen beter herkend.",
        "De Driehoek besprak dit twee keer.",
        "",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert told_numbers(text) == []


def test_a_number_that_the_report_shows_may_be_written() -> None:
    text = "Er kwamen 12 signalen binnen, waarvan 3 meldingen van inwoners."
    assert told_numbers(text, {12}) == ["3 meldingen"]
