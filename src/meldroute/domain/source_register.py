"""The register of sources: what may be asked where, on which ground (`policies/sources.toml`; plan §3.3.3 step 3).

Bibob is no source: no Bibob fact, advice or even its existence appears in a signal (Wet Bibob art. 28).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .policy import Row, Standing, rows
from .term import gettext_noop
from .verdict import Verdict, no, yes
from .vocabulary import Category, Purpose


@dataclass(frozen=True)
class Source:
    """One source. `steps` are steps of the plan; `open` says whether the municipality opened it at all."""

    id: str
    label: str
    owner: str
    ground_6: str
    ground_9: str
    ground_10: str
    secrecy: str
    controller: str
    purpose: Purpose
    steps: tuple[int, ...]
    categories: tuple[Category, ...]
    hit_no_hit: bool
    open: bool
    conditions: str
    review_on: date
    standing: Standing


def may_ask(source: Source, purpose: Purpose | None, step: int) -> Verdict:
    """May this source be asked at this step for this purpose at all? Check 1 comes on top (`route.may`)."""
    code = f"source.{source.id}"
    if not source.open:
        reason = gettext_noop("Deze bron is dicht. De gemeente heeft haar niet opengesteld voor signalen.")
        return no(reason, source.ground_6, code)
    if purpose is not source.purpose:
        return no(gettext_noop("Voor dit doel mag deze bron niet worden gevraagd."), source.ground_6, code)
    if step not in source.steps:
        return no(gettext_noop("Bij deze stap mag deze bron niet worden gevraagd."), source.ground_6, code)
    return yes(source.conditions, source.ground_6, code)


def parse_sources(document: Mapping[str, Any]) -> tuple[Source, ...]:
    """The register from `sources.toml`. Raises PolicyError that names row and field."""
    return tuple(_source(row) for row in rows(document, "source_row"))


def _source(row: Row) -> Source:
    if "bibob" in f"{row.name} {row.text('label')}".lower():
        raise row.error("id", "Bibob is geen bron voor een signaal (Wet Bibob art. 28)")
    return Source(
        id=row.name,
        label=row.text("label"),
        owner=row.text("owner"),
        ground_6=row.text("ground_6"),
        ground_9=row.text("ground_9"),
        ground_10=row.text("ground_10"),
        secrecy=row.text("secrecy"),
        controller=row.text("controller"),
        purpose=row.term("purpose", Purpose),
        steps=row.numbers("steps"),
        categories=row.term_list("categories", Category),
        hit_no_hit=row.flag("hit_no_hit"),
        open=row.flag("open"),
        conditions=row.text("conditions"),
        review_on=row.day("review_on"),
        standing=row.standing(),
    )
