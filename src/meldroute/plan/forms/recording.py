"""What became of an occurrence, and what shows it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.domain.plan.keeping import Status

from ..actions.recording import Given, Recorded


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"})


class GivenForm(forms.Form):
    """A text, a link or a file."""

    text = forms.CharField(
        label=_("Waaruit blijkt het?"),
        help_text=_("Bijvoorbeeld: besproken in de staf veiligheid van 12 mei. Geen namen en niets over een signaal."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    link = forms.URLField(label=_("Verwijzing"), required=False, max_length=500, assume_scheme="https")
    file = forms.FileField(label=_("Bestand"), required=False)

    def given(self) -> Given:
        """For a valid form."""
        told = self.cleaned_data
        file = told.get("file")
        return Given(
            text=told.get("text", ""),
            link=told.get("link", ""),
            file_name=(file.name or "")[-120:] if file else "",
            body=file.read() if file else b"",
        )


class RecordForm(GivenForm):
    """Status with day, reason and proof; `version` is that of the page."""

    status = forms.ChoiceField(label=_("Hoe staat het ermee?"), choices=(), widget=forms.RadioSelect)
    done_on = forms.DateField(label=_("Gedaan op"), required=False, widget=_day())
    reason = forms.CharField(
        label=_("Waarom overgeslagen?"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("status", "done_on", "text", "link", "file", "reason", "version")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(one.value, _(one.label)) for one in Status]  # type: ignore[attr-defined]

    def recorded(self) -> Recorded:
        """For a valid form."""
        told = self.cleaned_data
        return Recorded(
            Status(told["status"]), told["version"], done_on=told.get("done_on"), reason=told.get("reason", "")
        )
