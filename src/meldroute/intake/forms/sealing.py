"""The form to seal a signal."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SealForm(forms.Form):
    """Why, and which state of the file was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Waarom wordt dit signaal verzegeld?"),
        help_text=_("Noem hier geen naam. Alleen de vertrouwde lezers kunnen dit straks teruglezen."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
