"""The card "Wie bel ik nu" on one sheet (PDF/UA-1 by typst); texts are data and never markup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import typst
from django.utils.dateformat import format as formatted
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .models import CallLine

SHEET = Path(__file__).parent / "call_card.typ"


def pdf(rows: Sequence[CallLine], place: str, today: date) -> bytes:
    """The card of `place` as a tagged PDF; times that depend on the moment are not on it."""
    made = typst.compile(str(SHEET), sys_inputs={"told": json.dumps(_told(rows, place, today))}, pdf_standards=["ua-1"])
    assert isinstance(made, bytes)
    return made


def _told(rows: Sequence[CallLine], place: str, today: date) -> dict[str, Any]:
    looked = min((row.checked_on for row in rows if row.checked_on), default=None)
    whole = looked is not None and all(row.checked_on for row in rows)
    return {
        "language": (get_language() or "nl")[:2],
        "title": _("Wie bel ik nu?"),
        "place": place,
        "danger": _("Nu gevaar? Bel 112."),
        "heads": [_("Wie"), _("Nummer"), _("Wanneer"), _("Waarvoor")],
        "rows": [[row.name, row.number, row.hours or _("tijden niet bekend"), row.what_for] for row in rows],
        "checked": _("Nagekeken op %(day)s") % {"day": _day(looked)} if whole else _("Nog niet helemaal nagekeken"),
        "printed": _("Gemaakt op %(day)s. Gebruik de kaart niet langer dan een maand.") % {"day": _day(today)},
    }


def _day(day: date | None) -> str:
    return formatted(day, "j F Y") if day else ""
