"""Which part of the plan is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ..reading import Line


class GridFilter(forms.Form):
    """Pillar, owner, municipality, and the year whose promises are counted."""

    pijler = forms.TypedChoiceField(label=_("Pijler"), choices=(), required=False, coerce=int, empty_value=None)
    eigenaar = forms.ChoiceField(label=_("Eigenaar"), choices=(), required=False)
    gemeente = forms.ChoiceField(label=_("Gemeente"), choices=(), required=False)
    jaar = forms.TypedChoiceField(label=_("Periode"), choices=(), required=False, coerce=int, empty_value=None)

    def __init__(
        self,
        data: Any,
        *,
        pillars: Iterable[tuple[int, str]],
        people: Iterable[tuple[UUID, str]],
        places: Iterable[str],
        years: Iterable[int],
    ) -> None:
        super().__init__(data)
        self._offer("pijler", _("alle"), pillars)
        self._offer("eigenaar", _("iedereen"), [("ik", _("ik")), *people])
        self._offer("gemeente", _("alle"), ((name, name) for name in places))
        self._offer("jaar", _("hele plan"), ((year, str(year)) for year in years))

    def _offer(self, name: str, every: object, choices: Iterable[tuple[object, object]]) -> None:
        self.fields[name].choices = [("", every), *((str(key), label) for key, label in choices)]  # type: ignore[attr-defined]

    def kept(self, found: Iterable[Line], me: UUID) -> list[Line]:
        """The lines that fit; a filter that was not understood is left out."""
        self.is_valid()
        told = self.cleaned_data
        owner = me if told.get("eigenaar") == "ik" else UUID(told["eigenaar"]) if told.get("eigenaar") else None
        return [
            line
            for line in found
            if told.get("pijler") in (None, line.action.pillar)
            and (owner is None or owner in (line.action.owner, line.action.stand_in))
            and (not told.get("gemeente") or told["gemeente"] in line.action.shared)
        ]

    def period(self, begins: date, ends: date) -> tuple[date, date]:
        """The year asked within the plan, or the whole plan; after `kept`."""
        year = self.cleaned_data.get("jaar")
        if year is None:
            return begins, ends
        return max(begins, date(year, 1, 1)), min(ends, date(year, 12, 31))
