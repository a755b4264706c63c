"""Weighings: what opens a gate, what is missing, and that nothing is counted."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldroute.domain import weighing
from meldroute.domain.policy import PolicyError
from meldroute.domain.route import Answer
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Check, Question, Weighing
from meldroute.domain.weighing import AnswerKind, Filled, Form, conclude, current, missing, weigh
from meldroute.sharing import policy_files

DOCUMENT = policy_files.load("weighings")
FORMS = weighing.parse_forms(DOCUMENT)
QUESTIONS = weighing.parse_questions(DOCUMENT)
TODAY = date(2026, 11, 23)
YES = Filled(Answer.YES, "omdat het er staat")
# question -> answers that open it, written by hand from the model protocol
OPENS = {
    "weging-1-v1": {"mensenhandel": "yes unclear"},
    "weging-2a-v1": {"taak": "yes unclear"},
    "weging-2b-v1": {"grondgebied": "yes unclear"},
    "weging-3-v1": {"concreet": "yes", "recent": "yes unclear", "criteria": "yes"},
    "weging-4-v1": {"bevestigd": "yes unclear"},
    "weging-5-v1": {"passend": "yes"},
    "toets-1-v1": dict.fromkeys(("doel", "noodzaak", "minder", "geheimhouding"), "yes"),
    "toets-2a-v1": dict.fromkeys(("deelnemers", "feiten", "bijzonder", "politie"), "yes"),
    "toets-2b-v1": dict.fromkeys(("ontvanger", "weinig", "veilig"), "yes"),
}
BY_ID = {form.id: form for form in FORMS}


def _all_yes(form: Form) -> dict[str, Filled]:
    return {question.id: YES for question in form.questions if question.decides}


def test_the_shipped_forms_are_these() -> None:
    assert set(BY_ID) == set(OPENS)


@pytest.mark.parametrize("code", [*Weighing, *Check])
def test_every_weighing_and_check_has_a_form_today(code: Weighing | Check) -> None:
    form = current(FORMS, code, TODAY)
    assert (form.code, form.is_check) == (code.value, isinstance(code, Check))


def test_before_its_first_day_a_form_does_not_hold() -> None:
    with pytest.raises(PolicyError):
        current(FORMS, Weighing.ONE, date(2024, 7, 8))


def test_a_newer_version_takes_over_on_its_day() -> None:
    old = current(FORMS, Weighing.ONE, TODAY)
    new = replace(old, id="weging-1-v2", version=2, valid_from=date(2027, 1, 1))
    assert current((*FORMS, new), Weighing.ONE, date(2026, 12, 31)) is old
    assert current((*FORMS, new), Weighing.ONE, date(2027, 1, 1)) is new


@pytest.mark.parametrize(
    ("form_id", "question", "answer"),
    [(form, question, answer) for form, qs in OPENS.items() for question, answer in product(qs, Answer)],
)
def test_which_answer_opens(form_id: str, question: str, answer: Answer) -> None:
    form = BY_ID[form_id]
    filled = {**_all_yes(form), question: Filled(answer, "daarom")}
    weighed = conclude(form, filled, 3)
    assert weighed.opens is (answer.value in OPENS[form_id][question].split())
    assert weighed.round == 3
    assert "daarom" in weighed.reason
    expected = Answer.NO if not weighed.opens else answer
    assert weighed.answer is expected


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_an_answer_without_a_reason_is_missing(form: Form) -> None:
    assert missing(form, _all_yes(form)) == ()
    for question in (q.id for q in form.questions if q.decides):
        for lacking in (Filled(Answer.YES, " "), Filled(None, "daarom")):
            filled = {**_all_yes(form), question: lacking}
            assert missing(form, filled) == (question,)
            with pytest.raises(Refused) as refused:
                conclude(form, filled, 1)
            assert refused.value.verdict.code == "weighing.missing"
    assert set(missing(form, {})) == {q.id for q in form.questions if q.decides}


INDICATORS = [indicator.id for indicator in policy_files.indicators()]


@given(st.lists(st.sampled_from(INDICATORS), unique=True), st.sampled_from(Answer))
def test_how_many_indicators_are_chosen_changes_nothing(chosen: list[str], answer: Answer) -> None:
    form = BY_ID["weging-1-v1"]
    filled = {"mensenhandel": Filled(answer, "daarom")}
    with_indicators = {**filled, "signalen": Filled(choices=tuple(chosen))}
    assert conclude(form, with_indicators, 1) == conclude(form, filled, 1)


@pytest.mark.parametrize(("question", "answer"), list(product(Question, Answer)))
def test_the_questions_asked_on_their_own(question: Question, answer: Answer) -> None:
    weighed = weigh(QUESTIONS[question], Filled(answer, "daarom"), 2)
    opens = {Answer.YES, Answer.UNCLEAR} if question is Question.AGAIN else {Answer.YES}
    assert weighed.opens is (answer in opens)
    assert (weighed.answer, weighed.round) == (answer, 2)


def test_a_question_is_found_by_its_id() -> None:
    assert BY_ID["weging-3-v1"].question("recent").kind is AnswerKind.YES_NO_UNCLEAR
    with pytest.raises(KeyError):
        BY_ID["weging-3-v1"].question("punten")


def _broken(change: dict[str, Any], *, question: bool) -> dict[str, Any]:
    document = copy.deepcopy(DOCUMENT)
    target = document["form"][0]["question"][3] if question else document["form"][0]
    target.update(change)
    return document


@pytest.mark.parametrize(
    ("change", "question", "named"),
    [
        ({"code": "9"}, False, "regel weging-1-v1, veld code"),
        ({"title": ""}, False, "regel weging-1-v1, veld title"),
        ({"valid_from": "gisteren"}, False, "regel weging-1-v1, veld valid_from"),
        ({"check": "nee"}, False, "regel weging-1-v1, veld check"),
        ({"kind": "score"}, True, "regel mensenhandel, veld kind"),
        ({"opens": []}, True, "regel mensenhandel, veld opens"),
        ({"opens": ["meestal"]}, True, "regel mensenhandel, veld opens"),
        ({"choices": ["a"]}, True, "regel mensenhandel, veld choices"),
    ],
)
def test_an_error_names_the_form_or_question_and_the_field(change: dict[str, Any], question: bool, named: str) -> None:
    with pytest.raises(PolicyError) as error:
        weighing.parse_forms(_broken(change, question=question))
    assert str(error.value).startswith(named)


def test_a_form_in_which_nothing_decides_is_an_error() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["form"][0]["question"] = document["form"][0]["question"][:1]
    with pytest.raises(PolicyError, match="geen enkele vraag beslist"):
        weighing.parse_forms(document)


@pytest.mark.parametrize("question", Question)
def test_a_question_that_is_left_out_is_an_error(question: Question) -> None:
    document = {"question": [q for q in DOCUMENT["question"] if q["id"] != question.value]}
    with pytest.raises(PolicyError, match=question.value):
        weighing.parse_questions(document)
