"""Tables of a report: words in every cell, so that a report stays as it was whatever the program becomes.

Reports are Dutch documents, whoever makes them, so their words are not translated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from meldroute.domain.plan.document import Figure, ProofKind
from meldroute.domain.plan.keeping import Mark, Tally
from meldroute.domain.reporting.kinds import BREAKDOWNS, Audience
from meldroute.domain.reporting.printing import SMALLEST, Count, Printed, middle, printed, share
from meldroute.domain.vocabulary import Form
from meldroute.plan.reading import Line

from .counting import EVERY, Counted, whole

HIDDEN = "niet getoond"
WHY_HIDDEN = (
    "Niet getoond: het aantal is kleiner dan 5, of een aantal kleiner dan 5 zou anders af te leiden zijn. "
    "Ook nul tonen wij daarom niet."
)
KEPT = "Deze aantallen zijn zoals eerder gepubliceerd. Het verschil met nu is zo klein dat het iets zou verraden."
BY = {"form": "Vorm", "source": "Bron", "step": "Stap", "outcome": "Uitkomst", "time": "Terugkoppeling"}
CONFIDENTIAL = "Exacte aantallen, alleen voor de staf veiligheid. Niet verder verspreiden."


@dataclass(frozen=True)
class Table:
    """A caption, a head and rows of words."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def json(self) -> dict[str, Any]:
        """For the row in the database."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def _plain(value: Any) -> Any:
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def shown(count: Count, audience: Audience, before: Sequence[Printed]) -> Printed:
    """What this audience gets of a count: everything, or what may be printed beside what went out before."""
    wanted = {*BREAKDOWNS[audience], "time"}
    full = whole(Count(count.of, count.begins, count.ends, count.number, _only(count.parts, wanted)))
    if audience is Audience.STAFF:
        return Printed(full.of, full.begins, full.ends, full.number, full.parts)
    return printed(full, before)


def _only(parts: Mapping[str, Mapping[str, int]], wanted: Iterable[str]) -> dict[str, Mapping[str, int]]:
    return {name: cells for name, cells in parts.items() if name in wanted}


def signal_tables(found: Counted, one: Printed, audience: Audience) -> list[Table]:
    """How many signals came in, how long things took, and the breakdowns of this audience."""
    rows = [("Ontvangen signalen", _told(one.number))]
    for words, days in (("registratie", found.to_registration), ("een uitkomst", found.to_outcome)):
        half = middle(days, one, 1 if audience is Audience.STAFF else SMALLEST)
        rows.append((f"Dagen tot {words}, mediaan", _half(half, audience)))
    note = KEPT if one.kept else WHY_HIDDEN if HIDDEN in (cell for row in rows for cell in row) else ""
    return [Table("Signalen in deze periode", ("Wat", "Aantal"), tuple(rows), note), *breakdowns(one)]


def _half(days: int | None, audience: Audience) -> str:
    if days is None:
        return "geen" if audience is Audience.STAFF else HIDDEN
    return str(days)


def breakdowns(one: Printed) -> list[Table]:
    """The breakdowns that say anything; those of which nothing may be printed are named in one line."""
    return [_breakdown(name, cells) for name, cells in one.parts.items() if _says(cells)]


def _says(cells: Mapping[str, int | None]) -> bool:
    return any(cells.values())


def _breakdown(name: str, cells: Mapping[str, int | None]) -> Table:
    exact = None not in cells.values()
    rows = [(_first(t.label), _told(cells[t.value])) for t in EVERY[name] if not (exact and cells[t.value] == 0)]
    return Table(f"Naar {BY[name].lower()}", (BY[name], "Aantal"), tuple(rows), "" if exact else WHY_HIDDEN)


def silent(one: Printed) -> str:
    """One line about the breakdowns that are not there."""
    gone = [BY[name].lower() for name, cells in one.parts.items() if not _says(cells)]
    if not gone or one.number == 0:
        return ""
    return f"Niet getoond, om dezelfde reden: de aantallen naar {', '.join(gone)}."


def answer_tables(one: Printed) -> list[Table]:
    """How many reporters were owed a word, and how many heard in time."""
    rows = [("Terugkoppelingen die moesten volgen", _told(one.number))]
    part = share(one, "time", "in_time")
    rows.append(("Op tijd gegeven", _share(part, one)))
    note = KEPT if one.kept else WHY_HIDDEN if HIDDEN in (rows[0][1], rows[1][1]) else ""
    return [Table("Terugkoppeling aan melders", ("Wat", "Aantal"), tuple(rows), note), *breakdowns(one)]


def _share(part: int | None, one: Printed) -> str:
    if part is None:
        return "geen" if one.number == 0 else HIDDEN
    return f"{part} %"


def _first(label: str) -> str:
    """A label at the beginning of a row; the rest keeps its capitals ("LOO")."""
    return label[:1].upper() + label[1:]


def _told(number: int | None) -> str:
    return HIDDEN if number is None else str(number)


PILLAR_HEAD = ("Pijler", "Klaar te zijn", "Op tijd", "Te laat gedaan", "Niet gedaan", "Overgeslagen", "Niet vastgelegd")


def pillar_table(kept: Mapping[int, Tally], names: Mapping[int, str]) -> Table:
    """Per pillar what became of what fell due."""
    rows = [
        (names.get(pillar, "Afspraken buiten de acties"), *map(str, _counts(tally)))
        for pillar, tally in sorted(kept.items(), key=lambda pair: (pair[0] == 0, pair[0]))
    ]
    return Table("Afspraken per pijler", PILLAR_HEAD, tuple(rows))


def _counts(tally: Tally) -> tuple[int, ...]:
    due = tally.due + tally.unrecorded
    return due, tally.in_time, tally.done_late, tally.late, tally.skipped, tally.unrecorded


OPEN = (Mark.LATE, Mark.SKIPPED, Mark.UNRECORDED)
OPEN_HEAD = ("Afspraak", "Niet gedaan", "Overgeslagen", "Niet vastgelegd")


def open_table(lines: Iterable[Line], begins: date, ends: date) -> list[Table]:
    """What was not done, and how often; none when all was done."""
    rows = []
    for line in lines:
        marks = Counter(cell.mark for cell in line.cells if begins <= cell.occurrence.due <= ends)
        if any(marks[mark] for mark in OPEN):
            rows.append((line.action.title, *(str(marks[mark]) for mark in OPEN)))
    return [Table("Wat niet is gedaan of vastgelegd", OPEN_HEAD, tuple(rows))] if rows else []


def action_table(lines: Iterable[Line], kept: Mapping[str, Tally]) -> Table:
    """Per action how often it was to be done and how often it was."""
    rows = [
        (
            line.action.title,
            line.action.cadence,
            str(_counts(kept[line.action.code])[0]),
            str(kept[line.action.code].kept),
        )
        for line in lines
    ]
    return Table("Afspraken over de hele periode", ("Afspraak", "Wanneer", "Klaar te zijn", "Gedaan"), tuple(rows))


def agenda_table(lines: Iterable[Line], begins: date, ends: date) -> list[Table]:
    """What should be on an agenda, and whether it was."""
    rows = [
        (line.action.title, cell.occurrence.key, _first(cell.mark.label))
        for line in lines
        if ProofKind.ON_AGENDA in line.action.proof
        for cell in line.cells
        if cell.occurrence.begins <= ends and cell.occurrence.due >= begins
    ]
    return [Table("Op de agenda", ("Onderwerp", "Periode", "Stand"), tuple(rows))] if rows else []


PUBLISHED = "Eerder gepubliceerd in het plan. Streepje: deze partner registreert dit niet; dat is geen 0."


def published_tables(figures: Iterable[Figure]) -> list[Table]:
    """The numbers that the plan itself printed, small ones too, per partner; never added up."""
    found: dict[tuple[str, int], list[Figure]] = {}
    for one in figures:
        found.setdefault((one.partner, one.year), []).append(one)
    return [_published(f"{partner}, {year}", rows) for (partner, year), rows in found.items()]


def _published(caption: str, figures: list[Figure]) -> Table:
    forms = [form for form in Form if any(form in one.numbers for one in figures)]
    rows = tuple((one.area, *(str(one.numbers.get(form, "–")) for form in forms)) for one in figures)
    return Table(caption, ("Gebied", *(form.label for form in forms)), rows, PUBLISHED)
