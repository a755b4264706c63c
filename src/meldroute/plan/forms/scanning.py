"""An answer to a criterion of the self-scan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.domain.plan.self_scan import Answer

from ..actions.scanning import Said


class AnswerForm(forms.Form):
    """Yes, partly or no, with what shows it."""

    answer = forms.ChoiceField(label=_("Voldoet de gemeente hieraan?"), choices=(), widget=forms.RadioSelect)
    proof = forms.CharField(
        label=_("Waaruit blijkt het?"),
        help_text=_("Bij 'deels' of 'nee': wat ontbreekt er nog?"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    link = forms.URLField(label=_("Verwijzing"), required=False, max_length=500, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.value, _(one.label)) for one in Answer if one is not Answer.OPEN]
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]

    def said(self) -> Said:
        """For a valid form."""
        told = self.cleaned_data
        return Said(Answer(told["answer"]), told["proof"], told["link"])
