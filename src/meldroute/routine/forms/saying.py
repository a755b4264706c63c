"""What became of a step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..actions.months import Said
from ..models import Standing

CHOICES = (Standing.DONE, Standing.NOT_DONE)


class SayForm(forms.Form):
    """Done, or not with a reason; `version` is that of the page."""

    standing = forms.ChoiceField(label=_("Wat is ervan gekomen?"), choices=(), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Opmerking, of waarom niet"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Geen namen en niets over een signaal."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standing"].choices = [(one.value, _(one.label)) for one in CHOICES]  # type: ignore[attr-defined]

    def said(self) -> Said:
        """For a valid form."""
        told = self.cleaned_data
        return Said(Standing(told["standing"]), told["version"], told["reason"])
