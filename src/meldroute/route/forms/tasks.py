"""Giving a task and answering it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.domain.observing import WpgGround
from meldroute.domain.sharing import Provision
from meldroute.domain.vocabulary import Capacity, Truth
from meldroute.people.models import User

from ..actions.answering import Reply, Result
from ..actions.tasks import GIVEN_DIRECTLY, Wanted
from ..models import Task, TaskKind
from .decide import WARNING, _day

CAPACITIES = (Capacity.SUPERVISOR, Capacity.INVESTIGATOR, Capacity.CHANCE, Capacity.PROFESSIONAL)


class GiveForm(forms.Form):
    """A task given directly."""

    kind = forms.ChoiceField(
        label=_("Wat voor taak?"),
        choices=[(kind.value, _(kind.label)) for kind in GIVEN_DIRECTLY],
        widget=forms.RadioSelect,
        help_text=_("Een controle vraagt een besluit in het signalenoverleg."),
    )
    question = forms.CharField(label=_("Wat vraagt u?"), widget=forms.Textarea(attrs={"rows": 3}), help_text=WARNING)
    place = forms.CharField(
        label=_("Waar?"),
        required=False,
        help_text=_("Wie de taak krijgt, ziet alleen de taak. Schrijf niet meer dan nodig is."),
    )
    assignee = forms.ChoiceField(label=_("Wie doet dit?"))
    due_on = forms.DateField(label=_("Uiterlijk wanneer?"), widget=_day())

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["assignee"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(user.id), user.name) for user in people]

    def wanted(self) -> Wanted:
        """What is asked; for a valid form."""
        told = self.cleaned_data
        return Wanted(
            kind=TaskKind(told["kind"]),
            question=told["question"],
            assignee=UUID(told["assignee"]),
            due_on=told["due_on"],
            place=told["place"],
        )


class AnswerForm(forms.Form):
    """An answer on a phone: for a visit how it ended, what was seen, in what capacity, when."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    result = forms.ChoiceField(
        label=_("Hoe liep de controle af?"),
        choices=[(result.value, _(result.label)) for result in Result],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Wat zag of hoorde u?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Namen alleen als het antwoord anders niet te begrijpen is."),
    )
    truth = forms.ChoiceField(
        label=_("Hoe weet u dit?"),
        choices=[
            (Truth.FACT.value, _("Zelf gezien")),
            (Truth.IMPRESSION.value, _("Mijn indruk")),
            (Truth.HEARSAY.value, _("Gehoord van een ander")),
        ],
        widget=forms.RadioSelect,
        initial=Truth.FACT.value,
    )
    capacity = forms.ChoiceField(
        label=_("In welke hoedanigheid zag u dit?"),
        choices=[(capacity.value, _(capacity.label)) for capacity in CAPACITIES],
        widget=forms.RadioSelect,
    )
    wpg_ground = forms.ChoiceField(
        label=_("Alleen als BOA in opsporing: op welke grond geeft u dit aan het meldpunt?"),
        choices=[("", _("niet van toepassing")), *((ground.value, _(ground.label)) for ground in WpgGround)],
        required=False,
        help_text=_("Zonder grond in de Wet politiegegevens kan dit antwoord niet worden bewaard."),
    )
    observed_on = forms.DateField(label=_("Op welke dag?"), widget=_day())

    def __init__(self, *args: Any, task: Task, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if task.kind != TaskKind.INSPECT:
            del self.fields["result"]

    def reply(self) -> Reply:
        """The answer; for a valid form."""
        told = self.cleaned_data
        return Reply(
            text=told["text"],
            capacity=Capacity(told["capacity"]),
            truth=Truth(told["truth"]),
            result=Result(told["result"]) if told.get("result") else None,
            observed_on=told["observed_on"],
            provision=self._provision(),
        )

    def _provision(self) -> Provision | None:
        told = self.cleaned_data
        if told["capacity"] != Capacity.INVESTIGATOR or not told.get("wpg_ground"):
            return None
        return Provision(told["wpg_ground"], told["observed_on"], self.user.name, "beantwoorden van een taak")


class WithdrawForm(forms.Form):
    """Why a task is taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Waarom trekt u de taak in?"), widget=forms.Textarea(attrs={"rows": 2}))
