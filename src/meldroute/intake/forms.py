"""The triage form, filled beforehand from the mail; a person decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from meldroute.domain.vocabulary import Form, SourceKind, Triage, Truth
from meldroute.people.models import Organisation

from .actions.triage import Report


def _choices(terms: Any) -> list[tuple[str, str]]:
    return [(term.value, _t(term.label)) for term in terms]


class RegisterForm(forms.Form):
    """A mail becomes a signal."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    urgency = forms.BooleanField(
        label=_("Ik heb gekeken of er nu gevaar is, of iemand jonger is dan 18"),
        help_text=_("Nu gevaar: 112. Jonger dan 18: Veilig Thuis 0800 2000. Slachtoffer: Team Mensenhandel."),
    )
    source_kind = forms.ChoiceField(label=_("Wie meldt dit?"))
    what = forms.CharField(
        label=_("Wat is er gezien of gehoord?"),
        help_text=_("Namen alleen als het signaal anders niet te begrijpen is."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    truth = forms.ChoiceField(label=_("Hoe weet de melder dit?"), widget=forms.RadioSelect)
    source = forms.CharField(label=_("Bron, zonder naam"), max_length=120, required=False)
    forms_seen = forms.MultipleChoiceField(
        label=_("Vorm van uitbuiting"), required=False, widget=forms.CheckboxSelectMultiple
    )
    sector = forms.CharField(label=_("Branche"), max_length=32, required=False)
    street = forms.CharField(label=_("Straat"), max_length=80, required=False)
    house_number = forms.CharField(label=_("Huisnummer"), max_length=10, required=False)
    addition = forms.CharField(label=_("Toevoeging"), max_length=10, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=10, required=False)
    name = forms.CharField(label=_("Naam van de melder"), max_length=120, required=False)
    mail = forms.EmailField(label=_("Mailadres van de melder"), required=False)
    phone = forms.CharField(label=_("Telefoon van de melder"), max_length=40, required=False)
    organisation = forms.ChoiceField(label=_("Organisatie"), required=False)
    mail_safe = forms.BooleanField(label=_("Ik zag het adres: mailen is veilig"), required=False)
    protected = forms.BooleanField(label=_("Scherm de melder af"), required=False)
    anonymous = forms.BooleanField(label=_("De melder is anoniem"), required=False)
    minor = forms.BooleanField(label=_("Mogelijk jonger dan 18"), required=False)
    about_colleague = forms.BooleanField(
        label=_("Gaat het over iemand die hier werkt, bestuurt of meevergadert?"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = [
            ("", _t("geen")),
            *((str(o.id), o.name) for o in Organisation.objects.filter(ended_on__isnull=True)),
        ]
        chosen = {
            "source_kind": _choices(SourceKind),
            "truth": _choices(Truth),
            "forms_seen": _choices(Form),
            "organisation": partners,
        }
        for name, choices in chosen.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def report(self) -> Report:
        """What was filled in; for a valid form."""
        told = dict(self.cleaned_data)
        place = {name: told.pop(name) for name in ("street", "house_number", "addition", "postcode")}
        for name in ("version", "urgency"):
            told.pop(name)
        return Report(
            source_kind=SourceKind(told.pop("source_kind")),
            truth=Truth(told.pop("truth")),
            forms=[Form(code) for code in told.pop("forms_seen")],
            organisation_id=told.pop("organisation") or None,
            place=place,
            **told,
        )


class AddForm(forms.Form):
    """A mail that belongs to a signal."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reference = forms.CharField(label=_("Nummer van het signaal"), max_length=16)
    what = forms.CharField(label=_("Wat is er nieuw?"), widget=forms.Textarea(attrs={"rows": 4}))
    truth = forms.ChoiceField(label=_("Hoe weet de melder dit?"), widget=forms.RadioSelect, choices=Truth.choices())


class AsideForm(forms.Form):
    """A mail that is no trafficking signal."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    what = forms.ChoiceField(label=_("Wat is het?"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Waarom?"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = _choices((Triage.OTHER_SIGNAL, Triage.NO_SIGNAL))  # type: ignore[attr-defined]
