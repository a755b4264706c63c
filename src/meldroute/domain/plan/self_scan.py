"""The self-scan: where a municipality stands against what a source asks (plan §4, R4.0; `policies/self-scan.toml`).

Every criterion has a source. There is no score: what counts is what shows it, and which gap becomes an action.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..cadence import CadenceError, parse
from ..policy import Standing, rows
from ..term import Term, gettext_noop


class Answer(Term):
    """How it stands with a criterion."""

    MET = "met", gettext_noop("ja")
    PARTLY = "partly", gettext_noop("deels")
    NOT_MET = "not_met", gettext_noop("nee")
    OPEN = "open", gettext_noop("nog niet beantwoord")


GAPS = frozenset({Answer.PARTLY, Answer.NOT_MET})


@dataclass(frozen=True)
class Theme:
    """Criteria that belong together."""

    id: str
    name: str
    standing: Standing


@dataclass(frozen=True)
class Criterion:
    """One thing that a source asks; `suggests` and `cadence` are what a gap begins with as an action."""

    id: str
    theme: str
    text: str
    help: str
    suggests: str
    cadence: str
    standing: Standing


@dataclass(frozen=True)
class Scan:
    """Themes and criteria in the order of the file."""

    themes: tuple[Theme, ...]
    criteria: tuple[Criterion, ...]

    def of(self, theme: str) -> tuple[Criterion, ...]:
        """The criteria of one theme."""
        return tuple(one for one in self.criteria if one.theme == theme)


def parse_self_scan(document: Mapping[str, Any]) -> Scan:
    """The self-scan in a policy document. Raises PolicyError that names row and field."""
    themes = tuple(Theme(row.name, row.text("name"), row.standing()) for row in rows(document, "theme"))
    known = {theme.id for theme in themes}
    found = []
    for row in rows(document, "criterion"):
        if (theme := row.text("theme")) not in known:
            raise row.error("theme", f"{theme!r} is geen van: {', '.join(sorted(known))}")
        cadence = row.text_or_none("cadence")
        try:
            parse(cadence or "jaarlijks")
        except CadenceError as wrong:
            raise row.error("cadence", str(wrong)) from None
        found.append(
            Criterion(
                row.name,
                theme,
                row.text("text"),
                row.text_or_none("help"),
                row.text_or_none("suggests"),
                cadence,
                row.standing(),
            )
        )
    return Scan(themes, tuple(found))


def tally(answers: Mapping[str, Answer], criteria: tuple[Criterion, ...]) -> dict[Answer, int]:
    """How many criteria have each answer; a criterion that nobody answered is open."""
    counts = dict.fromkeys(Answer, 0)
    for one in criteria:
        counts[answers.get(one.id, Answer.OPEN)] += 1
    return counts
