"""An uploaded table, read cell by cell, so that every error stands in its own cell with what to do about it.

The estimator's own reader (`read_csv`) decides in the end and stops at its first error; this one never raises and
finds none exactly when that one accepts the table.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from meldroute.domain.estimation import BadTable, Table, read_csv
from meldroute.domain.estimation.reading import COUNT_COLUMNS, is_count, rows_of
from meldroute.domain.estimation.table import MOST_LISTS, MOST_PEOPLE

TEMPLATE = "Politie,Opvang,Zorg,aantal\r\n1,0,0,0\r\n0,1,0,0\r\n0,0,1,0\r\n1,1,0,0\r\n1,0,1,0\r\n0,1,1,0\r\n1,1,1,0\r\n"
MOST_SHOWN = 400


@dataclass(frozen=True)
class Cell:
    """One field as it was written, and what is wrong with it."""

    text: str
    error: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the file; `error` is about the line as a whole."""

    number: int
    cells: tuple[Cell, ...]
    error: str = ""

    @property
    def wrong(self) -> bool:
        return bool(self.error or any(cell.error for cell in self.cells))


@dataclass(frozen=True)
class Sheet:
    """A table with its errors; `table` is there when there are none."""

    head: tuple[Cell, ...] = ()
    lines: tuple[Line, ...] = ()
    errors: tuple[str, ...] = field(default=())
    table: Table | None = None

    @property
    def mistakes(self) -> int:
        """How many there are."""
        cells = sum(bool(cell.error) for line in (Line(1, self.head), *self.lines) for cell in line.cells)
        return len(self.errors) + cells + sum(bool(line.error) for line in self.lines)

    @property
    def shown(self) -> tuple[Line, ...]:
        """The lines for the screen: all of a small table, of a long one those with an error."""
        if len(self.lines) <= MOST_SHOWN:
            return self.lines
        return tuple(line for line in self.lines if line.wrong)[:MOST_SHOWN]


def decoded(data: bytes) -> str | None:
    """The text of a file: UTF-8, or what older spreadsheets write; None for what is no text."""
    if b"\x00" in data:
        return None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def read_sheet(text: str) -> Sheet:
    """Every error of `text`, or its table."""
    try:
        rows = rows_of(text)
    except BadTable:
        return Sheet(errors=(_("Dit is geen CSV-bestand. Sla het in uw rekenprogramma op als CSV (UTF-8)."),))
    if not rows:
        return Sheet(errors=(_("De tabel is leeg. Download het sjabloon en vul het in."),))
    head, errors = _head(rows[0][1])
    lists = len(head) - 1
    seen: dict[tuple[str, ...], int] = {}
    lines = tuple(_line(number, fields, lists, seen) for number, fields in rows[1:])
    sheet = Sheet(head, lines, errors)
    return sheet if sheet.mistakes else _whole(sheet, text)


def _whole(sheet: Sheet, text: str) -> Sheet:
    try:
        return Sheet(sheet.head, sheet.lines, (), read_csv(text))
    except BadTable as error:
        return Sheet(sheet.head, sheet.lines, (error.message.nl,))


def _head(fields: list[str]) -> tuple[tuple[Cell, ...], tuple[str, ...]]:
    errors: list[str] = []
    places = [i for i, name in enumerate(fields) if name.lower() in COUNT_COLUMNS]
    if not places:
        errors.append(_("De laatste kolom moet «aantal» of «count» heten. Voeg die kolom toe."))
    last = places[0] if places else len(fields) - 1
    lists = fields[:last] if places else fields
    if places and not last:
        errors.append(_("Er zijn geen lijsten. Zet voor de kolom «aantal» een kolom per lijst."))
    if len(lists) > MOST_LISTS:
        told = {"number": len(lists), "most": MOST_LISTS}
        errors.append(_("De tabel heeft %(number)s lijsten; %(most)s is het meeste. Voeg lijsten samen.") % told)
    return tuple(_head_cell(i, name, fields, last if places else None) for i, name in enumerate(fields)), tuple(errors)


def _head_cell(place: int, name: str, fields: list[str], last: int | None) -> Cell:
    if last is not None and place > last:
        return Cell(name, _("Na «aantal» mag geen kolom meer staan. Haal deze kolom weg."))
    if last is not None and place == last:
        return Cell(name)
    if not name:
        return Cell(name, _("Geef deze lijst een naam."))
    if name in fields[:place]:
        return Cell(name, _("Deze naam staat er al. Geef elke lijst een eigen naam."))
    return Cell(name)


def _line(number: int, fields: list[str], lists: int, seen: dict[tuple[str, ...], int]) -> Line:
    if len(fields) != lists + 1:
        told = {"found": len(fields), "wanted": lists + 1}
        error = _("Hier staan %(found)s waarden; het moeten er %(wanted)s zijn.") % told
        return Line(number, tuple(Cell(text) for text in fields), error)
    ticks, count = fields[:-1], fields[-1]
    cells = [Cell(text, "" if text in ("0", "1") else _("Vul 0 of 1 in.")) for text in ticks]
    cells.append(Cell(count, _count_error(count)))
    key = tuple(ticks)
    before = seen.setdefault(key, number)
    if before != number:
        told = {"line": before}
        return Line(number, tuple(cells), _("Deze combinatie staat ook op regel %(line)s. Tel ze samen.") % told)
    if set(ticks) == {"0"} and is_count(count) and int(count):
        return Line(number, tuple(cells), _("Wie op geen lijst staat, is niet gezien. Zet hier 0."))
    return Line(number, tuple(cells))


def _count_error(text: str) -> str:
    if not text:
        return _("Vul een aantal in; 0 mag.")
    if text.startswith("-"):
        return _("Een aantal kan niet negatief zijn.")
    if not is_count(text):
        return _("Vul een heel getal in, zonder punt of komma.")
    return _("Dit aantal is te groot.") if int(text) > MOST_PEOPLE else ""
