"""Choosing a decision, and what it asks to come along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from meldroute.domain.option import Option
from meldroute.domain.route import Decision, FollowUp, Given, Need, Transition
from meldroute.domain.verdict import Verdict
from meldroute.domain.vocabulary import Recipient
from meldroute.people.models import Organisation, User

VISITS = frozenset({Decision.INSPECTION, Decision.MORE_INFORMATION})
WARNING = _(
    "Vraag nooit om iemand te volgen, te posten of een vals profiel te gebruiken. Een taak is kijken, vragen of doen."
)


class ChooseForm(forms.Form):
    """Every decision of the state; one that is not possible yet is closed, with the reason."""

    def __init__(self, *args: Any, options: Sequence[tuple[Decision, Verdict]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["besluit"] = forms.ChoiceField(
            label=_("Wat besluit u?"), choices=[_option(*one) for one in options], widget=forms.RadioSelect
        )


def _option(decision: Decision, verdict: Verdict) -> tuple[str, Option]:
    label = _now(decision.label)
    return decision.value, Option(label, unavailable="" if verdict else _now(verdict.reason))


class DecideForm(forms.Form):
    """What one decision needs: a reason, a recipient, a follow-up, a date. The rules judge it, not this form."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        transition: Transition,
        owners: Sequence[User] = (),
        partners: Sequence[Organisation] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.transition = transition
        asks = {
            Need.RECIPIENT: lambda: self._ask_recipient(partners),
            Need.FOLLOW_UP: lambda: self._ask_follow_up(owners),
            Need.REQUESTER: self._ask_requester,
            Need.REVIEW_DATE: self._ask_review,
        }
        self._ask_reason(required=Need.REASON in transition.needs)
        for need in transition.needs:
            if need in asks:
                asks[need]()

    def _ask_reason(self, *, required: bool) -> None:
        widget = forms.Textarea(attrs={"rows": 3})
        self.fields["reason"] = forms.CharField(label=_("Waarom"), widget=widget, required=required)

    def _ask_recipient(self, partners: Sequence[Organisation]) -> None:
        kinds = sorted(self.transition.recipients, key=list(Recipient).index)
        self.fields["recipient"] = forms.ChoiceField(
            label=_("Aan wie draagt u over?"),
            help_text=_("Alleen feiten die voor deze ontvanger zijn vrijgegeven gaan mee."),
            choices=[(kind.value, _(kind.label)) for kind in kinds],
            widget=forms.RadioSelect,
        )
        known = [(str(one.id), one.name) for one in partners if one.recipient in self.transition.recipients]
        self.fields["organisation"] = forms.ChoiceField(
            label=_("Welke organisatie?"), choices=[("", _("niet in de lijst")), *known], required=False
        )

    def _ask_follow_up(self, owners: Sequence[User]) -> None:
        task = forms.Textarea(attrs={"rows": 2})
        self.fields["task"] = forms.CharField(label=_("Wat moet er gebeuren?"), help_text=WARNING, widget=task)
        if self.transition.decision in VISITS:
            help_text = _("Adres, met toevoeging. Wie de taak krijgt, ziet alleen de taak en niet het signaal.")
            self.fields["place"] = forms.CharField(label=_("Waar?"), help_text=help_text, required=False)
        people = [(str(user.id), user.name) for user in owners]
        self.fields["owner"] = forms.ChoiceField(label=_("Wie doet dit?"), choices=people)
        self.fields["on"] = forms.DateField(label=_("Uiterlijk wanneer?"), widget=_day())

    def _ask_requester(self) -> None:
        help_text = _("Naam en organisatie, bijvoorbeeld de zaaksofficier.")
        self.fields["requested_by"] = forms.CharField(label=_("Wie vroeg erom?"), help_text=help_text, max_length=160)

    def _ask_review(self) -> None:
        self.fields["review_on"] = forms.DateField(label=_("Wanneer kijkt u opnieuw?"), widget=_day())

    def given(self) -> Given:
        """What comes along; for a valid form."""
        told = self.cleaned_data
        follow_up = FollowUp(told["task"], told["owner"], told["on"]) if told.get("task") else None
        return Given(
            reason=told.get("reason", ""),
            recipient=Recipient(told["recipient"]) if told.get("recipient") else None,
            follow_up=follow_up,
            review_on=told.get("review_on"),
            requested_by=told.get("requested_by", ""),
        )


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"})
