"""A broken plan file in more than twenty ways: the error says what, in which row, in which field, on which line."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from meldroute.domain.plan.document import Figure, Promise, ProofKind, parse_plan
from meldroute.domain.policy import PolicyError
from meldroute.domain.toml_lines import line_of
from meldroute.domain.vocabulary import Form

FILES = Path(__file__).resolve().parents[3] / "plans"
TEXT = (FILES / "voorbeeldstad-2027-2028.toml").read_text(encoding="utf-8")
BROKEN = [
    ("format = 1", "format = 2", "format moet 1 zijn", "format"),
    ("format = 1", "", "format moet 1 zijn", ""),
    ("[plan]", "[plann]", "plann: dit veld kennen we niet", ""),
    ('name = "Aanpak mensenhandel', 'naam = "Aanpak mensenhandel', "regel plan, veld name: ontbreekt", ""),
    ("begins = 2027-01-01", 'begins = "januari"', "veld begins: is geen datum", "begins"),
    ("ends = 2028-12-31", "ends = 2026-12-31", "veld ends: ligt niet na begins", "ends"),
    ("adopted_on = 2027-02-02\n", "", "veld adopted_on: ontbreekt", ""),
    ('decision = "Besluit', 'decision = ""  # "Besluit', "veld decision: is leeg", "decision"),
    ("number = 2", "number = 1", "pijler 1 staat er twee keer", "number"),
    ("number = 1", 'number = "een"', "veld number: is van de verkeerde soort", "number"),
    ('pillar = 1\ntitle = "Themadag', 'pillar = 7\ntitle = "Themadag', "7 is geen pijler van dit plan", "pillar"),
    ('title = "Stukje', 'titel = "Stukje', "veld titel: dit veld kennen we niet", "titel"),
    ('cadence = "Maandelijks"', 'cadence = "af en toe"', "zegt niet wanneer", "cadence"),
    ('cadence = "1 juli 2027"', 'cadence = "31 juni 2027"', "geen dag die bestaat", "cadence"),
    ('cadence = "2028"\n', "", "veld cadence: ontbreekt", ""),
    ('cadence = "2028"', "cadence = 2028", "veld cadence: is van de verkeerde soort", "cadence"),
    ('owner = "accountmanager haven"', 'owner = " "', "veld owner: is leeg", "owner"),
    ('proof = ["campaign"]', 'proof = ["applaus"]', "'applaus' is geen van", "proof"),
    ('proof = ["campaign"]', 'proof = "campaign"', "veld proof: is van de verkeerde soort", "proof"),
    ('id = "wijkkrant"', 'id = "havendag"', "regel havendag, veld id: komt twee keer voor", "id"),
    ('id = "driehoek"', 'id = "loket"', "is al het id van een actie", "id"),
    ('id = "evaluatie"\n', "", "veld id: ontbreekt", ""),
    ('source = "Verzonnen oefenplan, hoofdstuk 4"', 'source = ""', "veld source: is leeg", "source"),
    ('id = "koers"', "id = 5", "veld id: is van de verkeerde soort", "id"),
]


@pytest.mark.parametrize(("was", "becomes", "says", "field"), BROKEN)
def test_a_broken_file_says_where(was: str, becomes: str, says: str, field: str) -> None:
    assert TEXT.count(was) >= 1
    text = TEXT.replace(was, becomes, 1)
    with pytest.raises(PolicyError) as error:
        parse_plan(tomllib.loads(text))
    assert says in str(error.value)
    if field:
        line = line_of(text, error.value.table, error.value.number, error.value.field)
        assert text.splitlines()[line - 1].startswith(field)
        assert becomes.split("\n")[0].strip() in text.splitlines()[line - 1]


def test_without_pillars_or_actions_it_is_no_plan() -> None:
    with pytest.raises(PolicyError, match=r"er is geen \[\[pillar\]\]"):
        parse_plan({"format": 1, "plan": {}})
    with pytest.raises(PolicyError, match=r"er is geen \[plan\]"):
        parse_plan({"format": 1})


def test_a_line_is_found_past_texts_of_several_lines() -> None:
    text = 'top = 1\n[[a]]\nid = "x"\ntext = """\nid = "geen veld"\n[[a]]\n"""\nlast = 2\n[[a]]\nid = "y"\n'
    assert line_of(text, "", 0, "top") == 1
    assert line_of(text, "a", 1, "last") == 8
    assert line_of(text, "a", 2, "id") == 10
    assert line_of(text, "a", 2, "weg") == 9
    assert line_of(text, "b", 1, "id") == 0


SCHEMA = json.loads((FILES / "plan.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(FILES.glob("*.toml")), ids=lambda path: path.stem)
def test_the_schema_accepts_each_plan(path: Path) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    document = json.loads(json.dumps(tomllib.loads(path.read_text(encoding="utf-8")), default=str))
    Draft202012Validator(SCHEMA).validate(document)


def test_the_schema_knows_the_same_fields_and_proofs_as_the_parser() -> None:
    told = SCHEMA["$defs"]["promise"]["properties"]
    assert set(told) == set(Promise.__dataclass_fields__) - {"when"}
    assert told["proof"]["items"]["enum"] == [kind.value for kind in ProofKind]
    figure = set(SCHEMA["$defs"]["figure"]["properties"])
    assert figure == set(Figure.__dataclass_fields__) - {"numbers"} | {form.value for form in Form}


def test_the_numbers_that_the_plan_printed_itself() -> None:
    """Against the tables of plan §3.1, written over by hand: labour, criminal, sexual."""
    plan = parse_plan(tomllib.loads((FILES / "heemstede-2024-2026.toml").read_text(encoding="utf-8")))
    told = {(one.partner.split()[0], one.area): tuple(one.numbers.values()) for one in plan.figures}
    assert len(told) == 18
    assert told["Politie", "Heemstede"] == (1, 0, 0), "sexual first, in the order of the forms"
    assert told["Politie", "Haarlemmermeer"] == (1, 1, 3)
    assert told["Zorgcoördinatoren", "Haarlem"] == (18, 1, 1)
    assert told["Nederlandse", "IJmond"] == (2,), "labour only; nothing is known of the others"
    sums = [sum(n for key, numbers in told.items() if key[0] == who for n in numbers) for who, _ in told]
    assert {who: total for (who, _), total in zip(told, sums, strict=True)} == {
        "Politie": 20,
        "Zorgcoördinatoren": 42,
        "Nederlandse": 10,
    }


@pytest.mark.parametrize(
    ("was", "becomes"), [('owner = "communicatie"', 'eigenaar = "x"'), ("format = 1", "format = 2")]
)
def test_the_schema_refuses_what_the_parser_refuses(was: str, becomes: str) -> None:
    broken = json.loads(json.dumps(tomllib.loads(TEXT.replace(was, becomes, 1)), default=str))
    assert not Draft202012Validator(SCHEMA).is_valid(broken)
