"""The lines of the call card that are shipped as a proposal (`policies/call-card.toml`), and how often one looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import opening_hours
from .policy import Row, Standing, rows


@dataclass(frozen=True)
class Line:
    """Whom one can call; without `number` or `hours` it is for the municipality to fill in.

    `own`: the number is the one that the municipality gave its own meldpunt.
    """

    id: str
    name: str
    number: str
    hours: str
    what_for: str
    own: bool
    standing: Standing


def parse_lines(document: Mapping[str, Any]) -> tuple[Line, ...]:
    """The lines in the order of the card. Raises PolicyError that names row and field."""
    return tuple(_line(row) for row in rows(document, "line"))


def parse_days(document: Mapping[str, Any]) -> int:
    """After how many days a line has to be looked at again. Raises PolicyError."""
    (row,) = rows(document, "check")
    row.standing()
    return row.number("days")


def _line(row: Row) -> Line:
    hours = row.text_or_none("hours")
    try:
        opening_hours.parse(hours)
    except opening_hours.HoursError as wrong:
        raise row.error("hours", str(wrong)) from None
    return Line(
        id=row.name,
        name=row.text("name"),
        number=row.text_or_none("number"),
        hours=hours,
        what_for=row.text("what_for"),
        own=row.flag("own"),
        standing=row.standing(),
    )
