"""A plan file (`plans/*.toml`): the plan, what it hangs under, its pillars, its actions, what it promises elsewhere.

The format is described in `docs/plan-format.md` and, for editors, in `plans/plan.schema.json`. Errors are Dutch and
name the row and the field; `PolicyError.table`, `.number` and `.field` give the place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..cadence import Cadence, CadenceError, Period, occurrences, parse
from ..policy import PolicyError, Row, rows
from ..term import Term, gettext_noop
from ..vocabulary import Form

FORMAT = 1


class ProofKind(Term):
    """What shows that something was done: three that people give, the others what the program knows itself."""

    NOTE = "note", gettext_noop("aantekening")
    LINK = "link", gettext_noop("verwijzing")
    FILE = "file", gettext_noop("bestand")
    TRAINING = "training", gettext_noop("training of thema-avond gehouden")
    CAMPAIGN = "campaign", gettext_noop("campagne of bericht geplaatst")
    LESSON = "lesson", gettext_noop("les op school gegeven")
    LEAFLET = "leaflet", gettext_noop("folders uitgedeeld")
    MEETING = "meeting", gettext_noop("overleg gehouden")
    ON_AGENDA = "on_agenda", gettext_noop("op de agenda gezet")
    POLICY = "policy", gettext_noop("beleid vastgesteld")
    REPORT = "report", gettext_noop("rapport vastgesteld")
    FEEDBACK = "feedback", gettext_noop("terugkoppeling gegeven")
    DPIA = "dpia", gettext_noop("DPIA vastgesteld")
    INSPECTION = "inspection", gettext_noop("controle gehouden")
    BIBOB = "bibob", gettext_noop("Bibob-toets gedaan")
    AGREEMENT = "agreement", gettext_noop("afspraak met een partner")


@dataclass(frozen=True)
class Document:
    """A policy document that the plan hangs under."""

    id: str
    name: str
    about: str
    source: str


@dataclass(frozen=True)
class Pillar:
    """One pillar; `number` as the plan counts them."""

    number: int
    name: str
    aim: str
    source: str


@dataclass(frozen=True)
class Promise:
    """Something that recurs or falls due: an action (`pillar` 1 and up) or a promise elsewhere in the plan (0).

    `cadence` is the plan's own phrase; `when` what it means. `owner` is a function, not a person. `shared` names the
    other municipalities of the plan for which one occurrence counts too. `begins` and `ends` (both included) bound
    what was added to the plan or ended later; None: as long as the plan runs.
    """

    id: str
    pillar: int
    theme: str
    title: str
    text: str
    purpose: str
    cadence: str
    when: Cadence
    owner: str
    partners: tuple[str, ...]
    proof: tuple[ProofKind, ...]
    shared: tuple[str, ...]
    source: str
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class Figure:
    """Numbers that the plan itself printed: of a partner, in a year and an area, per form. A form that the partner does
    not register is not in `numbers`; that is not 0.
    """

    id: str
    partner: str
    year: int
    area: str
    numbers: Mapping[Form, int]
    source: str


@dataclass(frozen=True)
class Plan:
    """A whole plan. It runs from `begins` to `ends`; what was due before `adopted_on` was never late."""

    id: str
    name: str
    municipality: str
    begins: date
    ends: date
    adopted_on: date
    decision: str
    ambition: str
    source: str
    documents: tuple[Document, ...]
    pillars: tuple[Pillar, ...]
    actions: tuple[Promise, ...]
    promises: tuple[Promise, ...]
    figures: tuple[Figure, ...] = ()


_ABOVE = frozenset({"format", "plan", "document", "pillar", "action", "promise", "figure"})
_FIGURE = frozenset({"id", "partner", "year", "area", "source", *(form.value for form in Form)})
_WORDS = frozenset({"id", "pillar", "theme", "title", "text", "purpose", "source"})
_PROMISE = _WORDS | {"cadence", "owner", "partners", "proof", "shared", "begins", "ends"}


def periods(promise: Promise, plan: Plan) -> tuple[Period, ...]:
    """When a promise falls due while the plan runs, and while the promise itself stands."""
    begins = max(plan.begins, promise.begins or plan.begins)
    ends = min(plan.ends, promise.ends or plan.ends)
    return occurrences(promise.when, begins, ends)


def parse_plan(document: Mapping[str, Any]) -> Plan:
    """The plan in a parsed file. Raises PolicyError."""
    _known(document, _ABOVE)
    if document.get("format") != FORMAT:
        raise PolicyError(f"format moet {FORMAT} zijn, is {document.get('format')!r}", field="format")
    told = document.get("plan")
    if not isinstance(told, Mapping):
        raise PolicyError("er is geen [plan]", table="plan")
    row = Row("plan", told, "plan", 1)
    pillars = _pillars(document)
    numbers = {pillar.number for pillar in pillars}
    plan = Plan(
        id=row.text("id"),
        name=row.text("name"),
        municipality=row.text("municipality"),
        begins=row.day("begins"),
        ends=row.day("ends"),
        adopted_on=row.day("adopted_on"),
        decision=row.text("decision"),
        ambition=row.text_or_none("ambition"),
        source=row.text("source"),
        documents=tuple(_document(one) for one in _rows(document, "document")),
        pillars=pillars,
        actions=tuple(_promise(one, numbers) for one in rows(document, "action")),
        promises=tuple(_promise(one, set()) for one in _rows(document, "promise")),
        figures=tuple(_figure(one) for one in _rows(document, "figure")),
    )
    if plan.ends <= plan.begins:
        raise row.error("ends", "ligt niet na begins")
    _once_each(plan, document)
    return plan


def _known(fields: Mapping[str, Any], known: frozenset[str], row: Row | None = None) -> None:
    for name in fields:
        if name not in known:
            told = f"dit veld kennen we niet; wel: {', '.join(sorted(known))}"
            raise row.error(name, told) if row else PolicyError(f"{name}: {told}", field=name)


def _rows(document: Mapping[str, Any], table: str) -> Iterator[Row]:
    return rows(document, table) if document.get(table) else iter(())


def _document(row: Row) -> Document:
    return Document(row.text("id"), row.text("name"), row.text_or_none("about"), row.text("source"))


def _figure(row: Row) -> Figure:
    _known(row.fields, _FIGURE, row)
    numbers = {form: row.number(form.value) for form in Form if form.value in row.fields}
    if not numbers:
        raise row.error("sexual", "noem van minstens één vorm een aantal")
    told = (row.text(name) for name in ("id", "partner", "area", "source"))
    code, partner, area, source = told
    return Figure(code, partner, row.number("year"), area, numbers, source)


def _pillars(document: Mapping[str, Any]) -> tuple[Pillar, ...]:
    found: dict[int, Pillar] = {}
    for row in rows(document, "pillar", key="name"):
        number = row.number("number")
        if number in found:
            raise row.error("number", f"pijler {number} staat er twee keer")
        found[number] = _pillar(row)
    return tuple(found.values())


def _pillar(row: Row) -> Pillar:
    return Pillar(row.number("number"), row.text("name"), row.text_or_none("aim"), row.text("source"))


def _promise(row: Row, pillars: set[int]) -> Promise:
    _known(row.fields, _PROMISE, row)
    pillar = row.number("pillar") if pillars else 0
    if pillars and pillar not in pillars:
        raise row.error("pillar", f"{pillar} is geen pijler van dit plan")
    cadence = row.text("cadence")
    try:
        when = parse(cadence)
    except CadenceError as wrong:
        raise row.error("cadence", str(wrong)) from None
    return Promise(
        id=row.text("id"),
        pillar=pillar,
        theme=row.text_or_none("theme"),
        title=row.text("title"),
        text=row.text("text"),
        purpose=row.text_or_none("purpose"),
        cadence=cadence,
        when=when,
        owner=row.text("owner"),
        partners=row.texts("partners"),
        proof=row.term_list("proof", ProofKind),
        shared=row.texts("shared"),
        source=row.text("source"),
        begins=row.day("begins") if "begins" in row.fields else None,
        ends=row.day("ends") if "ends" in row.fields else None,
    )


def _once_each(plan: Plan, document: Mapping[str, Any]) -> None:
    """An id names one promise in the whole plan."""
    actions = {action.id for action in plan.actions}
    for row in _rows(document, "promise"):
        if row.name in actions:
            raise row.error("id", "is al het id van een actie")
