"""Sending facts to another municipality here, and answering what came from one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from meldroute.domain.vocabulary import Urgency
from meldroute.people.models import Municipality

from ..models import Observation, SendBack


class SendForm(forms.Form):
    """Which municipality, which facts, and why they."""

    def __init__(self, *args: Any, places: Sequence[Municipality], facts: Sequence[Observation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = forms.ChoiceField(
            label=_("Naar welke gemeente?"),
            choices=[(str(place.id), place.name) for place in places],
            widget=forms.RadioSelect,
        )
        self.fields["facts"] = forms.MultipleChoiceField(
            label=_("Welke feiten gaan mee?"),
            help_text=_("Alleen wat voor een andere gemeente is vrijgegeven. Wie meldde, blijft hier."),
            choices=[(str(fact.id), fact.text) for fact in facts],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["reason"] = forms.CharField(
            label=_("Waarom is het voor hen?"),
            help_text=_("Dit lezen zij. Schrijf geen namen."),
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def to(self) -> UUID:
        """The municipality that was chosen."""
        return UUID(self.cleaned_data["to"])

    def chosen(self) -> tuple[UUID, ...]:
        """The facts that were ticked."""
        return tuple(UUID(value) for value in self.cleaned_data["facts"])


class TakeInForm(forms.Form):
    """The first question of the route, before anything is kept here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["urgency"] = forms.ChoiceField(
            label=_("Is er nu gevaar?"),
            choices=[(one.value, _t(one.label)) for one in Urgency],
            widget=forms.RadioSelect,
        )

    def urgency(self) -> Urgency:
        """The answer."""
        return Urgency(self.cleaned_data["urgency"])


class SendBackForm(forms.Form):
    """Why it goes back: a closed list, because nothing of either file crosses with the answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"] = forms.ChoiceField(
            label=_("Waarom stuurt u het terug?"),
            choices=[(one.value, _t(one.label)) for one in SendBack],
            widget=forms.RadioSelect,
        )

    def why(self) -> SendBack:
        """The reason."""
        return SendBack(self.cleaned_data["why"])
