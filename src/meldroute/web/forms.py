"""Forms of login and second factor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from meldroute.people.factors import LONGEST
from meldroute.people.forms import TOO_MANY


class LoginForm(AuthenticationForm):
    """Mail address and password."""

    error_messages = {
        "invalid_login": _("Het mailadres of het wachtwoord klopt niet. Probeer het opnieuw."),
        "inactive": _("Het mailadres of het wachtwoord klopt niet. Probeer het opnieuw."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Mailadres")
        self.fields["username"].widget = forms.EmailInput(attrs={"autocomplete": "username"})
        self.fields["password"].label = _("Wachtwoord")


class CodeForm(forms.Form):
    """One code of the app, a recovery code, or what a passkey answered."""

    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text"}),
    )
    passkey = forms.CharField(required=False, widget=forms.HiddenInput)
    full = False

    def clean_code(self) -> str:
        """Spaces do not count."""
        return "".join(str(self.cleaned_data["code"]).split()).lower()

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        told = super().clean() or {}
        if not told.get("code") and not told.get("passkey"):
            self.add_error("code", _("Vul de code in die de app laat zien."))
        return told

    def too_many(self) -> None:
        """Say that it was tried too often."""
        self.full = True
        self.add_error("code", TOO_MANY)

    def wrong(self) -> None:
        """Say that the code does not fit."""
        self.add_error("code", _("Deze code klopt niet (meer). Wacht op een nieuwe code en probeer het opnieuw."))
