"""A plan file: brought as a file or as text, and adopted after a look at what it changes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldroute.domain.policy import PolicyError

from ..files import MOST, read


class FileForm(forms.Form):
    """A file is read into `text`, so that what is wrong can be mended on the page."""

    file = forms.FileField(label=_("Bestand (TOML)"), required=False, widget=forms.FileInput(attrs={"accept": ".toml"}))
    text = forms.CharField(
        label=_("Of het plan als tekst"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    followed_from = forms.DateField(
        label=_("Vanaf welke dag volgt u het plan hier?"),
        help_text=_("Alleen bij een nieuw plan. Wat eerder had gemoeten, telt nooit als te laat. Leeg is vandaag."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    changed = forms.CharField(label=_("Wat verandert er, in één zin?"), max_length=400, required=False)
    decision = forms.CharField(label=_("Welk besluit ligt hieronder?"), max_length=400, required=False)
    adopt = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        self.unreadable = ""
        self.body: dict[str, Any] = {}
        super().__init__(self._with_file(data, files), files, **kwargs)

    def _with_file(self, data: Any, files: Any) -> Any:
        file = files.get("file") if files else None
        if data is None or file is None:
            return data
        try:
            text = file.read(4 * MOST).decode("utf-8-sig")
        except UnicodeDecodeError:
            self.unreadable = gettext("Dit is geen tekstbestand. Kies een plan in TOML.")
            return data
        changed = data.copy()
        changed["text"] = text
        return changed

    def clean(self) -> dict[str, Any]:
        """Read the plan; an error names line and field."""
        told = super().clean() or {}
        if self.unreadable:
            raise ValidationError(self.unreadable)
        if not told.get("text", "").strip():
            raise ValidationError(gettext("Kies een bestand of plak de tekst van een plan."))
        try:
            self.body = read(told["text"])
        except PolicyError as wrong:
            raise ValidationError(str(wrong)) from None
        return told
