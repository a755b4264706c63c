"""What the meldpunt writes down of a call, of somebody at the desk, or of Meld Misdaad Anoniem."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.domain.vocabulary import SourceKind, Truth
from meldroute.route.forms.words import chosen, labels

from ..actions.report import Report
from .parts import KindForm, UrgencyField, WhatForm, WhereForm, WhoForm, organisation_of, place_of
from .triage import MAILING


class DeskForm(WhatForm, KindForm, WhereForm, WhoForm):
    """Somebody spoke to the meldpunt."""

    urgency = UrgencyField()
    source_kind = forms.ChoiceField(label=_("Wie sprak u?"), initial=SourceKind.CITIZEN.value)
    may_call_back = forms.BooleanField(
        label=_("De melder vindt goed dat wij terugbellen"),
        help_text=_("Zonder naam mag ook: dan bewaren wij alleen het nummer."),
        required=False,
    )
    field_order = (
        *("urgency", "what", "truth", "source", "observed_on", "street", "house_number", "addition", "postcode"),
        *("forms_seen", "sector", "minor", "source_kind", "anonymous", "name", "phone", "may_call_back", "mail"),
        *("mail_safe", "how_safe", "organisation", "wants_feedback", "protected", "about_colleague"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "source_kind", labels(MAILING))

    def clean(self) -> dict[str, Any]:
        """An anonymous inhabitant counts as such; to call back there must be a number."""
        told = super().clean() or self.cleaned_data
        if told.get("may_call_back") and not told.get("phone"):
            self.add_error("phone", _("Vul het nummer in waarop wij mogen terugbellen."))
        return told

    def report(self) -> Report:
        """What was filled in; for a valid form."""
        told = dict(self.cleaned_data)
        told.pop("urgency")
        kind = SourceKind(told.pop("source_kind"))
        if kind is SourceKind.CITIZEN and told["anonymous"]:
            kind = SourceKind.CITIZEN_ANONYMOUS
        return Report(
            source_kind=kind,
            truth=Truth(told.pop("truth")),
            forms=told.pop("forms_seen"),
            organisation_id=organisation_of(told),
            place=place_of(told),
            **told,
        )


class AnonymousMessageForm(WhatForm, KindForm, WhereForm):
    """A message of Meld Misdaad Anoniem; no field for a reporter or for its number."""

    urgency = UrgencyField()
    field_order = ("urgency", "what", "truth", "observed_on", "street", "house_number", "addition", "postcode")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["source"]
        self.fields["what"].label = _("Wat staat er in het bericht?")
        self.fields["truth"].label = _("Wat voor waarneming is het?")
        self.fields["truth"].initial = Truth.HEARSAY.value

    def report(self) -> Report:
        """What was filled in; for a valid form."""
        told = dict(self.cleaned_data)
        told.pop("urgency")
        return Report(
            source_kind=SourceKind.MMA,
            truth=Truth(told.pop("truth")),
            forms=told.pop("forms_seen"),
            place=place_of(told),
            wants_feedback=False,
            **told,
        )
