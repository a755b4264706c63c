"""Weighings and privacy checks as versioned forms: questions, answers, and what an answer opens.

Source of the questions: model protocol ondermijning, steps 1 to 4 (`policies/weighings.toml`). There is no
score: indicators are remembered as a list and never counted, and a person decides with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .policy import PolicyError, Row, Standing, rows
from .route.situation import Answer, Weighed
from .term import Term, gettext_noop
from .verdict import Refused, no
from .vocabulary import Check, Weighing
from .vocabulary import Question as Loose


class AnswerKind(Term):
    """How a question is answered."""

    YES_NO_UNCLEAR = "yes_no_unclear", gettext_noop("ja, nee of nog niet duidelijk, met een reden")
    CHOICES = "choices", gettext_noop("een of meer keuzes, zonder telling")
    TEXT = "text", gettext_noop("eigen woorden")


@dataclass(frozen=True)
class Question:
    """One question. `opens` are the answers that let the signal go on; empty where it decides nothing."""

    id: str
    text: str
    help: str
    kind: AnswerKind
    opens: tuple[Answer, ...] = ()
    choices: tuple[str, ...] = ()
    choices_from: str = ""

    @property
    def decides(self) -> bool:
        """True when this answer counts for a gate."""
        return bool(self.opens)


@dataclass(frozen=True)
class Form:
    """One version of a weighing or a privacy check; `code` is that of Weighing or Check."""

    id: str
    code: str
    is_check: bool
    version: int
    valid_from: date
    title: str
    questions: tuple[Question, ...]
    standing: Standing

    def question(self, question_id: str) -> Question:
        """The question with this id. Raises KeyError."""
        return next((q for q in self.questions if q.id == question_id), None) or _unknown(question_id)


def _unknown(question_id: str) -> Question:
    raise KeyError(question_id)


@dataclass(frozen=True)
class Filled:
    """What somebody filled in: an answer with a reason, or choices, or text."""

    answer: Answer | None = None
    reason: str = ""
    choices: tuple[str, ...] = ()


def missing(form: Form, given: Mapping[str, Filled]) -> tuple[str, ...]:
    """Ids of the deciding questions that have no answer or no reason."""
    deciding = [question.id for question in form.questions if question.decides]
    return tuple(q for q in deciding if q not in given or not _whole(given[q]))


def _whole(given: Filled) -> bool:
    return given.answer is not None and bool(given.reason.strip())


def weigh(question: Question, given: Filled, round_number: int) -> Weighed:
    """One answered question (for the tests "concrete", "sterk genoeg", "integraal belang").

    Raises Refused when the answer or the reason is missing.
    """
    if given.answer is None or not _whole(given):
        reason = gettext_noop("Kies een antwoord en schrijf op waarom.")
        raise Refused(no(reason, "modelprotocol ondermijning", "weighing.missing"))
    return Weighed(given.answer, given.reason.strip(), round_number, given.answer in question.opens)


def conclude(form: Form, given: Mapping[str, Filled], round_number: int) -> Weighed:
    """The outcome of a whole form: it opens only when every deciding answer does.

    The answer is no when one of them closes, unclear when one is unclear, else yes. Choices play no part.
    Raises Refused when a deciding question has no answer or no reason.
    """
    deciding = [question for question in form.questions if question.decides]
    weighed = [weigh(question, given.get(question.id, Filled()), round_number) for question in deciding]
    opens = all(each.opens for each in weighed)
    unclear = any(each.answer is Answer.UNCLEAR for each in weighed)
    answer = Answer.NO if not opens else Answer.UNCLEAR if unclear else Answer.YES
    return Weighed(answer, "; ".join(each.reason for each in weighed), round_number, opens)


def parse_forms(document: Mapping[str, Any]) -> tuple[Form, ...]:
    """All versions of all forms. Raises PolicyError that names form or question, and field."""
    return tuple(_form(row) for row in rows(document, "form"))


def parse_questions(document: Mapping[str, Any]) -> Mapping[Loose, Question]:
    """The questions asked on their own (concrete, strong enough …), all of them. Raises PolicyError."""
    found: dict[Loose, Question] = {}
    for row in rows(document, "question"):
        row.standing()
        found[row.term("id", Loose)] = _question(row)
    for loose in Loose:
        if loose not in found:
            raise PolicyError(f"er is geen [[question]] met id {loose.value}")
    return found


def current(forms: tuple[Form, ...], code: Weighing | Check, today: date) -> Form:
    """The version of a form that is valid today. Raises PolicyError when there is none."""
    is_check = isinstance(code, Check)
    known = [f for f in forms if (f.code, f.is_check) == (code.value, is_check) and f.valid_from <= today]
    if not known:
        raise PolicyError(f"geen formulier voor {code.label} op {today}")
    return max(known, key=lambda form: (form.valid_from, form.version))


def _form(row: Row) -> Form:
    is_check = row.flag("check")
    code = row.term("code", Check) if is_check else row.term("code", Weighing)
    questions = tuple(_question(question) for question in rows(row.fields, "question"))
    if not any(question.decides for question in questions):
        raise row.error("question", "geen enkele vraag beslist iets")
    return Form(
        row.name,
        code.value,
        is_check,
        row.number("version"),
        row.day("valid_from"),
        row.text("title"),
        questions,
        row.standing(),
    )


def _question(row: Row) -> Question:
    kind = row.term("kind", AnswerKind)
    opens = row.term_list("opens", Answer)
    if (kind is AnswerKind.YES_NO_UNCLEAR) != bool(opens):
        raise row.error("opens", "hoort bij yes_no_unclear, en bij niets anders")
    choices, choices_from = row.texts("choices"), row.text_or_none("choices_from")
    if (kind is AnswerKind.CHOICES) != bool(choices or choices_from):
        raise row.error("choices", "hoort bij choices, en bij niets anders")
    return Question(row.name, row.text("text"), row.text_or_none("help"), kind, opens, choices, choices_from)
