"""Groups of fields that several forms share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.domain.option import Option
from meldroute.domain.vocabulary import Form, Truth
from meldroute.people.models import Organisation
from meldroute.route.forms.words import chosen, labels

HOW = {
    Truth.FACT: (_("Zelf gezien"), _("of het staat op papier: een feit")),
    Truth.IMPRESSION: (_("Mijn indruk"), _("een eigen oordeel")),
    Truth.HEARSAY: (_("Gehoord van een ander"), _("van horen zeggen")),
}
PLACE = ("street", "house_number", "addition", "postcode")
NAMES_ONLY = _("Namen alleen als het signaal anders niet te begrijpen is.")


def hows() -> list[tuple[Any, Any]]:
    """The answers to "Hoe weet u dit?"."""
    return [(truth.value, Option(str(label), hint=str(hint))) for truth, (label, hint) in HOW.items()]


class UrgencyField(forms.BooleanField):
    """The meldpunt looked whether somebody is in danger, before anything is saved."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Ik heb gekeken of er nu gevaar is, of iemand jonger is dan 18"),
            help_text=_("Nu gevaar: 112. Jonger dan 18: Veilig Thuis 0800 2000. Slachtoffer: Team Mensenhandel."),
        )


class WhereForm(forms.Form):
    """An address."""

    street = forms.CharField(label=_("Straat"), max_length=80, required=False)
    house_number = forms.CharField(label=_("Huisnummer"), max_length=10, required=False)
    addition = forms.CharField(label=_("Toevoeging"), max_length=10, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=10, required=False)


class WhatForm(forms.Form):
    """What was seen, judged or heard, and how that is known."""

    what = forms.CharField(
        label=_("Wat is er gezien of gehoord?"), help_text=NAMES_ONLY, widget=forms.Textarea(attrs={"rows": 7})
    )
    truth = forms.ChoiceField(label=_("Hoe weet de melder dit?"), widget=forms.RadioSelect)
    source = forms.CharField(
        label=_("Bron"),
        help_text=_("Zonder naam, bijvoorbeeld: een buurtbewoner, zelf gezien."),
        max_length=120,
        required=False,
    )
    observed_on = forms.DateField(label=_("Op welke dag was dat?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "truth", hows())


class KindForm(forms.Form):
    """The form of exploitation, the branch, and who it may be about."""

    forms_seen = forms.MultipleChoiceField(
        label=_("Vorm van uitbuiting"), required=False, widget=forms.CheckboxSelectMultiple
    )
    sector = forms.CharField(
        label=_("Branche"), help_text=_("Bijvoorbeeld: horeca, bouw, woning."), max_length=32, required=False
    )
    minor = forms.BooleanField(label=_("Mogelijk is iemand jonger dan 18"), required=False)
    about_colleague = forms.BooleanField(
        label=_("Gaat het over iemand die hier werkt, bestuurt of meevergadert?"),
        help_text=_("Dan zien alleen de twee vertrouwde lezers dit signaal, u daarna zelf niet meer."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "forms_seen", labels(Form))

    def clean_forms_seen(self) -> list[Form]:
        """Without a choice it is not clear yet."""
        return [Form(code) for code in self.cleaned_data["forms_seen"]] or [Form.UNCLEAR]


class WhoForm(forms.Form):
    """Who reported, how to reach them and whether that is safe."""

    name = forms.CharField(label=_("Naam van de melder"), max_length=120, required=False)
    mail = forms.EmailField(label=_("Mailadres van de melder"), required=False)
    phone = forms.CharField(label=_("Telefoon van de melder"), max_length=40, required=False)
    organisation = forms.ChoiceField(label=_("Organisatie"), required=False)
    mail_safe = forms.BooleanField(
        label=_("Ik zag het adres: mailen is veilig"),
        help_text=_("Leest er iemand mee? Twijfelt u, vink dit dan niet aan en bel."),
        required=False,
    )
    how_safe = forms.CharField(
        label=_("Hoe is de melder veilig te bereiken?"),
        help_text=_("Bijvoorbeeld: alleen overdag bellen, niets inspreken."),
        max_length=300,
        required=False,
    )
    wants_feedback = forms.BooleanField(label=_("De melder wil terugkoppeling"), required=False, initial=True)
    anonymous = forms.BooleanField(
        label=_("De melder wil anoniem blijven"),
        help_text=_("Naam en mailadres worden dan niet bewaard bij het signaal."),
        required=False,
    )
    protected = forms.BooleanField(
        label=_("Scherm de melder af"),
        help_text=_("De naam opent dan alleen met een reden en een tweede persoon."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "organisation", lambda: [("", _("geen")), *partners()])


def partners() -> list[tuple[str, str]]:
    """The partner organisations of this municipality."""
    return [(str(row.id), row.name) for row in Organisation.objects.filter(ended_on__isnull=True)]


def place_of(told: dict[str, Any]) -> dict[str, str]:
    """Take the address out of what was filled in."""
    return {name: told.pop(name) for name in PLACE}


def organisation_of(told: dict[str, Any]) -> UUID | None:
    """Take the organisation out of what was filled in."""
    chosen_id = told.pop("organisation")
    return UUID(chosen_id) if chosen_id else None
