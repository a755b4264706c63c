"""Dates in words, the step strip and the form fields, as text."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.paginator import Paginator
from django.utils import translation

from meldroute.domain.option import Option
from meldroute.web.templatetags import meldroute as tags

THURSDAY = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def dutch() -> object:
    with translation.override("nl"):
        yield


@pytest.mark.parametrize(
    ("left", "text", "near"),
    [
        (9, "uiterlijk do 12 maart (nog 9 werkdagen)", "later"),
        (4, "uiterlijk do 12 maart (nog 4 werkdagen)", "later"),
        (3, "uiterlijk do 12 maart (nog 3 werkdagen)", "soon"),
        (1, "uiterlijk do 12 maart (nog 1 werkdag)", "soon"),
        (0, "uiterlijk do 12 maart (vandaag)", "soon"),
        (-1, "te laat: uiterlijk do 12 maart (1 werkdag geleden)", "late"),
        (-2, "te laat: uiterlijk do 12 maart (2 werkdagen geleden)", "late"),
    ],
)
def test_due_says_day_and_working_days(left: int, text: str, near: str) -> None:
    assert tags.due_text(THURSDAY, left) == text
    assert tags.due(THURSDAY, left) == f'<span class="mr-due mr-due--{near}">{text}</span>'


def test_no_due_date_is_no_text() -> None:
    assert tags.due_text(None, 3) == ""
    assert tags.short_date(None) == tags.long_date(None) == tags.day_month(None) == tags.short_moment(None) == ""


def test_dates_are_short_dutch_and_local() -> None:
    assert tags.short_date(THURSDAY) == "do 12 mrt"
    assert tags.long_date(THURSDAY) == "donderdag 12 maart 2026"
    # Half past eleven in the evening UTC is the next day in Amsterdam.
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert tags.short_moment(late) == "21 nov 00:30"
    assert tags.short_date(late) == "za 21 nov"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (THURSDAY, "2026-03-12"),
        ("12-03-2026", "2026-03-12"),
        ("12/3/2026", "2026-03-12"),
        ("2026-03-12", "2026-03-12"),
        ("volgende week", "volgende week"),
        (None, ""),
    ],
)
def test_date_field_takes_what_was_typed(value: object, expected: str) -> None:
    assert tags.iso_date(value) == expected


@pytest.mark.parametrize(
    ("current", "states"),
    [
        (1, ["current", "todo", "todo"]),
        (2, ["done", "current", "todo"]),
        (3, ["done", "done", "current"]),
        (4, ["done", "done", "done"]),
    ],
)
def test_steps_before_the_current_one_are_done(current: int, states: list[str]) -> None:
    steps = tags.step_strip(["a", "b", "c"], current)["steps"]
    assert [step["state"] for step in steps] == states


def test_table_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        tags.beside([1, 2], ["a", "b", "c"])


def test_card_escapes_its_title() -> None:
    made = tags.card("inhoud", title="<b>", identity="x")
    assert '<h2 class="mr-card__title utrecht-heading-2" id="x">&lt;b&gt;</h2>' in made
    assert 'aria-labelledby="x"' in made


class Fields(forms.Form):
    text = forms.CharField(label="Wat", help_text="Kort", required=True)
    extra = forms.CharField(label="Extra", required=False)
    choice = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[("a", "Gewoon"), ("b", Option("Dicht", unavailable="nog niet getoetst"))],
        required=False,
    )


def test_form_field_says_what_is_needed_and_what_is_wrong() -> None:
    wrong = Fields({})["text"].as_field_group()
    assert "(verplicht)" in wrong
    assert 'aria-describedby="id_text_helptext id_text_error"' in wrong
    assert 'id="id_text_error"' in wrong
    assert 'aria-invalid="true"' in wrong
    assert "(niet verplicht)" in Fields()["extra"].as_field_group()
    assert wrong.count('class="utrecht-textbox') == 1


def test_closed_option_is_disabled_with_its_reason() -> None:
    choice = Fields()["choice"].as_field_group()
    assert choice.count(" disabled>") == 1
    assert "kan nog niet: nog niet getoetst" in choice


@pytest.mark.parametrize(
    ("page", "of", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, 0, 9]),
        (5, 9, [1, 0, 4, 5, 6, 0, 9]),
        (9, 9, [1, 0, 8, 9]),
    ],
)
def test_the_numbers_beside_a_page(page: int, of: int, shown: list[int]) -> None:
    assert tags.near(Paginator(range(of), 1).page(page)) == shown


def test_a_line_of_a_list_escapes_what_it_shows() -> None:
    cells = (("HS-2026-0001", "<b>"), ("Verrijken & meer", ""), ("niemand", "niemand keek 8 dagen"))
    row = {"url": "/s/1", "cells": cells, "due_on": THURSDAY, "working_days": 9}
    labels = ["Signaal", "Stap", "Behandelaar", "Termijn"]
    line = tags.file_lines(labels, [row])
    assert tags.file_lines(labels, [row, row]) == f"{line}\n{line}"
    assert '<a href="/s/1">HS-2026-0001</a><span class="mr-table__sub">&lt;b&gt;</span></th>' in line
    assert '<td role="cell" data-label="Stap">Verrijken &amp; meer</td>' in line
    assert line.endswith(f'data-label="Termijn">{tags.due(THURSDAY, 9)}</td></tr>')
