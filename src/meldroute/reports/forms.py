"""Making, writing and adopting a report."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.domain.cadence import Unit
from meldroute.domain.reporting.kinds import PERIOD, SECTIONS, Kind
from meldroute.route.forms.words import chosen, labels

from .models import Report

YEARS_BACK = 4


class MakeForm(forms.Form):
    """Which report, about which period."""

    kind = forms.ChoiceField(label=_("Welk rapport?"), widget=forms.RadioSelect)
    year = forms.ChoiceField(
        label=_("Over welk jaar?"), help_text=_("De evaluatie en het concept gaan over het hele plan.")
    )
    half = forms.ChoiceField(
        label=_("Welk half jaar?"),
        help_text=_("Alleen voor de staf veiligheid en de Driehoek."),
        choices=[("1", _("januari tot en met juni")), ("2", _("juli tot en met december"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "kind", labels(Kind))
        chosen(self, "year", [(str(year), str(year)) for year in range(today.year, today.year - YEARS_BACK, -1)])

    def wanted(self) -> tuple[Kind, date | None]:
        """The kind and a day in its period (None: the whole plan); for a valid form."""
        told = self.cleaned_data
        kind = Kind(told["kind"])
        if PERIOD[kind] is None:
            return kind, None
        second = PERIOD[kind] is Unit.HALF and told["half"] == "2"
        return kind, date(int(told["year"]), 7 if second else 1, 1)


class WriteForm(forms.Form):
    """The texts, one field per section; an empty line begins a new paragraph."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = SECTIONS[Kind(report.kind)]
        self.initial.setdefault("edition", report.edition)
        for section in self.sections:
            self.fields[section.value] = forms.CharField(
                label=_(section.label),
                required=False,
                max_length=20_000,
                initial=report.texts.get(section.value, ""),
                widget=forms.Textarea(attrs={"rows": 6, "lang": "nl"}),
            )

    def texts(self) -> dict[str, str]:
        """Section → text; for a valid form."""
        return {section.value: self.cleaned_data[section.value] for section in self.sections}


class AdoptForm(forms.Form):
    """Who decided so."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.CharField(
        label=_("Wie heeft dit wanneer vastgesteld?"),
        max_length=400,
        help_text=_("Bijvoorbeeld: Collegebesluit van 2 februari 2027."),
    )
