"""The nineteen actions and the promises elsewhere against a table written by hand from the plan (§1, §3, §4)."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from meldroute.domain.cadence import occurrences
from meldroute.domain.plan.document import Plan, parse_plan
from meldroute.domain.policy_changes import rows_of

FILES = Path(__file__).resolve().parents[3] / "plans"
QUARTERS = (
    "30-6-2024 30-9-2024 31-12-2024 31-3-2025 30-6-2025 30-9-2025 31-12-2025 31-3-2026 30-6-2026 30-9-2026 31-12-2026"
)
YEARS = "31-12-2024 31-12-2025 31-12-2026"
HALVES = "30-6-2024 31-12-2024 30-6-2025 31-12-2025 30-6-2026 31-12-2026"
DUE = {
    "R4.1": (1, "30-9-2024"),
    "R4.2": (1, "30-9-2024"),
    "R4.3": (1, YEARS),
    "R4.4": (1, YEARS),
    "R4.5": (1, YEARS),
    "R4.6": (1, "30-9-2024"),
    "R4.7": (1, QUARTERS),
    "R4.8": (1, HALVES),
    "R4.9": (2, "30-6-2024"),
    "R4.10": (2, QUARTERS),
    "R4.11": (3, QUARTERS),
    "R4.12": (3, QUARTERS),
    "R4.13": (3, "31-12-2024"),
    "R4.14": (3, QUARTERS),
    "R4.15": (3, QUARTERS),
    "R4.16": (3, "30-6-2024 30-6-2025 30-6-2026"),
    "R4.17": (3, QUARTERS),
    "R4.18": (3, HALVES),
    "R4.19": (4, QUARTERS),
    "integraal-veiligheidsplan": (0, "30-9-2024"),
    "ondermijningsbeeld": (0, "30-9-2024"),
    "staf-veiligheid": (0, HALVES),
    "terugkoppeling": (0, QUARTERS),
}


def load(name: str) -> Plan:
    return parse_plan(tomllib.loads((FILES / name).read_text(encoding="utf-8")))


PLAN = load("heemstede-2024-2026.toml")
ALL = {one.id: one for one in (*PLAN.actions, *PLAN.promises)}


def days(told: str) -> list[date]:
    return [date(*(int(part) for part in reversed(one.split("-")))) for one in told.split()]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", DUE)
def test_due_dates_are_those_of_the_plan(name: str) -> None:
    pillar, told = DUE[name]
    found = occurrences(ALL[name].when, PLAN.begins, PLAN.ends)
    assert ALL[name].pillar == pillar
    assert [period.due for period in found] == days(told)


def test_there_are_nineteen_actions_in_four_pillars_and_the_promises_stand_apart() -> None:
    assert [action.id for action in PLAN.actions] == [f"R4.{number}" for number in range(1, 20)]
    assert [pillar.name for pillar in PLAN.pillars] == ["Signaleren", "Voorkomen", "Aanpakken", "Zorg en opvang"]
    assert set(ALL) == {*DUE, "signalenoverleg"}
    assert PLAN.adopted_on == date(2024, 7, 9)
    assert len(PLAN.documents) == 8


def test_the_weekly_meeting_is_due_each_sunday_of_the_period() -> None:
    found = [period.due for period in occurrences(ALL["signalenoverleg"].when, PLAN.begins, PLAN.ends)]
    assert (found[0], found[-1], len(found)) == (date(2024, 4, 7), date(2026, 12, 27), 143)
    assert {day.isoweekday() for day in found} == {7}


def test_another_municipality_has_its_own_plan_in_the_same_form() -> None:
    other = load("voorbeeldstad-2027-2028.toml")
    assert "verzonnen" in other.name
    assert [len(occurrences(one.when, other.begins, other.ends)) for one in other.actions] == [4, 24, 1, 1]
    assert other.promises[0].when.place == "de driehoek"


@pytest.mark.parametrize("name", ["heemstede-2024-2026.toml", "voorbeeldstad-2027-2028.toml"])
def test_every_row_has_its_source(name: str) -> None:
    document = tomllib.loads((FILES / name).read_text(encoding="utf-8"))
    assert all(row.fields.get("source") for row in rows_of(document))
