"""Terms in working days: per state, for feedback, receipt and the interim word (`policies/terms.toml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from . import days
from .policy import PolicyError, Row, rows
from .vocabulary import Outcome, State

RECEIPT = "receipt"
FEEDBACK = "feedback"
INTERIM = "interim"
DANGER_ACCOUNT = "danger_account"
ADVICE = "advice"
CHECK_DECISION = "check_decision"
CONFIRM_ADVICE = "confirm_advice"
RELEASE = "release"
SUPERVISION = "supervision"
NAMED = frozenset({RECEIPT, INTERIM, DANGER_ACCOUNT, ADVICE, CHECK_DECISION, CONFIRM_ADVICE, RELEASE, SUPERVISION})


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Working days per state, per outcome where feedback has its own term, and per named duty."""

    states: Mapping[State, int]
    feedback: Mapping[Outcome, int]
    holidays: frozenset[date]
    named: Mapping[str, int] = field(default_factory=dict)

    def due(self, state: State, outcome: Outcome | None, today: date) -> date | None:
        """The last local date of the state's term; None where it has none."""
        working_days = self.states.get(state)
        if state is State.FEEDBACK_DUE and outcome is not None:
            working_days = self.feedback.get(outcome, working_days)
        return None if working_days is None else days.due(today, working_days, self.holidays)

    def due_for(self, duty: str, start: date) -> date:
        """The last local date of a named duty (one of NAMED). Raises KeyError."""
        return days.due(start, self.named[duty], self.holidays)


def parse_terms(document: Mapping[str, Any], holidays: frozenset[date]) -> Terms:
    """Terms from the document of `terms.toml`. Raises PolicyError that names row and field."""
    states: dict[State, int] = {}
    feedback: dict[Outcome, int] = {}
    named: dict[str, int] = {}
    for row in rows(document, "term"):
        row.standing()
        working_days = row.number("working_days")
        if row.text_or_none("outcome"):
            feedback[row.term("outcome", Outcome)] = working_days
        elif row.text_or_none("state"):
            states[row.term("state", State)] = working_days
        else:
            named[_duty(row)] = working_days
    if lacking := sorted(NAMED - set(named)):
        raise PolicyError(f"er is geen [[term]] met duty {', '.join(lacking)}")
    return Terms(states=states, feedback=feedback, holidays=holidays, named=named)


def _duty(row: Row) -> str:
    duty = row.text("duty")
    if duty not in NAMED:
        raise row.error("duty", f"{duty!r} is geen van: {', '.join(sorted(NAMED))}")
    return duty


def parse_holidays(document: Mapping[str, Any]) -> frozenset[date]:
    """The days that are no working days, without those a municipality chose not to observe."""
    found: set[date] = set()
    for row in rows(document, "holiday", key="day_id"):
        row.standing()
        if row.flag("observed"):
            found.update(_dates(row))
    return frozenset(found)


def _dates(row: Row) -> tuple[date, ...]:
    try:
        return tuple(date.fromisoformat(text) for text in row.texts("dates"))
    except ValueError as wrong:
        raise row.error("dates", f"is geen datum: {wrong}") from None
