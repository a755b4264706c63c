"""Forms about who may see a signal and who handles it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.domain.vocabulary import Form, State

from ..listing import Wanted
from .words import chosen, labels

REASON: dict[str, Any] = {"widget": forms.Textarea(attrs={"rows": 2}), "max_length": 1000}


class ReasonForm(forms.Form):
    """Why, and nothing else."""

    reason = forms.CharField(label=_("Reden"), help_text=_("De reden wordt bewaard en is later na te lezen."), **REASON)


class NumberForm(ReasonForm):
    """A signal by its number, with why."""

    reference = forms.CharField(
        label=_("Nummer van het signaal"), help_text=_("Bijvoorbeeld HS-2026-0007."), max_length=16
    )
    field_order = ["reference", "reason"]


class UntilForm(forms.Form):
    """Through which day."""

    until = forms.DateField(label=_("Toegang tot en met"), help_text=_("Daarna eindigt de toegang vanzelf."))


class AnswerForm(forms.Form):
    """The meldpunt's answer to a request."""

    granted = forms.ChoiceField(
        label=_("Uw antwoord"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Toegang geven")), ("no", _("Niet geven"))],
    )
    until = forms.DateField(
        label=_("Toegang tot en met"),
        help_text=_("Nodig als u toegang geeft; daarna eindigt zij vanzelf."),
        required=False,
    )
    answer = forms.CharField(label=_("Toelichting voor de vrager"), required=False, **REASON)

    def clean(self) -> dict[str, Any]:
        """An end with a yes, a reason with a no."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("granted") == "yes" and not told.get("until"):
            self.add_error("until", _("Kies tot en met welke dag."))
        if told.get("granted") == "no" and not told.get("answer"):
            self.add_error("answer", _("Leg uit waarom niet."))
        return told


class PersonForm(forms.Form):
    """One colleague, and why."""

    person = forms.ChoiceField(label=_("Collega"))
    reason = forms.CharField(label=_("Reden"), **REASON)

    def __init__(self, *args: Any, people: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "person", [(str(key), name) for key, name in people])

    @property
    def account(self) -> UUID:
        """Whose account."""
        return UUID(self.cleaned_data["person"])


class GiveForm(PersonForm):
    """Access for a colleague through a day."""

    until = forms.DateField(label=_("Toegang tot en met"), help_text=_("Daarna eindigt de toegang vanzelf."))


class HandOverForm(PersonForm):
    """Another handler; the version says which state of the file was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class QueueForm(forms.Form):
    """The filter of the queue; every field may be empty."""

    state = forms.ChoiceField(label=_("Stap"), required=False, choices=[("", _("alles wat loopt")), *labels(State)])
    form = forms.ChoiceField(label=_("Vorm"), required=False, choices=[("", _("alle vormen")), *labels(Form)])
    handler = forms.ChoiceField(label=_("Behandelaar"), required=False)
    due = forms.ChoiceField(
        label=_("Termijn"),
        required=False,
        choices=[("", _("alle")), ("late", _("te laat")), ("week", _("binnen een week"))],
    )

    def __init__(self, *args: Any, people: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fixed = [("", _("iedereen")), ("me", _("ik")), ("none", _("niemand"))]
        chosen(self, "handler", [*fixed, *((str(key), name) for key, name in people)])

    @property
    def wanted(self) -> Wanted:
        """What was chosen; what cannot be chosen counts as everything."""
        self.is_valid()
        return Wanted(**{name: self.cleaned_data.get(name) or "" for name in ("state", "form", "handler", "due")})
