"""Forms for what is known: observations, subjects, coded parts, attachments, links."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.domain.observing import Statement, WpgGround
from meldroute.domain.option import Option
from meldroute.domain.sharing import Provision
from meldroute.domain.term import Term
from meldroute.domain.vocabulary import (
    Act,
    Aim,
    Capacity,
    Category,
    Confidence,
    Means,
    SourceKind,
    SubjectKind,
    SubjectRole,
    Truth,
)

from .words import chosen, labels

TRUTHS = {
    Truth.FACT: _("gezien of gedocumenteerd"),
    Truth.IMPRESSION: _("uw oordeel"),
    Truth.HEARSAY: _("van een ander"),
}
CATEGORIES = [c for c in Category if c not in (Category.REPORTER, Category.STATUS, Category.AGGREGATE)]
LONG = forms.Textarea(attrs={"rows": 3})


class ObservationForm(forms.Form):
    """One statement; police data ask how they were provided."""

    truth = forms.ChoiceField(label=_("Wat voor waarneming is het?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Wat is er gezien of gehoord?"),
        help_text=_("Eén waarneming per keer. Namen alleen als het anders niet te begrijpen is."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source = forms.CharField(
        label=_("Hoe weet u dit?"),
        help_text=_("Zonder naam, bijvoorbeeld: toezichthouder, zelf gezien."),
        max_length=200,
        required=False,
    )
    observed_on = forms.DateField(label=_("Wanneer was dat?"), required=False)
    confidence = forms.ChoiceField(label=_("Hoe zeker is de bron?"), choices=labels(Confidence), initial="unknown")
    category = forms.ChoiceField(label=_("Waar gaat het over?"), choices=labels(CATEGORIES), initial="narrative")
    capacity = forms.ChoiceField(label=_("In welke hoedanigheid?"), choices=labels(Capacity), initial="unknown")
    source_kind = forms.ChoiceField(
        label=_("Van wie komt het?"), choices=labels(SourceKind, empty=True), required=False
    )
    subject = forms.ChoiceField(label=_("Over wie of wat uit dit signaal?"), required=False)
    expires_on = forms.DateField(
        label=_("Vervalt op"), help_text=_("Daarna telt de waarneming niet meer mee."), required=False
    )
    wpg_ground = forms.ChoiceField(label=_("Grond"), choices=labels(WpgGround, empty=True), required=False)
    wpg_on = forms.DateField(label=_("Verstrekt op"), required=False)
    wpg_provider = forms.CharField(label=_("Wie gaf het?"), max_length=120, required=False)
    wpg_purpose = forms.CharField(label=_("Waarvoor?"), max_length=200, required=False)

    def __init__(self, *args: Any, subjects: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "truth", [(t.value, Option(str(_(t.label)), hint=str(hint))) for t, hint in TRUTHS.items()])
        chosen(self, "subject", [("", "–"), *((str(key), label) for key, label in subjects)])

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """Everything but the police fields."""
        return [field for field in self if not field.name.startswith("wpg_")]

    @property
    def police_fields(self) -> list[forms.BoundField]:
        """How police data was provided."""
        return [field for field in self if field.name.startswith("wpg_")]

    @property
    def police_open(self) -> bool:
        """Whether one of the police fields holds something or is asked for."""
        return bool(self.is_bound and (self.errors or any(field.value() for field in self.police_fields)))

    def statement(self) -> Statement:
        """What was filled in."""
        told = self.cleaned_data
        return Statement(
            truth=Truth(told["truth"]),
            text=told["text"],
            category=Category(told["category"]),
            source=told["source"],
            source_kind=SourceKind(told["source_kind"]) if told["source_kind"] else None,
            observed_on=told["observed_on"],
            confidence=Confidence(told["confidence"]),
            capacity=Capacity(told["capacity"]),
            expires_on=told["expires_on"],
            provision=self._provision(),
            subject_id=UUID(told["subject"]) if told["subject"] else None,
        )

    def _provision(self) -> Provision | None:
        told = self.cleaned_data
        if not (told["wpg_ground"] and told["wpg_on"]):
            return None
        return Provision(told["wpg_ground"], told["wpg_on"], told["wpg_provider"], told["wpg_purpose"])


class CorrectionForm(ObservationForm):
    """The same, with why the old one was wrong."""

    why = forms.CharField(
        label=_("Waarom klopt de oude niet?"),
        help_text=_("De oude waarneming blijft leesbaar, met deze reden erbij."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ["why"]


ROLES = [role for role in SubjectRole if role is not SubjectRole.PLACE]
FIELD = {
    "name": forms.CharField(label=_("Naam"), max_length=160, required=False),
    "born": forms.CharField(label=_("Geboortedatum of leeftijd"), max_length=40, required=False),
    "phone": forms.CharField(label=_("Telefoonnummer"), max_length=40, required=False),
    "mail": forms.EmailField(label=_("Mailadres"), required=False),
    "street": forms.CharField(label=_("Straat"), max_length=120, required=False),
    "house_number": forms.CharField(label=_("Huisnummer"), max_length=8, required=False),
    "addition": forms.CharField(
        label=_("Toevoeging"),
        help_text=_("Bijvoorbeeld A of 2 hoog. Zo wordt een flat niet één adres."),
        max_length=16,
        required=False,
    ),
    "postcode": forms.CharField(label=_("Postcode"), max_length=8, required=False),
    "town": forms.CharField(label=_("Plaats"), max_length=80, required=False),
    "kvk": forms.CharField(label=_("KVK-nummer"), max_length=10, required=False),
    "plate": forms.CharField(label=_("Kenteken"), max_length=12, required=False),
    "url": forms.CharField(label=_("Website"), max_length=300, required=False),
    "note": forms.CharField(label=_("Toelichting"), max_length=400, required=False),
}
NAME_HELP = _("Alleen als het nodig is. Op het scherm staat een letter; de naam opent met een reden.")


class SubjectForm(forms.Form):
    """Who or where; the fields differ per kind."""

    role = forms.ChoiceField(label=_("Rol in dit signaal"), choices=labels(ROLES))
    minor = forms.BooleanField(label=_("Mogelijk jonger dan 18"), required=False)

    def __init__(self, *args: Any, kind: SubjectKind, names: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        for name in names:
            self.fields[name] = _copy(FIELD[name], NAME_HELP if (kind, name) == (SubjectKind.PERSON, "name") else "")
        if kind is SubjectKind.ADDRESS:
            del self.fields["role"]
        if kind is not SubjectKind.PERSON:
            del self.fields["minor"]

    @property
    def told(self) -> dict[str, str]:
        """The identity."""
        return {name: self.cleaned_data[name] for name in self.names}

    @property
    def role_given(self) -> SubjectRole:
        """The role; an address is a place."""
        return SubjectRole(self.cleaned_data.get("role", SubjectRole.PLACE))

    @property
    def is_minor(self) -> bool:
        """Whether the person may be under 18."""
        return bool(self.cleaned_data.get("minor"))


class ChangeSubjectForm(SubjectForm):
    """A change; a mistake is no longer used to find earlier signals."""

    was_wrong = forms.BooleanField(
        label=_("De oude gegevens klopten nooit"),
        help_text=_("Dan worden er ook geen eerdere signalen meer mee gezocht."),
        required=False,
    )


class ColleagueForm(forms.Form):
    """The account of somebody here that a sealed signal is about."""

    colleague = forms.ChoiceField(
        label=_("Is dit iemand met een account hier?"),
        help_text=_("Die persoon krijgt dan nooit toegang tot dit signaal."),
        required=False,
    )

    def __init__(self, *args: Any, people: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "colleague", [("", "–"), *((str(key), name) for key, name in people)])

    @property
    def account(self) -> UUID | None:
        """The account, when one was chosen."""
        chosen = self.cleaned_data["colleague"]
        return UUID(chosen) if chosen else None


class ElementForm(forms.Form):
    """One coded part: act, means or aim."""

    what = forms.ChoiceField(label=_("Wat is er te zien?"))
    note = forms.CharField(label=_("Toelichting"), max_length=400, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = ((_("Handeling"), "act", Act), (_("Middel"), "means", Means), (_("Doel"), "aim", Aim))
        chosen(self, "what", [("", "–"), *((name, _coded(part, terms)) for name, part, terms in groups)])

    @property
    def part_and_code(self) -> tuple[str, str]:
        """("means", "deception")."""
        part, _sep, code = self.cleaned_data["what"].partition(":")
        return part, code


class AttachmentForm(forms.Form):
    """A file of at most 25 MB."""

    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("Hoogstens 25 MB. Het bestand wordt versleuteld bewaard en alleen als download gegeven."),
    )


class LinkForm(forms.Form):
    """Another signal by its number."""

    reference = forms.CharField(
        label=_("Nummer van het andere signaal"), help_text=_("Bijvoorbeeld HS-2026-0007."), max_length=16
    )
    reason = forms.CharField(label=_("Waarom horen ze bij elkaar?"), widget=forms.Textarea(attrs={"rows": 2}))


def _coded(part: str, terms: type[Term]) -> list[tuple[str, Any]]:
    return [(f"{part}:{code}", label) for code, label in labels(terms)]


def _copy(field: forms.CharField, help_text: Any) -> forms.CharField:
    made = forms.EmailField if isinstance(field, forms.EmailField) else forms.CharField
    return made(
        label=field.label, max_length=field.max_length, required=field.required, help_text=help_text or field.help_text
    )
