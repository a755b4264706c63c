"""A report as one document: what the page, the PDF and the ODT all show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import override

from meldroute.domain.reporting.kinds import SECTIONS, Audience, Kind
from meldroute.people.models import Municipality

from .models import Report, ReportState

CONFIDENTIAL = "Vertrouwelijk"
PRACTICE = "Oefenomgeving: alle gegevens zijn verzonnen."


@dataclass(frozen=True)
class Grid:
    """A table."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


@dataclass(frozen=True)
class Part:
    """A section: its code for a link, paragraphs, tables and notes below them."""

    code: str
    heading: str
    paragraphs: tuple[str, ...]
    grids: tuple[Grid, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """The whole; `lines` stand under the title, `footer` on every page."""

    title: str
    lines: tuple[str, ...]
    footer: str
    parts: tuple[Part, ...] = field(default=())


def document(report: Report) -> Document:
    """The document of a report, in Dutch."""
    with override("nl"):
        place = Municipality.objects.get(id=report.municipality_id).name
        return Document(report.title, _lines(report, place), _footer(report), _parts(report))


def _lines(report: Report, place: str) -> tuple[str, ...]:
    period = f"{date_format(report.begins, 'j F Y')} tot en met {date_format(report.ends, 'j F Y')}"
    counted = f"Geteld op {date_format(localtime(report.counted_at), 'j F Y')}"
    lines = (
        f"Gemeente {place}",
        f"Periode: {period}",
        f"Voor: {Audience(report.audience).label}",
        counted,
        standing(report),
    )
    return (*lines, PRACTICE) if report.practice else lines


def standing(report: Report) -> str:
    """ "Versie 2, vastgesteld op 3 februari 2027: Collegebesluit van …"."""
    if report.state == ReportState.ADOPTED and report.adopted_at:
        on = date_format(localtime(report.adopted_at), "j F Y")
        return f"Versie {report.version}, vastgesteld op {on}: {report.decision}"
    return f"Versie {report.version}, concept"


def _footer(report: Report) -> str:
    parts = [CONFIDENTIAL] if report.audience == Audience.STAFF else []
    parts += ["Oefening"] if report.practice else []
    return " · ".join([*parts, f"{report.title}, versie {report.version}"])


def _parts(report: Report) -> tuple[Part, ...]:
    shown, notes = report.numbers["tables"], report.numbers["notes"]
    return tuple(
        Part(
            code=section.value,
            heading=section.label,
            paragraphs=paragraphs(report.texts.get(section, "")),
            grids=tuple(_grid(row) for row in shown.get(section, ())),
            notes=tuple(notes.get(section, ())),
        )
        for section in SECTIONS[Kind(report.kind)]
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """What stands between empty lines."""
    return tuple(" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())


def _grid(row: dict[str, Any]) -> Grid:
    return Grid(row["caption"], tuple(row["head"]), tuple(tuple(cells) for cells in row["rows"]), row["note"])
