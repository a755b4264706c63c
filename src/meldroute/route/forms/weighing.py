"""A weighing, question or check as a form, made from the municipality's own policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.domain.route import Answer
from meldroute.domain.weighing import AnswerKind, Filled, Question

from ..policies import choices_of

ANSWERS = [(answer.value, answer.label) for answer in Answer]


class WeighingForm(forms.Form):
    """One field per question; a question that decides also asks for a reason. Nothing is counted."""

    def __init__(
        self, *args: Any, questions: Sequence[Question], municipality_id: UUID, before: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = tuple(questions)
        for question in self.questions:
            self._ask(question, municipality_id, before.get(question.id, {}))
            self.fields[question.id].language = "nl"  # type: ignore[attr-defined] # the words of the policy

    def _ask(self, question: Question, municipality_id: UUID, before: Mapping[str, Any]) -> None:
        if question.kind is AnswerKind.YES_NO_UNCLEAR:
            self._ask_answer(question, before)
        elif question.kind is AnswerKind.CHOICES:
            self.fields[question.id] = forms.MultipleChoiceField(
                label=question.text,
                help_text=question.help,
                choices=choices_of(municipality_id, question),
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=before.get("choices", []),
            )
        else:
            self.fields[question.id] = forms.CharField(
                label=question.text,
                help_text=question.help,
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
                initial=before.get("reason", ""),
            )

    def _ask_answer(self, question: Question, before: Mapping[str, Any]) -> None:
        self.fields[question.id] = forms.ChoiceField(
            label=question.text,
            help_text=question.help,
            choices=[(code, _(label)) for code, label in ANSWERS],
            widget=forms.RadioSelect,
            initial=before.get("answer", ""),
        )
        self.fields[f"{question.id}_reason"] = forms.CharField(
            label=_("Waarom?"),
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=before.get("reason", ""),
        )

    def filled(self) -> dict[str, Filled]:
        """What was filled in, by question id; for a valid form."""
        return {question.id: self._filled(question) for question in self.questions}

    def _filled(self, question: Question) -> Filled:
        value = self.cleaned_data.get(question.id)
        if question.kind is AnswerKind.CHOICES:
            return Filled(choices=tuple(value or ()))
        if question.kind is AnswerKind.TEXT:
            return Filled(reason=str(value or ""))
        return Filled(Answer(str(value)), self.cleaned_data.get(f"{question.id}_reason", ""))
