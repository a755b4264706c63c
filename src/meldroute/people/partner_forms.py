"""Forms of the municipality and its partners."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from meldroute.domain.vocabulary import Recipient, SourceKind

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}")
DAY: dict[str, Any] = {"required": False, "widget": forms.DateInput(attrs={"type": "date"})}


class Domains(forms.CharField):
    """Mail domains, one on a line: "heemstede.nl" or "@heemstede.nl"."""

    widget = forms.Textarea(attrs={"rows": 2})

    def prepare_value(self, value: Any) -> Any:
        """A list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The domains, in small letters. Raises ValidationError that names the one that is wrong."""
        told = [one.strip().lower().removeprefix("@") for one in re.split(r"[\s,;]+", str(value or ""))]
        wrong = [one for one in told if one and not DOMAIN.fullmatch(one)]
        if wrong:
            raise forms.ValidationError(_t("%(name)s is geen maildomein.") % {"name": wrong[0]})
        return sorted({one for one in told if one})


class MunicipalityForm(forms.Form):
    """What the municipality says of itself."""

    name = forms.CharField(label=_("Naam"), max_length=80)
    meldpunt_phone = forms.CharField(label=_("Telefoon van het meldpunt"), max_length=40, required=False)
    meldpunt_mail = forms.EmailField(
        label=_("Mailadres van het meldpunt"), help_text=_("De postbus waar meldingen binnenkomen."), required=False
    )
    mail_domains = Domains(
        label=_("Eigen maildomeinen"),
        help_text=_("Eén per regel. Aan deze adressen gaat een ontvangstbevestiging vanzelf."),
        required=False,
    )
    mma_contract_on = forms.DateField(label=_("Contract met Meld Misdaad Anoniem, datum"), **DAY)
    mma_protocol_on = forms.DateField(
        label=_("Protocol voor Meld Misdaad Anoniem, datum"),
        help_text=_("Berichten van Meld Misdaad Anoniem kunnen pas binnenkomen als contract en protocol er zijn."),
        **DAY,
    )


class PartnerForm(forms.Form):
    """One partner in the chain."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    source = forms.ChoiceField(label=_("Een melding van deze partner telt als"))
    recipient = forms.ChoiceField(
        label=_("Ontvangt gegevens als"),
        help_text=_("Dit bepaalt welke regels van de deelmatrix gelden."),
        required=False,
    )
    mail_domains = Domains(label=_("Maildomeinen"), help_text=_("Eén per regel."), required=False)
    mail = forms.EmailField(label=_("Mailadres"), required=False)
    phone = forms.CharField(label=_("Telefoon"), max_length=40, required=False)
    about = forms.CharField(
        label=_("Wat is er afgesproken"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        was = self.initial.get("source", "")
        kinds = [(kind.value, _t(kind.label)) for kind in SourceKind if kind is not SourceKind.MMA or kind == was]
        self.fields["source"].choices = kinds  # type: ignore[attr-defined]
        recipients = [(one.value, _t(one.label)) for one in Recipient if one is not Recipient.REPORTER]
        self.fields["recipient"].choices = [("", _t("ontvangt niets")), *recipients]  # type: ignore[attr-defined]
