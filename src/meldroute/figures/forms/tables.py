"""A table from a file or as text, a table typed in a grid, and what its lists count."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldroute.domain.estimation import BadTable, Table
from meldroute.domain.estimation.table import MOST_PEOPLE

from ..actions.tables import Definition, Wanted
from ..models import Overlap
from ..sheet import Sheet, decoded, read_sheet

MOST_BYTES = 2_000_000
MOST_TYPED = 6
NAME = 60


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"})


class About(forms.Form):
    """What a table is about; the period is required."""

    title = forms.CharField(label=_("Naam van de tabel"), max_length=120)
    starts_on = forms.DateField(label=_("Periode: van"), widget=_day())
    ends_on = forms.DateField(label=_("Periode: tot en met"), widget=_day())
    linked_by_chance = forms.IntegerField(
        label=_("Hoeveel procent van de koppelingen is op kans gelegd?"),
        help_text=_("Alleen als personen zijn gekoppeld met een kansberekening. Anders leeg laten."),
        required=False,
        min_value=0,
        max_value=100,
    )

    def clean(self) -> dict[str, Any]:
        """The period runs forward."""
        told = super().clean() or {}
        starts, ends = told.get("starts_on"), told.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("De periode eindigt voor zij begint. Verbeter een van de twee dagen."))
        return told

    def wanted(self, table: Table, digest: str) -> Wanted:
        """For a valid form."""
        told = self.cleaned_data
        return Wanted(told["title"], told["starts_on"], told["ends_on"], table, digest, told["linked_by_chance"])


class UploadForm(About):
    """A table as file or as text. A file is read into `text`, so that it can be mended on the page."""

    file = forms.FileField(label=_("Bestand (CSV)"), required=False, widget=forms.FileInput(attrs={"accept": ".csv"}))
    text = forms.CharField(
        label=_("Of de tabel als tekst"),
        help_text=_("Een kolom per lijst met 0 of 1, de laatste kolom heet «aantal». Eén regel per combinatie."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        self.unreadable = ""
        self.sheet: Sheet | None = None
        super().__init__(self._with_file(data, files), files, **kwargs)

    def _with_file(self, data: Any, files: Any) -> Any:
        file = files.get("file") if files else None
        if data is None or file is None:
            return data
        if file.size > MOST_BYTES:
            self.unreadable = gettext("Het bestand is groter dan 2 MB. Dat is geen tabel van overlap.")
            return data
        text = decoded(file.read())
        if text is None:
            self.unreadable = gettext("Dit is geen tekstbestand. Sla het in uw rekenprogramma op als CSV.")
            return data
        changed = data.copy()
        changed["text"] = text
        return changed

    def clean(self) -> dict[str, Any]:
        """Read the table; its errors stand in `sheet`, cell by cell."""
        told = super().clean()
        if self.unreadable:
            self.add_error("file", self.unreadable)
            return told
        if not told.get("text", "").strip():
            self.add_error("file", _("Kies een bestand, of plak de tabel als tekst."))
            return told
        self.sheet = read_sheet(told["text"])
        if self.sheet.table is None:
            self.add_error("text", _("De tabel klopt nog niet. Hieronder staat per vak wat u kunt doen."))
        return told

    def result(self) -> Wanted:
        """For a valid form."""
        assert self.sheet is not None
        assert self.sheet.table is not None
        digest = hashlib.sha256(self.cleaned_data["text"].encode()).hexdigest()
        return self.wanted(self.sheet.table, digest)


class NamesForm(forms.Form):
    """The lists of a table that will be typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(MOST_TYPED):
            label = _("Lijst %(number)s") % {"number": place + 1}
            self.fields[f"list{place}"] = forms.CharField(label=label, max_length=NAME, required=place < 2)

    def clean(self) -> dict[str, Any]:
        """Every name once."""
        told = super().clean() or {}
        names = self.names()
        for place, name in enumerate(names):
            if name in names[:place]:
                self.add_error(None, _("De naam «%(name)s» staat er twee keer.") % {"name": name})
        return told

    def names(self) -> list[str]:
        """The names that were filled in."""
        found = (self.cleaned_data.get(f"list{place}", "").strip() for place in range(MOST_TYPED))
        return [name for name in found if name]


class GridForm(About):
    """A count for every combination of the named lists; empty is 0."""

    def __init__(self, *args: Any, lists: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lists = tuple(lists)
        for history in self.histories():
            self.fields[f"n{history}"] = forms.IntegerField(
                label=self.label(history), required=False, min_value=0, max_value=MOST_PEOPLE
            )

    def histories(self) -> list[int]:
        """Every combination: on one list first, then on two, and so on."""
        return sorted(range(1, 1 << len(self.lists)), key=lambda h: (h.bit_count(), h))

    def label(self, history: int) -> str:
        """The names of its lists."""
        return " + ".join(name for i, name in enumerate(self.lists) if history >> i & 1)

    def rows(self) -> Iterator[tuple[list[bool], forms.BoundField]]:
        """Per combination which lists, and the field of its count."""
        for history in self.histories():
            yield [bool(history >> i & 1) for i in range(len(self.lists))], self[f"n{history}"]

    def about(self) -> list[forms.BoundField]:
        """The fields that are not counts."""
        return [self[name] for name in About.base_fields]

    def clean(self) -> dict[str, Any]:
        """The table must be one the estimator takes."""
        told = super().clean()
        if not self.errors:
            try:
                self.table()
            except BadTable as error:
                self.add_error(None, error.message.nl)
        return told

    def table(self) -> Table:
        """For a form whose counts are valid. Raises BadTable."""
        counts = {h: self.cleaned_data.get(f"n{h}") or 0 for h in self.histories()}
        return Table.of(self.lists, counts)

    def result(self) -> Wanted:
        """For a valid form; the digest is that of the content."""
        table = self.table()
        return self.wanted(table, table.sha256)


class DefinitionsForm(forms.Form):
    """What every list counts, and whether that comes down to the common definition."""

    common = forms.CharField(
        label=_("Gezamenlijke definitie"),
        help_text=_("Wie telt mee, in één zin. Bijvoorbeeld: vermoedelijk slachtoffer volgens art. 273f Sr."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, row: Overlap) -> None:
        super().__init__(data, initial=_initial(row))
        self.lists: list[str] = row.lists
        for place, name in enumerate(self.lists):
            told = {"name": name}
            self.fields[f"text{place}"] = forms.CharField(
                label=_("%(name)s: wie staat op deze lijst?") % told,
                max_length=400,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"fits{place}"] = forms.BooleanField(
                label=_("%(name)s telt volgens de gezamenlijke definitie") % told, required=False
            )

    def definitions(self) -> Mapping[str, Definition]:
        """For a valid form."""
        told = self.cleaned_data
        return {name: Definition(told[f"text{i}"], told[f"fits{i}"]) for i, name in enumerate(self.lists)}


def _initial(row: Overlap) -> dict[str, Any]:
    found: dict[str, Any] = {"common": row.common}
    for place, name in enumerate(row.lists):
        told = row.definitions.get(name, {})
        found |= {f"text{place}": told.get("text", ""), f"fits{place}": told.get("fits", False)}
    return found
