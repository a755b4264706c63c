"""Forms of the policies: a file or its text, and what its adoption rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from meldroute.domain.policy import PolicyError

from .models import PolicyKind
from .parsing import MOST, read


class PolicyText(forms.Form):
    """A new version as a file, or typed; what is wrong is said and stays in the field."""

    file = forms.FileField(label=_("Bestand"), required=False, help_text=_("Een TOML-bestand, zoals u het ophaalt."))
    text = forms.CharField(
        label=_("Of de tekst zelf"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "class": "mr-code"}),
    )

    def __init__(self, *args: Any, kind: PolicyKind, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.today = kind, today

    def clean(self) -> dict[str, Any]:
        """`body` is the document, `written` the text it came from. Raises ValidationError with row and field."""
        told = super().clean() or {}
        told["written"] = written = self._written(told)
        if not written.strip():
            raise forms.ValidationError(_t("Kies een bestand of vul de tekst in."))
        try:
            told["body"] = read(self.kind, written, today=self.today)
        except PolicyError as wrong:
            self.data = {**dict(self.data.items()), "text": written[:MOST]}
            raise forms.ValidationError(_t("Dit kan nog niet gelden: %(why)s.") % {"why": wrong}) from None
        return told

    def _written(self, told: dict[str, Any]) -> str:
        file = told.get("file")
        if file is None:
            return str(told.get("text") or "")
        try:
            return file.read().decode("utf-8-sig")  # type: ignore[no-any-return]
        except UnicodeDecodeError:
            raise forms.ValidationError(_t("Dit bestand is geen tekst. Kies het TOML-bestand.")) from None


class Settling(forms.Form):
    """Who decided it. Empty: it counts as a proposal."""

    decision = forms.CharField(
        label=_("Vastgesteld door, op, onder nummer"),
        help_text=_("Bijvoorbeeld: college, 12 januari 2027, besluit 2027-14. Leeg: het blijft een voorstel."),
        required=False,
        max_length=160,
    )
