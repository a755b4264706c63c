"""The triage forms, filled beforehand from the mail; a person decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.domain.option import Option
from meldroute.domain.vocabulary import SourceKind, Triage, Truth
from meldroute.route.forms.words import chosen, labels

from ..actions.report import Report, Said
from .parts import KindForm, UrgencyField, WhatForm, WhereForm, WhoForm, hows, organisation_of, place_of

MAILING = tuple(kind for kind in SourceKind if kind is not SourceKind.MMA)


class RegisterForm(WhatForm, KindForm, WhereForm, WhoForm):
    """A mail becomes a signal."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    urgency = UrgencyField()
    source_kind = forms.ChoiceField(label=_("Wie meldt dit?"))
    more_what = forms.CharField(
        label=_("Nog iets, dat op een andere manier bekend is"),
        help_text=_("Houd feit, indruk en van horen zeggen uit elkaar."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    more_truth = forms.ChoiceField(label=_("Hoe weet de melder dat?"), widget=forms.RadioSelect, required=False)
    more_source = forms.CharField(label=_("Bron daarvan"), max_length=120, required=False)
    practice = forms.BooleanField(
        label=_("Dit is een oefening"),
        help_text=_("Een oefensignaal telt nergens mee en verlaat de gemeente niet."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "source_kind", labels(MAILING, empty=True))
        chosen(self, "more_truth", hows())
        self.fields["mail_safe"].help_text = _(
            "Een partner of collega krijgt dan meteen een ontvangstbevestiging per mail. Leest er iemand mee? "
            "Twijfelt u, vink dit dan niet aan en bel."
        )

    def clean(self) -> dict[str, Any]:
        """A second observation says how it is known."""
        told = super().clean() or self.cleaned_data
        if told.get("more_what") and not told.get("more_truth"):
            self.add_error("more_truth", _("Kies hoe de melder dit weet."))
        return told

    def groups(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """Headings with their fields, and whether they stand open."""
        names: list[tuple[Any, str, bool]] = [
            (_("Wat is er gemeld?"), "what truth source observed_on", True),
            (_("Nog een waarneming"), "more_what more_truth more_source", False),
            (_("Waar?"), "street house_number addition postcode", True),
            (_("Waar gaat het over?"), "forms_seen sector minor about_colleague", True),
            (_("Wie meldt het, en hoe is die veilig te bereiken?"), "source_kind organisation name mail phone", True),
            (_("Veilig antwoorden"), "mail_safe how_safe wants_feedback anonymous protected", True),
        ]
        return [(title, self._of(fields), shown or self._wrong(fields)) for title, fields, shown in names]

    def _of(self, names: str) -> list[forms.BoundField]:
        return [self[name] for name in names.split()]

    def _wrong(self, names: str) -> bool:
        return any(name in self.errors or (self.is_bound and self[name].value()) for name in names.split())

    def report(self) -> Report:
        """What was filled in; for a valid form."""
        told = dict(self.cleaned_data)
        for name in ("version", "urgency"):
            told.pop(name)
        more = Said(
            what=told.pop("more_what"),
            truth=Truth(told.pop("more_truth") or Truth.HEARSAY),
            source=told.pop("more_source"),
        )
        return Report(
            source_kind=SourceKind(told.pop("source_kind")),
            truth=Truth(told.pop("truth")),
            forms=told.pop("forms_seen"),
            organisation_id=organisation_of(told),
            place=place_of(told),
            more=[more] if more.what else [],
            **told,
        )


class AddForm(WhatForm):
    """A mail that belongs to a signal."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reference = forms.CharField(
        label=_("Nummer van het signaal"), help_text=_("Bijvoorbeeld HS-2026-0001."), max_length=16
    )
    field_order = ("reference", "what", "truth", "source", "version")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["observed_on"]
        self.fields["what"].label = _("Wat is er nieuw?")


class AsideForm(forms.Form):
    """A mail that is no trafficking signal."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    what = forms.ChoiceField(label=_("Wat is het?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Waarom?"), help_text=_("In één zin, zonder namen."), widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints = {
            Triage.OTHER_SIGNAL: _("Bijvoorbeeld een drugspand. De mail blijft in de postbus voor wie daarover gaat."),
            Triage.NO_SIGNAL: _("Bijvoorbeeld reclame, of een vraag aan een andere afdeling."),
        }
        chosen(self, "what", [(one.value, Option(str(_(one.label)), hint=str(hint))) for one, hint in hints.items()])
