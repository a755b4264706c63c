"""Forms of accounts and roles."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from meldroute.domain.vocabulary import Role

from .factors import LONGEST, is_bound
from .models import Organisation, User
from .places import members

TOO_MANY = _("Te vaak geprobeerd. Wacht een kwartier en probeer het dan opnieuw.")


class UserForm(forms.Form):
    """A new account."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    mail = forms.EmailField(label=_("Mailadres"), help_text=_("Hiermee logt iemand in."))


class GrantForm(forms.Form):
    """A role with its period."""

    role = forms.ChoiceField(label=_("Rol"))
    organisation = forms.ChoiceField(label=_("Organisatie"), required=False, help_text=_("Alleen voor partners."))
    starts = forms.DateField(label=_("Vanaf"), widget=forms.DateInput(attrs={"type": "date"}))
    ends = forms.DateField(label=_("Tot en met"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    stands_in_for = forms.ChoiceField(
        label=_("Waarnemer van"), required=False, help_text=_("Een waarnemer heeft altijd een einddatum.")
    )

    def __init__(self, *args: Any, municipality_id: UUID, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = [("", _t("geen"))]
        people = members(municipality_id, *(role.value for role in Role), today=today)
        self.fields["role"].choices = [(role.value, _t(role.label)) for role in Role]  # type: ignore[attr-defined]
        self.fields["organisation"].choices = nobody + [  # type: ignore[attr-defined]
            (str(row.id), row.name) for row in Organisation.objects.filter(ended_on__isnull=True)
        ]
        self.fields["stands_in_for"].choices = nobody + [(str(row.id), row.name) for row in people]  # type: ignore[attr-defined]

    def organisation_id(self) -> UUID | None:
        """The chosen organisation."""
        return UUID(self.cleaned_data["organisation"]) if self.cleaned_data["organisation"] else None

    def stand_in(self) -> User | None:
        """Whom the user stands in for."""
        chosen = self.cleaned_data["stands_in_for"]
        return User.objects.get(id=chosen) if chosen else None


class PasswordForm(forms.Form):
    """Choosing a password, twice."""

    password = forms.CharField(
        label=_("Wachtwoord"),
        help_text=_("Ten minste 12 tekens. Een zin van vier woorden is goed te onthouden."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(label=_("Nog een keer"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def clean_password(self) -> str:
        """Long enough and not a common one."""
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        told = super().clean() or {}
        if told.get("password") and told.get("password") != told.get("again"):
            self.add_error("again", _("De twee wachtwoorden zijn niet gelijk."))
        return told


class ProofForm(forms.Form):
    """The password, a code or a passkey of who is logged in; one of them is enough."""

    password = forms.CharField(
        label=_("Wachtwoord"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("Of een code uit de app"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )
    passkey = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not user.has_usable_password():
            del self.fields["password"]
            self.fields["code"].label = _("Code uit de app")
        if not is_bound(user):
            del self.fields["code"]

    def clean_code(self) -> str:
        """Spaces do not count."""
        return "".join(str(self.cleaned_data["code"]).split()).lower()

    def clean(self) -> dict[str, Any]:
        """One of them."""
        told = super().clean() or {}
        if self.fields and not any(told.values()):
            raise forms.ValidationError(_("Vul uw wachtwoord of een code in."))
        return told

    def wrong(self) -> bool:
        """Say that it does not fit."""
        self.add_error(None, _("Dit klopt niet. Probeer het opnieuw."))
        return False

    def too_many(self) -> bool:
        """Say that it was tried too often."""
        self.add_error(None, TOO_MANY)
        return False


class OldPasswordForm(PasswordForm):
    """Another password, with the present one."""

    field_order = ("old", "password", "again")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Also not one's own name or mail address."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.user)
        return password

    old = forms.CharField(
        label=_("Uw wachtwoord nu"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def wrong(self) -> None:
        """Say that the present password does not fit."""
        self.add_error("old", _("Dit is niet uw wachtwoord van nu."))

    def too_many(self) -> None:
        """Say that it was tried too often."""
        self.add_error("old", TOO_MANY)


class PasskeyForm(forms.Form):
    """A name for a passkey, and the answer of the authenticator."""

    name = forms.CharField(
        label=_("Naam van de passkey"), max_length=60, help_text=_("Bijvoorbeeld: sleutel aan mijn sleutelbos.")
    )
    passkey = forms.CharField(required=False, widget=forms.HiddenInput)


class FirstAccountForm(PasswordForm):
    """One of the first two accounts of an empty installation."""

    field_order = ("name", "mail", "password", "again")
    name = forms.CharField(label=_("Uw naam"), max_length=120)
    mail = forms.EmailField(label=_("Uw mailadres"))
