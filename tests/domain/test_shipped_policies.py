"""The policies that are shipped: each row with source and status, holidays right, nothing about origin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import holidays
import pytest

from meldroute.domain import forms, source_register, terms
from meldroute.domain.policy import PolicyError, Status
from meldroute.domain.route import step_shown
from meldroute.domain.terms import DANGER_ACCOUNT, INTERIM, RECEIPT
from meldroute.domain.vocabulary import Form, Outcome, Purpose, State
from meldroute.sharing import policy_files

OURS = {
    "holidays": "holiday",
    "terms": "term",
    "forms": "form",
    "weighings": "form",
    "indicators": "indicator",
    "sharing": "row",
    "sources": "source_row",
}
YEARS = range(2024, 2031)
D = date.fromisoformat
TERMS = policy_files.deadlines()


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize(("name", "table"), OURS.items())
def test_each_row_has_a_source_and_a_status(name: str, table: str) -> None:
    rows: list[dict[str, Any]] = policy_files.load(name)[table]
    assert rows
    for row in rows:
        assert row["source"].strip()
        assert Status(row["status"])
        assert row["status"] != "adopted" or row["adopted"].strip()


def test_only_the_words_of_the_plan_itself_are_adopted() -> None:
    adopted = [(name, row) for name, table in OURS.items() for row in policy_files.load(name)[table]]
    found = {(name, row["form"]) for name, row in adopted if row["status"] == "adopted"}
    assert found == {("forms", form) for form in ("sexual", "labour", "criminal", "organ")}


@pytest.mark.parametrize("year", YEARS)
def test_the_holidays_are_those_of_an_independent_list(year: int) -> None:
    known = holidays.country_holidays("NL", years=year, categories=("public", "optional"))
    assert {day for day in policy_files.holidays() if day.year == year} == set(known)


def test_good_friday_and_liberation_day_are_a_choice_of_the_municipality() -> None:
    document = policy_files.load("holidays")
    for row in document["holiday"]:
        if row["day_id"] in ("goede_vrijdag", "bevrijdingsdag"):
            assert "keuze van de gemeente" in row["label"]
            row["observed"] = False
    left = terms.parse_holidays(document)
    assert not left & {D("2026-04-03"), D("2026-05-05")}
    assert D("2026-04-06") in left


@pytest.mark.parametrize(
    ("start", "due"),
    [("2026-12-24", "2026-12-29"), ("2026-11-23", "2026-11-25"), ("2026-04-02", "2026-04-08")],
)
def test_a_receipt_goes_out_within_two_working_days(start: str, due: str) -> None:
    assert TERMS.due_for(RECEIPT, D(start)) == D(due)


def test_the_other_terms() -> None:
    start = D("2026-11-23")
    assert TERMS.due(State.FEEDBACK_DUE, Outcome.NOT_CONFIRMED, start) == D("2026-12-07")
    assert TERMS.due(State.FEEDBACK_DUE, Outcome.NO_SIGNAL, start) == D("2026-11-24")
    assert TERMS.due(State.FEEDBACK_DUE, Outcome.OTHER_SIGNAL, start) == D("2026-11-24")
    assert TERMS.due_for(INTERIM, start) == D("2026-12-21")
    assert TERMS.due_for(DANGER_ACCOUNT, D("2026-11-20")) == D("2026-11-23")
    assert TERMS.due(State.CLOSED, Outcome.NOT_CONFIRMED, start) is None


def test_every_state_that_waits_for_somebody_has_a_term() -> None:
    assert set(TERMS.states) == set(State) - {State.ON_HOLD, State.CLOSED}


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ({"id": "x", "duty": "lunch", "working_days": 1}, "regel x, veld duty"),
        ({"id": "x", "state": "weg", "working_days": 1}, "regel x, veld state"),
        ({"id": "x", "outcome": "weg", "working_days": 1}, "regel x, veld outcome"),
        ({"id": "x", "state": "received", "working_days": "twee"}, "regel x, veld working_days"),
        ({"id": "x", "state": "received", "working_days": -1}, "regel x, veld working_days"),
        ({"id": "x", "working_days": 1}, "regel x, veld duty"),
    ],
)
def test_an_error_in_the_terms_names_row_and_field(row: dict[str, Any], named: str) -> None:
    document = {"term": [{**row, "source": "test", "status": "proposal"}]}
    with pytest.raises(PolicyError) as error:
        terms.parse_terms(document, frozenset())
    assert str(error.value).startswith(named)


def test_a_date_that_does_not_exist_is_an_error() -> None:
    row = {"day_id": "x", "observed": True, "dates": ["2027-02-29"], "source": "test", "status": "proposal"}
    with pytest.raises(PolicyError, match="regel x, veld dates"):
        terms.parse_holidays({"holiday": [row]})


def test_the_forms_of_the_plan_with_its_own_definitions() -> None:
    found = policy_files.exploitation_forms()
    assert {form.form for form in found} == set(Form)
    assert {form.form for form in found if form.focus} == {Form.SEXUAL, Form.LABOUR, Form.CRIMINAL}
    sexual = next(form for form in found if form.form is Form.SEXUAL)
    assert sexual.definition.startswith("het dwingen van iemand tot het verrichten van seksuele handelingen")


# Who somebody is, where they come from, how they look. Situations and behaviour need none of these words.
ABOUT_ORIGIN = re.compile(
    r"\b(nationaliteit|afkomst|herkomst|etnisch|etniciteit|buitenland\w*|migra\w*|migrant\w*|vreemdeling\w*|"
    r"asielzoeker\w*|vluchteling\w*|expat\w*|geloof\w*|islam\w*|moslim\w*|huidskleur|kleur|accent|taal|landen|"
    r"oost-europ\w*|roma|sinti|turks\w*|marokk\w*|pool|poolse?|polen|roemeen\w*|roemeense?|bulgaar\w*|chine\w*|"
    r"viet\w*|nigeria\w*|oekra\w*|syri\w*|afrika\w*|aziat\w*|antill\w*|surina\w*|sexy|uiterlijk)\b",
    re.IGNORECASE,
)


def test_no_indicator_speaks_of_origin_nationality_or_looks() -> None:
    texts = [indicator.text for indicator in policy_files.indicators()]
    assert not [text for text in texts if ABOUT_ORIGIN.search(text)]
    assert ABOUT_ORIGIN.search("Iemand met een Roemeense vader")


def test_no_criterion_of_a_weighing_asks_for_origin() -> None:
    asked = [q.text for form in policy_files.weighing_forms() for q in form.questions]
    assert not [text for text in asked if ABOUT_ORIGIN.search(text)]


@pytest.mark.parametrize("name", OURS)
def test_no_policy_gives_points(name: str) -> None:
    scoring = re.compile(r"\b(punten|weegfactor|risicoscore|gewicht)\b", re.IGNORECASE)
    assert not [text for text in _texts(policy_files.load(name)) if scoring.search(text)]


def test_every_form_but_unclear_and_other_has_indicators() -> None:
    covered = {form for indicator in policy_files.indicators() for form in indicator.forms}
    assert covered == {Form.SEXUAL, Form.LABOUR, Form.CRIMINAL, Form.ORGAN}
    assert {indicator.setting for indicator in policy_files.indicators()} == set(forms.Setting)


SOURCES = {source.id: source for source in policy_files.sources()}


def test_bibob_is_no_source_and_cannot_become_one() -> None:
    assert not [text for source in SOURCES.values() for text in (source.id, source.label) if "bibob" in text.lower()]
    row = {**policy_files.load("sources")["source_row"][0], "id": "vergunning-2", "label": "Bibob-dossier"}
    with pytest.raises(PolicyError, match="Bibob is geen bron"):
        source_register.parse_sources({"source_row": [row]})


def test_secret_sources_and_the_internet_are_closed_as_shipped() -> None:
    closed = {source.id for source in SOURCES.values() if not source.open}
    assert closed == {"suwi", "wmo_jeugd", "belastingen", "internet"}


@pytest.mark.parametrize("source_id", SOURCES)
def test_when_a_source_may_be_asked(source_id: str) -> None:
    source = SOURCES[source_id]
    for purpose, state in product([None, *Purpose], State):
        step = step_shown(state)
        verdict = source_register.may_ask(source, purpose, step)
        late = source_id in ("wijkhandhaver", "politie") and step == 4
        assert verdict.allowed is (source.open and purpose is Purpose.ENRICH and (step == 3 or late))
        assert verdict.reason


def test_a_source_that_is_opened_by_the_municipality_may_be_asked() -> None:
    assert source_register.may_ask(replace(SOURCES["suwi"], open=True), Purpose.ENRICH, 3)


@pytest.mark.parametrize("missing", ["ground_6", "secrecy", "owner", "conditions", "hit_no_hit", "source"])
def test_a_source_without_a_field_is_an_error(missing: str) -> None:
    row = dict(policy_files.load("sources")["source_row"][0])
    del row[missing]
    with pytest.raises(PolicyError, match=f"regel brp, veld {missing}"):
        source_register.parse_sources({"source_row": [row]})


def test_a_folder_without_the_file_and_a_broken_file_are_errors(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"terms\.toml ontbreekt"):
        policy_files.deadlines(tmp_path)
    (tmp_path / "holidays.toml").write_text("[[holiday", encoding="utf-8")
    with pytest.raises(PolicyError, match=r"holidays\.toml: "):
        policy_files.holidays(tmp_path)


def test_a_municipality_reads_its_own_folder(tmp_path: Path) -> None:
    row = 'day_id = "x"\nobserved = true\ndates = ["2027-02-03"]\nsource = "eigen"\nstatus = "proposal"\n'
    (tmp_path / "holidays.toml").write_text(f"[[holiday]]\n{row}", encoding="utf-8")
    assert policy_files.holidays(tmp_path) == {D("2027-02-03")}
