"""What was printed of a count as JSON in a report, and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from meldroute.domain.reporting.kinds import Audience
from meldroute.domain.reporting.printing import Printed

from .models import Report, ReportState

EXACT = (Audience.STAFF,)


def kept(prints: Sequence[Printed]) -> list[dict[str, Any]]:
    """JSON of prints; hidden numbers are null."""
    return [
        {
            "of": one.of,
            "begins": one.begins.isoformat(),
            "ends": one.ends.isoformat(),
            "number": one.number,
            "parts": {name: dict(cells) for name, cells in one.parts.items()},
            "small": sorted([list(pair) for pair in one.small]),
        }
        for one in prints
    ]


def opened(rows: Sequence[dict[str, Any]]) -> list[Printed]:
    """What `kept` put away."""
    return [
        Printed(
            of=row["of"],
            begins=date.fromisoformat(row["begins"]),
            ends=date.fromisoformat(row["ends"]),
            number=row["number"],
            parts=row["parts"],
            small=frozenset((name, cell) for name, cell in row["small"]),
        )
        for row in rows
    ]


def went_out() -> list[Printed]:
    """Everything protected that was adopted in the entered municipality, from old to new."""
    rows = Report.objects.filter(state=ReportState.ADOPTED).exclude(audience__in=EXACT).order_by("adopted_at", "id")
    return [one for printed in rows.values_list("printed", flat=True) for one in opened(printed)]
