"""The municipality's own policies as the actions and pages of the route read them, each with its version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from meldroute.domain import forms as exploitation
from meldroute.domain import sharing, source_register, weighing
from meldroute.domain.option import Option
from meldroute.domain.vocabulary import Check, Form, Question, Weighing
from meldroute.sharing.actions import policy
from meldroute.sharing.models import PolicyKind

Choices = list[tuple[str, str]]
Grouped = list[tuple[str, Choices]]


@dataclass(frozen=True)
class Weighings:
    """All forms and loose questions of one version of the policy."""

    version: int
    forms: tuple[weighing.Form, ...]
    questions: Mapping[Question, weighing.Question]

    def asked(self, code: Weighing | Question | Check, today: date) -> tuple[weighing.Question, ...]:
        """The questions of this weighing, check or loose question as they are asked today."""
        if isinstance(code, Question):
            return (self.questions[code],)
        return weighing.current(self.forms, code, today).questions


def weighings_of(municipality_id: UUID, version: int | None = None) -> Weighings:
    """Weighings and checks of the newest version, or of the version that was answered on."""
    row = policy(municipality_id, PolicyKind.WEIGHINGS, version)
    return Weighings(row.version, weighing.parse_forms(row.body), weighing.parse_questions(row.body))


def matrix_of(municipality_id: UUID) -> tuple[sharing.Matrix, int]:
    """The sharing matrix and the version of the policy."""
    row = policy(municipality_id, PolicyKind.SHARING)
    return sharing.parse_matrix(row.body), row.version


def sources_of(municipality_id: UUID) -> tuple[dict[str, source_register.Source], int]:
    """The register of sources by id, and the version of the policy."""
    row = policy(municipality_id, PolicyKind.SOURCES)
    return {source.id: source for source in source_register.parse_sources(row.body)}, row.version


def form_choices(municipality_id: UUID) -> Choices:
    """The forms of exploitation of this municipality."""
    rows = exploitation.parse_exploitation_forms(policy(municipality_id, PolicyKind.FORMS).body)
    return [(row.form.value, _(row.label)) for row in rows]


def indicator_choices(municipality_id: UUID) -> Grouped:
    """Indicators by the setting in which they are seen; nothing counts them."""
    rows = exploitation.parse_indicators(policy(municipality_id, PolicyKind.INDICATORS).body)
    groups: dict[str, Choices] = {}
    for row in rows:
        groups.setdefault(_(row.setting.label), []).append((row.id, Option(row.text, language="nl")))
    return list(groups.items())


def choices_of(municipality_id: UUID, question: weighing.Question) -> Choices | Grouped:
    """What can be chosen at a question with choices."""
    if question.choices_from == "indicators":
        return indicator_choices(municipality_id)
    if question.choices_from == "forms":
        return [*form_choices(municipality_id), *_unclear(municipality_id)]
    told: Choices = [(choice, Option(choice, language="nl")) for choice in question.choices]
    return told


def _unclear(municipality_id: UUID) -> Choices:
    known = dict(form_choices(municipality_id))
    return [] if Form.UNCLEAR.value in known else [(Form.UNCLEAR.value, _(Form.UNCLEAR.label))]
