"""Handing over, sharing in danger, and what comes after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ..actions.danger import RECIPIENTS


class HandOverForm(forms.Form):
    """Which facts go along, why, and how it is sent."""

    def __init__(self, *args: Any, options: Sequence[tuple[str, Any]], mail: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facts"] = forms.MultipleChoiceField(
            label=_("Welke feiten gaan mee?"),
            choices=list(options),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["reason"] = forms.CharField(
            label=_("Waarom draagt u over?"), widget=forms.Textarea(attrs={"rows": 3})
        )
        ways = [("mail", _("per mail aan %(mail)s") % {"mail": mail})] if mail else []
        self.fields["how"] = forms.ChoiceField(
            label=_("Hoe gaat het?"),
            choices=[*ways, ("hand", _("ik draag het zelf over (telefoon, beveiligde post)"))],
            widget=forms.RadioSelect,
            initial="mail" if mail else "hand",
        )

    def facts(self) -> tuple[UUID, ...]:
        """The facts that were ticked."""
        return tuple(UUID(value) for value in self.cleaned_data.get("facts", ()))


class DangerForm(forms.Form):
    """What was shared at once, with whom and why; nothing here is locked."""

    recipient = forms.ChoiceField(
        label=_("Met wie hebt u gedeeld?"),
        choices=[(recipient.value, _(recipient.label)) for recipient in RECIPIENTS],
        widget=forms.RadioSelect,
    )
    told = forms.CharField(label=_("Wat hebt u verteld?"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    reason = forms.CharField(label=_("Wat was het gevaar?"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, options: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if options:
            self.fields["facts"] = forms.MultipleChoiceField(
                label=_("Welke feiten uit het dossier?"),
                choices=list(options),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def facts(self) -> tuple[UUID, ...]:
        """The facts that were ticked."""
        return tuple(UUID(value) for value in self.cleaned_data.get("facts", ()))


class AccountForm(forms.Form):
    """Accounting for it, the next working day."""

    reason = forms.CharField(
        label=_("Waarom moest het meteen, wat ging er uit, en wat doet u nu?"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReceiptForm(forms.Form):
    """Who confirmed that it arrived."""

    from_whom = forms.CharField(label=_("Wie bevestigde de ontvangst?"), max_length=160)


class FollowUpForm(forms.Form):
    """What came of it later."""

    reason = forms.CharField(
        label=_("Wat is er later gebeurd?"),
        help_text=_("Bijvoorbeeld handhaving, of dat het RIEC een resultaat meldde (alleen status en datum)."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
