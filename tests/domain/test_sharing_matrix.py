"""The sharing matrix: every row, every empty cell, and the rules that no matrix can open."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from meldroute.domain import sharing
from meldroute.domain.policy import PolicyError
from meldroute.domain.sharing import Ask, Kind, Provision, Releaser, SharingRow, evaluate, who_releases
from meldroute.domain.vocabulary import Category, Check, Purpose, Recipient
from meldroute.sharing import policy_files

DOCUMENT = policy_files.load("sharing")
MATRIX = sharing.parse_matrix(DOCUMENT)
PROVIDED = Provision("Wpg art. 16 lid 1", date(2026, 11, 20), "basisteam", "openbare orde")
EVERY_CHECK = frozenset(Check)


def _ask(row: SharingRow, category: Category, step: int) -> Ask:
    """The question that meets every condition of the row."""
    return Ask(
        recipient=row.recipient,
        category=category,
        purpose=row.purpose,
        step=step,
        checks=EVERY_CHECK,
        pseudonymised=True,
        released_from_secrecy=True,
        provision=PROVIDED,
    )


def _no_matrix_opens(row: SharingRow, category: Category) -> bool:
    minor = category is Category.MINOR and row.purpose in (Purpose.INSPECT, Purpose.FEEDBACK)
    return minor or category is Category.MMA


@pytest.mark.parametrize("row", MATRIX.rows, ids=lambda row: row.id)
def test_a_row_says_what_it_says_in_all_its_cells(row: SharingRow) -> None:
    for category, step in product(row.categories, row.steps):
        verdict = evaluate(MATRIX, _ask(row, category, step))
        assert verdict.reason
        if _no_matrix_opens(row, category):
            assert (verdict.allowed, row.kind) == (False, Kind.NO)
            continue
        assert verdict.allowed is (row.kind is not Kind.NO)
        told = (verdict.row, verdict.version, verdict.kind, verdict.matrix, verdict.ground)
        assert told == (row.id, row.version, row.kind, MATRIX.version, row.ground_6)


@pytest.mark.parametrize("row", [r for r in MATRIX.rows if r.checks], ids=lambda row: row.id)
def test_a_row_stays_closed_without_each_of_its_checks(row: SharingRow) -> None:
    whole = _ask(row, row.categories[0], row.steps[0])
    for check in row.checks:
        verdict = evaluate(MATRIX, replace(whole, checks=EVERY_CHECK - {check}))
        assert not verdict
        assert verdict.row == row.id
        assert verdict.helpers


@pytest.mark.parametrize("row", [r for r in MATRIX.rows if r.kind is Kind.PSEUDONYMISED], ids=lambda row: row.id)
def test_a_name_goes_nowhere_that_asks_for_none(row: SharingRow) -> None:
    for category in row.categories:
        assert not evaluate(MATRIX, replace(_ask(row, category, row.steps[0]), pseudonymised=False))


@pytest.mark.parametrize("row", [r for r in MATRIX.rows if r.kind is Kind.RELEASE], ids=lambda row: row.id)
def test_secrecy_holds_until_the_person_releases(row: SharingRow) -> None:
    for category in row.categories:
        assert not evaluate(MATRIX, replace(_ask(row, category, row.steps[0]), released_from_secrecy=False))


def test_every_empty_cell_is_refused() -> None:
    empty = 0
    for recipient, category, purpose, step in product(Recipient, Category, Purpose, sharing.STEPS):
        if (recipient, category, purpose, step) in MATRIX.cells:
            continue
        empty += 1
        ask = Ask(
            recipient=recipient,
            category=category,
            purpose=purpose,
            step=step,
            checks=EVERY_CHECK,
            pseudonymised=True,
            released_from_secrecy=True,
            provision=PROVIDED,
        )
        assert not evaluate(MATRIX, ask)
    assert empty == len(Recipient) * len(Category) * len(Purpose) * 6 - len(MATRIX.cells)
    assert empty > 0


def test_an_empty_cell_says_so() -> None:
    ask = Ask(recipient=Recipient.RIEC, category=Category.PLACE, purpose=Purpose.ENRICH, step=1)
    assert evaluate(MATRIX, ask).code == "sharing.empty_cell"


@pytest.mark.parametrize(("recipient", "category"), list(product(Recipient, Category)))
def test_the_shipped_matrix_says_something_about_every_recipient_and_category(
    recipient: Recipient, category: Category
) -> None:
    assert [cell for cell in MATRIX.cells if cell[:2] == (recipient, category)]


@pytest.mark.parametrize(("recipient", "purpose"), list(product(Recipient, Purpose)))
def test_mma_goes_to_nobody_whatever_a_matrix_says(recipient: Recipient, purpose: Purpose) -> None:
    cells = {
        (recipient, Category.MMA, purpose, 4): replace(MATRIX.rows[0], kind=Kind.ALLOWED, checks=()),
    }
    opened = sharing.Matrix("x", MATRIX.rows, cells)
    verdict = evaluate(opened, Ask(recipient=recipient, category=Category.MMA, purpose=purpose, step=4))
    assert (verdict.allowed, verdict.code) == (False, "sharing.mma")


@pytest.mark.parametrize("row", MATRIX.rows, ids=lambda row: row.id)
def test_bibob_goes_nowhere(row: SharingRow) -> None:
    for category in row.categories:
        verdict = evaluate(MATRIX, replace(_ask(row, category, row.steps[0]), bibob=True))
        assert (verdict.allowed, verdict.code) == (False, "sharing.bibob")


@pytest.mark.parametrize(
    "provision",
    [
        None,
        replace(PROVIDED, ground="gehoord in het overleg"),
        replace(PROVIDED, ground="Wpg art. 15"),
        replace(PROVIDED, ground="Wpg art. 21"),
        replace(PROVIDED, ground="Wpg art. 160"),
        replace(PROVIDED, provider=" "),
        replace(PROVIDED, purpose=""),
    ],
)
def test_police_data_that_was_heard_is_not_provided(provision: Provision | None) -> None:
    row = next(r for r in MATRIX.rows if Category.POLICE_DATA in r.categories and r.kind is Kind.AFTER_CHECK)
    whole = _ask(row, Category.POLICE_DATA, row.steps[0])
    assert evaluate(MATRIX, whole)
    assert evaluate(MATRIX, replace(whole, provision=provision)).code == "sharing.police_data"


@pytest.mark.parametrize("article", ["16", "17", "18", "19", "20"])
def test_police_data_provided_on_a_ground_meets_its_row(article: str) -> None:
    row = next(r for r in MATRIX.rows if Category.POLICE_DATA in r.categories and r.kind is Kind.AFTER_CHECK)
    whole = _ask(row, Category.POLICE_DATA, row.steps[0])
    assert evaluate(MATRIX, replace(whole, provision=replace(PROVIDED, ground=f"Wpg art. {article}")))


@pytest.mark.parametrize(("recipient", "purpose"), list(product(Recipient, Purpose)))
def test_minors_are_for_protection_and_hand_over_and_else_without_a_name(
    recipient: Recipient, purpose: Purpose
) -> None:
    row = replace(MATRIX.rows[0], kind=Kind.ALLOWED, checks=())
    opened = sharing.Matrix("x", MATRIX.rows, {(recipient, Category.MINOR, purpose, 4): row})
    ask = Ask(recipient=recipient, category=Category.MINOR, purpose=purpose, step=4)
    free = purpose in (Purpose.PROTECT, Purpose.HAND_OVER)
    nameless = free or purpose in (Purpose.DISCUSS, Purpose.ENRICH)
    assert evaluate(opened, ask).allowed is free
    assert evaluate(opened, replace(ask, pseudonymised=True)).allowed is nameless


def test_without_a_purpose_nothing_is_shared() -> None:
    for recipient, category in product(Recipient, Category):
        ask = Ask(recipient=recipient, category=category, purpose=None, step=4, checks=EVERY_CHECK)
        assert evaluate(MATRIX, ask).code == "sharing.purpose"


@pytest.mark.parametrize("step", sharing.STEPS)
def test_team_mensenhandel_and_veilig_thuis_need_no_check_at_any_step(step: int) -> None:
    for recipient, purpose in (
        (Recipient.TEAM_MENSENHANDEL, Purpose.HAND_OVER),
        (Recipient.VEILIG_THUIS, Purpose.PROTECT),
    ):
        for category in (Category.POSSIBLE_VICTIM, Category.MINOR, Category.NARRATIVE, Category.PLACE):
            assert evaluate(MATRIX, Ask(recipient=recipient, category=category, purpose=purpose, step=step))


def test_the_reporter_hears_the_status_and_nothing_else() -> None:
    allowed = {
        category
        for category in Category
        if evaluate(
            MATRIX,
            Ask(
                recipient=Recipient.REPORTER,
                category=category,
                purpose=Purpose.FEEDBACK,
                step=6,
                checks=EVERY_CHECK,
                pseudonymised=True,
                released_from_secrecy=True,
                provision=PROVIDED,
            ),
        )
    }
    assert allowed == {Category.STATUS, Category.AGGREGATE}


def test_the_name_of_the_reporter_goes_to_the_police_only_and_only_when_the_reporter_agrees() -> None:
    rows = [r for r in MATRIX.rows if Category.REPORTER in r.categories and r.kind is not Kind.NO]
    assert {r.recipient for r in rows} == {Recipient.TEAM_MENSENHANDEL, Recipient.POLICE}
    assert {r.kind for r in rows} == {Kind.RELEASE}


@pytest.mark.parametrize(
    ("age", "unaccompanied", "involved", "releaser"),
    [
        (40, False, False, Releaser.PERSON),
        (16, False, True, Releaser.PERSON),
        (16, True, False, Releaser.PERSON),
        (15, False, False, Releaser.PARENT),
        (15, False, True, Releaser.PROTECTORS_FIRST),
        (15, True, False, Releaser.GUARDIAN),
        (15, True, True, Releaser.GUARDIAN),
    ],
)
def test_who_releases_from_secrecy(age: int, unaccompanied: bool, involved: bool, releaser: Releaser) -> None:
    asked = who_releases(age=age, unaccompanied=unaccompanied, parents_may_be_involved=involved)
    assert asked is releaser


def _broken(row_id: str, **fields: Any) -> dict[str, Any]:
    document = copy.deepcopy(DOCUMENT)
    row = next(r for r in document["row"] if r["id"] == row_id)
    for field, value in fields.items():
        if value is None:
            del row[field]
        else:
            row[field] = value
    return document


FACTS, VICTIM, HEALTH = "signalenoverleg-discuss-1", "team_mensenhandel-hand_over-2", "department-protect-2"


@pytest.mark.parametrize(
    ("row_id", "field", "value", "problem"),
    [
        (FACTS, "ground_6", "bestrijden van ondermijning", "begint met AVG"),
        (
            FACTS,
            "ground_6",
            "AVG art. 6 lid 1 onder e; bestrijden van ondermijning",
            "ondermijning bestrijden is er geen",
        ),
        (FACTS, "ground_6", "AVG art. 6 lid 1 onder e", "noem de taak"),
        (FACTS, "ground_6", "AVG art. 6 lid 1 onder a; Gemeentewet art. 172", "toestemming is geen grond"),
        (FACTS, "ground_6", "toestemming van de betrokkene", "toestemming is geen grond"),
        (FACTS, "ground_6", "AVG art. 6 lid 1 onder f; Gemeentewet art. 172", "begint met AVG"),
        (FACTS, "ground_6", " ", "is leeg"),
        (FACTS, "ground_6", None, "ontbreekt"),
        (FACTS, "checks", [], "noem de toets"),
        (FACTS, "checks", ["3"], "is geen van"),
        (FACTS, "steps", [0], "stappen 1 tot en met 6"),
        (FACTS, "steps", [7], "stappen 1 tot en met 6"),
        (FACTS, "steps", [], "lijst van hele getallen"),
        (FACTS, "steps", ["4"], "lijst van hele getallen"),
        (FACTS, "categories", [], "is leeg"),
        (FACTS, "categories", ["nationality"], "is geen van"),
        (FACTS, "recipient", "buurman", "is geen van"),
        (FACTS, "answer", "misschien", "is geen van"),
        (FACTS, "controller", "politie", "is geen van"),
        (FACTS, "review_on", "ooit", "is geen datum"),
        (FACTS, "version", -1, "geheel getal"),
        (FACTS, "version", True, "geheel getal"),
        (FACTS, "source", None, "ontbreekt"),
        (FACTS, "status", "adopted", ""),
        (FACTS, "status", "best", "is geen van"),
        (FACTS, "explanation", 3, "verkeerde soort"),
        (VICTIM, "ground_10", "geen", "strafrechtelijke gegevens"),
        (HEALTH, "ground_9", "geen", "bijzondere gegevens"),
        (HEALTH, "secrecy", "geen", "waarvan wordt ontheven"),
    ],
)
def test_an_error_names_the_row_and_the_field(row_id: str, field: str, value: object, problem: str) -> None:
    with pytest.raises(PolicyError) as error:
        sharing.parse_matrix(_broken(row_id, **{field: value}))
    named = "adopted" if value == "adopted" else field
    assert str(error.value).startswith(f"regel {row_id}, veld {named}: ")
    assert problem in str(error.value)


def test_two_rows_for_one_cell_are_an_error() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["row"].append({**document["row"][0], "id": "dubbel"})
    with pytest.raises(PolicyError, match=r"regel dubbel.*vult .* al"):
        sharing.parse_matrix(document)


def test_two_rows_of_one_name_are_an_error() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["row"].append(document["row"][0])
    with pytest.raises(PolicyError, match="komt twee keer voor"):
        sharing.parse_matrix(document)


@pytest.mark.parametrize("document", [{}, {"version": "1"}, {"version": "1", "row": []}, {"row": DOCUMENT["row"]}])
def test_a_matrix_without_rows_or_version_is_an_error(document: dict[str, Any]) -> None:
    with pytest.raises(PolicyError):
        sharing.parse_matrix(document)


def test_an_adopted_row_says_by_whom() -> None:
    adopted = "college op 1 februari 2027, advies van de FG op 20 januari 2027"
    matrix = sharing.parse_matrix(_broken(FACTS, status="adopted", adopted=adopted))
    row = next(r for r in matrix.rows if r.id == FACTS)
    assert row.standing.adopted == adopted
