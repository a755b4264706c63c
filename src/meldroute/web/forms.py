"""Forms of login and second factor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


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
    """One code of the app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text"}),
    )

    def clean_code(self) -> str:
        """Spaces do not count."""
        return str(self.cleaned_data["code"]).replace(" ", "").lower()

    def wrong(self) -> None:
        """Say that the code does not fit."""
        self.add_error("code", _("Deze code klopt niet (meer). Wacht op een nieuwe code en probeer het opnieuw."))
