"""The outcome of one item, on one screen: every option, the reason, who does what, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from meldroute.domain.option import Option
from meldroute.domain.route import TRANSITIONS, Decision, FollowUp, Gate, Given, Need, Transition
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict
from meldroute.domain.vocabulary import Recipient, State
from meldroute.people.models import Organisation, User
from meldroute.route.forms.decide import VISITS, WARNING

NOT_HERE = frozenset({Decision.HOLD})
"""Decisions of the state that are taken in the file, not at the table."""
HINTS = {
    Decision.INSPECTION: gettext_noop("kan: het signaal is concreet"),
    Decision.TO_LOO: gettext_noop("kan: sterk genoeg en van integraal belang"),
}


class OutcomeForm(forms.Form):
    """Every outcome of the table, also the impossible ones; fields only for what a possible one may need."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        state: State,
        options: Sequence[tuple[Decision, Verdict]],
        owners: Sequence[User],
        partners: Sequence[Organisation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        here = [(decision, verdict) for decision, verdict in options if decision not in NOT_HERE]
        self.state = state
        self.possible = [TRANSITIONS[state, decision] for decision, verdict in here if verdict]
        self.fields["outcome"] = forms.ChoiceField(
            label=_("Wat is de uitkomst?"), choices=[_option(*one) for one in here], widget=forms.RadioSelect
        )
        reason = forms.Textarea(attrs={"rows": 3})
        self.fields["reason"] = forms.CharField(label=_("Waarom"), widget=reason)
        self._ask_recipient(partners)
        self._ask_follow_up(owners)

    def _needing(self, need: Need) -> list[Transition]:
        return [one for one in self.possible if need in one.needs]

    def _ask_recipient(self, partners: Sequence[Organisation]) -> None:
        needing = self._needing(Need.RECIPIENT)
        kinds = {kind for one in needing for kind in one.recipients}
        if not kinds:
            return
        labels = [(kind.value, _now(kind.label)) for kind in Recipient if kind in kinds]
        self.fields["recipient"] = forms.ChoiceField(
            label=_("Aan wie draagt u over?"),
            help_text=_for(needing),
            choices=[("", _("niet van toepassing")), *labels],
            required=False,
        )
        known = [(str(one.id), one.name) for one in partners if one.recipient in kinds]
        self.fields["organisation"] = forms.ChoiceField(
            label=_("Welke organisatie?"), choices=[("", _("niet in de lijst")), *known], required=False
        )

    def _ask_follow_up(self, owners: Sequence[User]) -> None:
        needing = self._needing(Need.FOLLOW_UP)
        if not needing:
            return
        task = forms.Textarea(attrs={"rows": 2})
        help_text = f"{_for(needing)} {WARNING}"
        self.fields["task"] = forms.CharField(
            label=_("Wat moet er gebeuren?"), help_text=help_text, widget=task, required=False
        )
        if any(one.decision in VISITS for one in needing):
            note = _("Adres, met toevoeging. Wie de taak krijgt, ziet alleen de taak en niet het signaal.")
            self.fields["place"] = forms.CharField(label=_("Waar?"), help_text=note, required=False)
        people = [("", _("kies een collega")), *((str(user.id), user.name) for user in owners)]
        self.fields["owner"] = forms.ChoiceField(label=_("Wie doet dit?"), choices=people, required=False)
        day = forms.DateInput(attrs={"type": "date"})
        self.fields["on"] = forms.DateField(label=_("Uiterlijk wanneer?"), widget=day, required=False)

    def clean(self) -> dict[str, Any]:
        """What the chosen outcome needs; a follow-up is whole or not there."""
        told: dict[str, Any] = super().clean() or {}
        transition = self.transition()
        needs = transition.needs if transition else ()
        if told.get("task") or Need.FOLLOW_UP in needs:
            self._insist("task", "owner", "on")
        if Need.RECIPIENT in needs and not told.get("recipient"):
            self.add_error("recipient", _("Kies aan wie u overdraagt."))
        return told

    def _insist(self, *names: str) -> None:
        for name in names:
            if name in self.fields and name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, _("Vul dit in: wie doet wat, en uiterlijk wanneer."))

    def transition(self) -> Transition | None:
        """The chosen way, when one was chosen."""
        chosen = self.cleaned_data.get("outcome")
        return TRANSITIONS.get((self.state, Decision(chosen))) if chosen else None

    def given(self) -> Given:
        """What comes along; for a valid form."""
        told, transition = self.cleaned_data, self.transition()
        wants_recipient = transition is not None and Need.RECIPIENT in transition.needs
        follow_up = FollowUp(told["task"], told["owner"], told["on"]) if told.get("task") else None
        return Given(
            reason=told["reason"],
            recipient=Recipient(told["recipient"]) if wants_recipient and told.get("recipient") else None,
            follow_up=follow_up,
        )

    def organisation_id(self) -> UUID | None:
        """The partner that it goes to, when one was chosen from the list."""
        chosen = self.cleaned_data.get("organisation")
        return UUID(chosen) if chosen else None


def _for(transitions: Sequence[Transition]) -> str:
    return _now("Nodig bij: %(outcomes)s.") % {"outcomes": ", ".join(_now(one.decision.label) for one in transitions)}


def _option(decision: Decision, verdict: Verdict) -> tuple[str, Option]:
    label = _now(decision.label)
    if verdict:
        return decision.value, Option(label, hint=_now(HINTS[decision]) if decision in HINTS else "")
    return decision.value, Option(label, unavailable=why_not(verdict))


def why_not(verdict: Verdict) -> str:
    """The short question of the gate that is closed, else the whole reason."""
    code = verdict.code.removeprefix("gate.")
    known = verdict.code.startswith("gate.") and code in {gate.value for gate in Gate}
    label = _now(Gate(code).label) if known else _now(verdict.reason)
    return label[:1].lower() + label[1:]
