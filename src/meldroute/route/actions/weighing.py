"""Answering a weighing or a question: on a versioned form, with reasons, one row more each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from meldroute.domain import weighing as rules
from meldroute.domain.route import Answer, Event, Weighed
from meldroute.domain.vocabulary import Question, Weighing
from meldroute.domain.weighing import AnswerKind, Filled
from meldroute.journal.acting import Acting

from ..models import Signal, WeighingAnswer
from ..policies import Weighings, choices_of, weighings_of
from ..situation import demand
from .timeline import tell

Code = Weighing | Question


def code_of(name: str) -> Code:
    """The weighing or question with this code. Raises ValueError."""
    return Weighing(name) if name in {weighing.value for weighing in Weighing} else Question(name)


def weigh(*, by: Acting, signal: Signal, code: Code, filled: Mapping[str, Filled]) -> WeighingAnswer:
    """Answer `code` for the signal's present round; an earlier answer stays and stops counting.

    Raises domain.verdict.Refused when `by` may not weigh this signal, or when an answer or reason is missing.
    """
    demand(signal, by, Event.WEIGH)
    forms = weighings_of(signal.municipality_id)
    weighed = _conclude(forms, code, filled, signal.round, by)
    row = WeighingAnswer.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        round=signal.round,
        weighing=code.value,
        policy_version=forms.version,
        answers={name: _kept(one) for name, one in filled.items()},
        answer=weighed.answer,
        reason=weighed.reason,
        opens=weighed.opens,
        by=by.person,
        at=by.at,
    )
    tell(signal, by=by, kind="signal.weigh", weighing=code.value, answer=weighed.answer.value, opens=weighed.opens)
    return row


def _conclude(forms: Weighings, code: Code, filled: Mapping[str, Filled], round_number: int, by: Acting) -> Weighed:
    if isinstance(code, Question):
        return rules.weigh(forms.questions[code], filled.get(code.value, Filled()), round_number)
    return rules.conclude(rules.current(forms.forms, code, by.today), filled, round_number)


def _kept(one: Filled) -> dict[str, Any]:
    return {"answer": one.answer.value if one.answer else "", "reason": one.reason, "choices": list(one.choices)}


@dataclass(frozen=True)
class Line:
    """One question with what was answered, in words."""

    question: str
    answer: str
    reason: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """One row as it is read: also that of an earlier round, on the form that it was answered on."""

    code: str
    title: str
    round: int
    answer: str
    opens: bool
    reason: str
    lines: tuple[Line, ...]
    by: UUID
    at: datetime


def read(signal: Signal) -> list[Answered]:
    """Every answer ever given on the signal, the newest first."""
    known: dict[int, Weighings] = {}
    found = []
    for row in signal.weighings.order_by("-at"):
        if row.policy_version not in known:
            known[row.policy_version] = weighings_of(signal.municipality_id, row.policy_version)
        found.append(_read(row, known[row.policy_version], signal.municipality_id))
    return found


def _read(row: WeighingAnswer, forms: Weighings, municipality_id: UUID) -> Answered:
    code = code_of(row.weighing)
    day = row.at.date()
    questions = forms.asked(code, day) if not _is_newer(forms, code, row) else ()
    return Answered(
        code=row.weighing,
        title=code.label,
        round=row.round,
        answer=Answer(row.answer).label,
        opens=row.opens,
        reason=row.reason,
        lines=tuple(_line(q, row.answers.get(q.id, {}), municipality_id) for q in questions),
        by=row.by,
        at=row.at,
    )


def _is_newer(forms: Weighings, code: Code, row: WeighingAnswer) -> bool:
    """Whether no form was valid on the day of the answer (a practice signal dated before the policy)."""
    if isinstance(code, Question):
        return False
    return not any(form.code == code.value and form.valid_from <= row.at.date() for form in forms.forms)


def _line(question: rules.Question, kept: Mapping[str, Any], municipality_id: UUID) -> Line:
    answer = Answer(kept["answer"]).label if kept.get("answer") else ""
    labels = _labels(question, municipality_id) if question.kind is AnswerKind.CHOICES else {}
    chosen = tuple(labels.get(code, code) for code in kept.get("choices", ()))
    return Line(question.text, answer, kept.get("reason", ""), chosen)


def _labels(question: rules.Question, municipality_id: UUID) -> dict[str, str]:
    labels: dict[str, str] = {}
    for code, label in choices_of(municipality_id, question):
        labels |= dict(label) if isinstance(label, list) else {code: label}
    return labels
