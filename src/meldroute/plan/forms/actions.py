"""Changing what the plan says: an action amended, ended or added, and who does it; each change names its decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meldroute.domain.cadence import CadenceError, parse
from meldroute.domain.plan.document import Plan, Promise, ProofKind

CADENCE = _("Zoals in een plan: Q3 2027, jaarlijks, jaarlijks Q2 en Q4, halfjaarlijks, maandelijks, doorlopend.")
LISTED = _("Met komma's ertussen.")


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _split(told: str) -> list[str]:
    return [one.strip() for one in told.split(",") if one.strip()]


class DecisionForm(forms.Form):
    """Why the plan changes, and who decided so."""

    changed = forms.CharField(label=_("Wat verandert er, in één zin?"), max_length=400)
    decision = forms.CharField(
        label=_("Welk besluit ligt hieronder?"),
        help_text=_("Bijvoorbeeld: collegebesluit van 12 januari 2027, nummer 2027-14."),
        max_length=400,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class EndForm(DecisionForm):
    """The last day on which an action asks something."""

    on = forms.DateField(label=_("Laatste dag"), widget=forms.DateInput(attrs={"type": "date"}))
    field_order = ("on", "changed", "decision", "version")


class ActionForm(DecisionForm):
    """All that a plan says of one action."""

    title = forms.CharField(label=_("Korte naam"), max_length=200)
    text = forms.CharField(label=_("Tekst uit het plan"), max_length=4000, widget=_lines(5))
    cadence = forms.CharField(label=_("Wanneer"), help_text=CADENCE, max_length=200)
    owner = forms.CharField(label=_("Eigenaar (functie)"), max_length=120)
    theme = forms.CharField(label=_("Thema"), max_length=120, required=False)
    purpose = forms.CharField(label=_("Doel"), max_length=1000, required=False, widget=_lines(2))
    partners = forms.CharField(label=_("Partners"), help_text=LISTED, max_length=600, required=False)
    shared = forms.CharField(label=_("Telt ook voor deze gemeenten"), help_text=LISTED, max_length=300, required=False)
    proof = forms.MultipleChoiceField(
        label=_("Waaruit blijkt dat het is gedaan?"), choices=(), required=False, widget=forms.CheckboxSelectMultiple
    )
    source = forms.CharField(label=_("Bron"), max_length=400)

    ORDER = ("title", "text", "cadence", "owner", "theme", "purpose", "partners", "shared", "proof", "source")
    field_order: Sequence[str] = (*ORDER, "changed", "decision", "version")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof"].choices = [(one.value, _(one.label)) for one in ProofKind]  # type: ignore[attr-defined]

    def clean_cadence(self) -> str:
        """Words that give dates."""
        told = str(self.cleaned_data["cadence"])
        try:
            parse(told)
        except CadenceError as wrong:
            raise ValidationError(str(wrong)) from None
        return told

    def row(self) -> dict[str, Any]:
        """The fields of the row in the document, for a valid form."""
        told = {name: self.cleaned_data[name] for name in self.ORDER}
        return told | {name: _split(told[name]) for name in ("partners", "shared")}

    @staticmethod
    def filled(promise: Promise) -> dict[str, Any]:
        """What the form begins with."""
        told = {name: getattr(promise, name) for name in ActionForm.ORDER}
        told |= {name: ", ".join(told[name]) for name in ("partners", "shared")}
        return told | {"proof": [kind.value for kind in promise.proof]}


class NewActionForm(ActionForm):
    """An action more; pillar 0 is a promise outside the actions."""

    code = forms.SlugField(
        label=_("Code"), help_text=_("Kort en nog niet gebruikt, bijvoorbeeld R4-20."), max_length=80
    )
    pillar = forms.TypedChoiceField(label=_("Pijler"), choices=(), coerce=int)
    begins = forms.DateField(label=_("Geldt vanaf"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    field_order = ("code", "pillar", *ActionForm.ORDER, "begins", "changed", "decision", "version")

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pillars = [(one.number, f"{one.number} {one.name}") for one in plan.pillars]
        self.fields["pillar"].choices = [*pillars, (0, _("Afspraken buiten de acties"))]  # type: ignore[attr-defined]

    def row(self) -> dict[str, Any]:
        """The whole row."""
        told = self.cleaned_data
        begins = told["begins"].isoformat() if told.get("begins") else ""
        return {"id": told["code"], "pillar": told["pillar"], "begins": begins} | super().row()


class OwnForm(forms.Form):
    """Who does it and who stands in."""

    owner = forms.ChoiceField(label=_("Eigenaar"), choices=(), required=False)
    stand_in = forms.ChoiceField(label=_("Waarnemer"), choices=(), required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("niemand")), *((str(one), name) for one, name in people)]
        for name in ("owner", "stand_in"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def chosen(self, name: str) -> UUID | None:
        """An account or nobody, for a valid form."""
        return UUID(self.cleaned_data[name]) if self.cleaned_data[name] else None
