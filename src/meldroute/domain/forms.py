"""Forms of exploitation and their indicators, as data (`policies/forms.toml`, `policies/indicators.toml`).

Indicators describe situations and behaviour, never origin or nationality, and nothing counts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .policy import Standing, rows
from .term import Term, gettext_noop
from .vocabulary import Form


class Setting(Term):
    """Where an indicator is seen."""

    HOME = "home", gettext_noop("woning of verblijf")
    WORK = "work", gettext_noop("werk of bedrijf")
    MONEY = "money", gettext_noop("geld en papieren")
    CONTACT = "contact", gettext_noop("contact en gedrag")
    ONLINE = "online", gettext_noop("online")
    SCHOOL = "school", gettext_noop("school en vrije tijd")


@dataclass(frozen=True)
class ExploitationForm:
    """A form with its definition; `focus` marks the three of the plan (§2.2)."""

    form: Form
    label: str
    definition: str
    focus: bool
    valid_from: date
    standing: Standing


@dataclass(frozen=True)
class Indicator:
    """A situation or behaviour that fits one or more forms, and also fits other problems."""

    id: str
    text: str
    forms: tuple[Form, ...]
    setting: Setting
    standing: Standing


def parse_exploitation_forms(document: Mapping[str, Any]) -> tuple[ExploitationForm, ...]:
    """The forms from `forms.toml`. Raises PolicyError that names row and field."""
    return tuple(
        ExploitationForm(
            row.term("form", Form),
            row.text("label"),
            row.text("definition"),
            row.flag("focus"),
            row.day("valid_from"),
            row.standing(),
        )
        for row in rows(document, "form")
    )


def parse_indicators(document: Mapping[str, Any]) -> tuple[Indicator, ...]:
    """The indicators from `indicators.toml`. Raises PolicyError that names row and field."""
    return tuple(
        Indicator(
            row.name,
            row.text("text"),
            row.term_list("forms", Form),
            row.term("setting", Setting),
            row.standing(),
        )
        for row in rows(document, "indicator")
    )
