"""Who may get which data, for what, at which step: the sharing matrix and its one question.

The matrix is policy (`policies/sharing.toml`, domain rules §5). An empty cell is a refusal. Some rules no
matrix can open: messages of Meld Misdaad Anoniem, Bibob, and police data that was only heard.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from .policy import PolicyError, Row, Standing, rows
from .term import Term, gettext_noop
from .verdict import Verdict
from .vocabulary import Category, Check, Purpose, Recipient, Role

NONE = "geen"
STEPS = range(1, 7)


class Kind(Term):
    """What a cell of the matrix says."""

    ALLOWED = "allowed", gettext_noop("mag")
    AFTER_CHECK = "after_check", gettext_noop("mag na de toets")
    PSEUDONYMISED = "pseudonymised", gettext_noop("mag zonder naam (persoon A)")
    RELEASE = "only_with_release_from_secrecy", gettext_noop("mag alleen na ontheffing van de geheimhouding")
    NO = "no", gettext_noop("mag niet")


class Controller(Term):
    """Who is responsible for the processing (AVG art. 4)."""

    COLLEGE = "college", gettext_noop("college van burgemeester en wethouders")
    MAYOR = "mayor", gettext_noop("burgemeester")


Cell = tuple[Recipient, Category, Purpose, int]


@dataclass(frozen=True)
class SharingRow:
    """One row: a recipient, categories, a purpose and steps of the plan, with all its grounds.

    `ground_6` is the letter of AVG art. 6 with the task or power in law; `ground_9` and `ground_10` are the
    exception or ground in the UAVG, or "geen"; `version` goes up with every change.
    """

    id: str
    version: int
    recipient: Recipient
    categories: tuple[Category, ...]
    purpose: Purpose
    steps: tuple[int, ...]
    kind: Kind
    checks: tuple[Check, ...]
    ground_6: str
    ground_9: str
    ground_10: str
    secrecy: str
    controller: Controller
    review_on: date
    explanation: str
    standing: Standing

    def cells(self) -> Iterator[Cell]:
        """Every cell of the matrix that this row fills."""
        for category in self.categories:
            for step in self.steps:
                yield self.recipient, category, self.purpose, step


@dataclass(frozen=True)
class Matrix:
    """All rows, looked up by cell."""

    version: str
    rows: tuple[SharingRow, ...]
    cells: Mapping[Cell, SharingRow]


@dataclass(frozen=True)
class Provision:
    """Police data that was really provided: ground (Wpg art. 16 to 20), date, provider and purpose."""

    ground: str
    on: date
    provider: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question to the matrix. `checks` are the privacy checks that allowed this recipient this round.

    `released_from_secrecy` is the recorded release by the person (see `who_releases`), never consent to
    the sharing itself. `bibob` marks anything that comes from a Bibob file.
    """

    recipient: Recipient
    category: Category
    purpose: Purpose | None
    step: int
    checks: frozenset[Check] = frozenset()
    pseudonymised: bool = False
    released_from_secrecy: bool = False
    provision: Provision | None = None
    bibob: bool = False


@dataclass(frozen=True)
class SharingVerdict(Verdict):
    """A verdict with the kind of the cell, and the row and its version, to be stored with a disclosure."""

    kind: Kind | None = None
    row: str = ""
    version: int = 0
    matrix: str = ""


def evaluate(matrix: Matrix, ask: Ask) -> SharingVerdict:
    """May this be shared? Nothing else in the product answers this question."""
    for rule in _RULES:
        reason, ground = rule(ask)
        if reason:
            return SharingVerdict(False, reason, ground, f"sharing.{rule.__name__.strip('_')}", _HELPERS)
    row = _find(matrix, ask)
    if row is None:
        return SharingVerdict(False, EMPTY, "eigen werkregel", "sharing.empty_cell", _HELPERS)
    verdict = _by_row(row, ask)
    return replace(verdict, matrix=matrix.version)


_HELPERS = (Role.PRIVACY_OFFICER, Role.PROCESS_OWNER)
EMPTY = gettext_noop("Hierover is niets afgesproken. Dan mag het niet. Vraag de privacyadviseur.")


def _find(matrix: Matrix, ask: Ask) -> SharingRow | None:
    if ask.purpose is None:
        return None
    return matrix.cells.get((ask.recipient, ask.category, ask.purpose, ask.step))


def _by_row(row: SharingRow, ask: Ask) -> SharingVerdict:
    refusal = _condition(row, ask)
    return SharingVerdict(
        not refusal,
        refusal or row.explanation,
        row.ground_6,
        f"sharing.{row.kind.value}",
        _HELPERS if refusal else (),
        row.kind,
        row.id,
        row.version,
    )


def _condition(row: SharingRow, ask: Ask) -> str:
    """Why this row does not allow it (yet); "" when it does. Checks come before the kind's own condition."""
    if row.kind is Kind.NO:
        return row.explanation
    if not set(row.checks) <= ask.checks:
        return gettext_noop("Dit mag pas na de privacytoets voor deze ontvanger.")
    if row.kind is Kind.PSEUDONYMISED and not ask.pseudonymised:
        return gettext_noop("Dit mag alleen zonder naam of kenmerk: schrijf bijvoorbeeld 'persoon A'.")
    if row.kind is Kind.RELEASE and not ask.released_from_secrecy:
        return gettext_noop("Dit valt onder geheimhouding. Vraag de betrokkene eerst om ontheffing.")
    return ""


Reason = tuple[str, str]
_FREE: Reason = ("", "")


def _purpose(ask: Ask) -> Reason:
    if ask.purpose is None:
        return gettext_noop("Zonder doel mag niets worden gedeeld. Kies waarvoor het is."), "AVG art. 5 lid 1 onder b"
    return _FREE


def _bibob(ask: Ask) -> Reason:
    if ask.bibob:
        reason = gettext_noop("Niets uit een Bibob-dossier mag in een signaal, ook niet dat het bestaat.")
        return reason, "Wet Bibob art. 28"
    return _FREE


def _mma(ask: Ask) -> Reason:
    if ask.category is Category.MMA:
        reason = gettext_noop("Een bericht van Meld Misdaad Anoniem is startinformatie. Citeer of noem het nergens.")
        return reason, "eigen werkregel (Meld Misdaad Anoniem)"
    return _FREE


def _police_data(ask: Ask) -> Reason:
    if ask.category is Category.POLICE_DATA and not _is_whole(ask.provision):
        reason = gettext_noop("Gehoord is niet verstrekt. Leg vast wie het gaf, wanneer, waarvoor en op welke grond.")
        return reason, "Wpg art. 16 tot en met 20"
    return _FREE


_PROVIDED = re.compile(r"\bWpg art\. (16|17|18|19|20)\b")


def _is_whole(provision: Provision | None) -> bool:
    if provision is None or not _PROVIDED.search(provision.ground):
        return False
    return bool(provision.provider.strip() and provision.purpose.strip())


def _minor(ask: Ask) -> Reason:
    if ask.category is not Category.MINOR or ask.purpose in _FOR_MINORS:
        return _FREE
    ground = "eigen werkregel; AVG overweging 38"
    if ask.purpose not in _ABOUT_MINORS:
        return gettext_noop("Gegevens van een minderjarige gaan alleen naar wie beschermt of bevoegd is."), ground
    reason = gettext_noop("Bespreek een minderjarige alleen zonder naam of kenmerk: schrijf bijvoorbeeld 'persoon A'.")
    return _FREE if ask.pseudonymised else (reason, ground)


_FOR_MINORS = frozenset({Purpose.PROTECT, Purpose.HAND_OVER})
_ABOUT_MINORS = frozenset({Purpose.DISCUSS, Purpose.ENRICH})
_RULES: tuple[Callable[[Ask], Reason], ...] = (_purpose, _bibob, _mma, _police_data, _minor)


class Releaser(Term):
    """Who can release from professional secrecy; never asked with a companion or employer present."""

    PERSON = "person", gettext_noop("de persoon zelf")
    PARENT = "parent", gettext_noop("ouder of voogd")
    GUARDIAN = "guardian", gettext_noop("voogd of Nidos")
    PROTECTORS_FIRST = "protectors_first", gettext_noop("eerst Veilig Thuis of politie, niet de ouders")


def who_releases(*, age: int, unaccompanied: bool, parents_may_be_involved: bool) -> Releaser:
    """Who is asked: from 16 the person; below that parent or guardian, but never involved parents."""
    if age >= 16:
        return Releaser.PERSON
    if unaccompanied:
        return Releaser.GUARDIAN
    return Releaser.PROTECTORS_FIRST if parents_may_be_involved else Releaser.PARENT


def parse_matrix(document: Mapping[str, Any]) -> Matrix:
    """The matrix from `sharing.toml`. Raises PolicyError that names row and field."""
    version = document.get("version")
    if not isinstance(version, str) or not version:
        raise PolicyError("de matrix heeft geen version")
    parsed = tuple(_row(row) for row in rows(document, "row"))
    return Matrix(version, parsed, MappingProxyType(_cells(parsed)))


def _cells(parsed: tuple[SharingRow, ...]) -> dict[Cell, SharingRow]:
    cells: dict[Cell, SharingRow] = {}
    for row in parsed:
        for cell in row.cells():
            other = cells.setdefault(cell, row)
            if other is not row:
                raise PolicyError(f"regel {row.id}, veld categories: regel {other.id} vult {cell} al")
    return cells


def _row(row: Row) -> SharingRow:
    parsed = SharingRow(
        id=row.name,
        version=row.number("version"),
        recipient=row.term("recipient", Recipient),
        categories=row.term_list("categories", Category),
        purpose=row.term("purpose", Purpose),
        steps=row.numbers("steps"),
        kind=row.term("answer", Kind),
        checks=row.term_list("checks", Check),
        ground_6=row.text("ground_6"),
        ground_9=row.text("ground_9"),
        ground_10=row.text("ground_10"),
        secrecy=row.text("secrecy"),
        controller=row.term("controller", Controller),
        review_on=row.day("review_on"),
        explanation=row.text("explanation"),
        standing=row.standing(),
    )
    for field, problem in _problems(parsed):
        raise row.error(field, problem)
    return parsed


_LETTER = re.compile(r"^AVG art\. 6 lid 1 onder [cde]\b")
_LAW = re.compile(r"\bart\. \d")
_CRIMINAL = frozenset({Category.POSSIBLE_OFFENDER, Category.CRIMINAL_LAW})


def _problems(row: SharingRow) -> Iterator[tuple[str, str]]:
    """What the law asks of a row that opens something; an answer "no" needs no ground."""
    if not row.categories:
        yield "categories", "is leeg"
    if not set(row.steps) <= set(STEPS):
        yield "steps", "zijn stappen 1 tot en met 6 van het plan"
    if row.kind is Kind.NO:
        return
    yield from _ground_problems(row)
    if row.kind is Kind.AFTER_CHECK and not row.checks:
        yield "checks", "noem de toets die eerst komt"
    if row.kind is Kind.RELEASE and row.secrecy == NONE:
        yield "secrecy", "noem de geheimhouding waarvan wordt ontheven"


def _ground_problems(row: SharingRow) -> Iterator[tuple[str, str]]:
    if "toestemming" in row.ground_6.lower() or "lid 1 onder a" in row.ground_6:
        yield "ground_6", "toestemming is geen grond tegenover iemand die afhankelijk is (AVG overweging 43)"
    elif not _LETTER.search(row.ground_6):
        yield "ground_6", "begint met AVG art. 6 lid 1 onder c, d of e"
    elif not _LAW.search(_LETTER.sub("", row.ground_6)):
        yield "ground_6", "noem de taak of bevoegdheid in de wet, met het artikel; ondermijning bestrijden is er geen"
    if Category.SPECIAL in row.categories and not _LAW.search(row.ground_9):
        yield "ground_9", "bijzondere gegevens vragen een uitzondering van AVG art. 9 (UAVG art. 22 tot en met 30)"
    if _CRIMINAL & set(row.categories) and not _LAW.search(row.ground_10):
        yield "ground_10", "strafrechtelijke gegevens vragen een grond (UAVG art. 32 of 33)"
