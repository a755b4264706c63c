"""What stands in a new report: tables per section, first texts, and for the next plan its draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import override

from meldroute.domain.cadence import Unit, period_of
from meldroute.domain.plan.following import Following, following
from meldroute.domain.plan.keeping import Tally, tally
from meldroute.domain.reporting.kinds import AUDIENCE, PERIOD, SECTIONS, Audience, Kind, Section
from meldroute.domain.reporting.printing import Printed
from meldroute.journal.acting import Acting
from meldroute.plan.models import Plan
from meldroute.plan.reading import Line, kept, lines, plan_of, said_by

from . import tables
from .counting import Counted, counted
from .keeping import went_out
from .tables import Table


@dataclass(frozen=True)
class Wanted:
    """Which report, about which days (both included)."""

    kind: Kind
    begins: date
    ends: date

    @property
    def audience(self) -> Audience:
        """Who reads it."""
        return AUDIENCE[self.kind]


@dataclass
class Content:
    """Everything that is frozen in a report, and the texts that people then change."""

    title: str
    tables: dict[str, list[Table]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    printed: list[Printed] = field(default_factory=list)
    plan: dict[str, Any] | None = None

    def numbers(self) -> dict[str, Any]:
        """As JSON."""
        parts = {name: [table.json() for table in told] for name, told in self.tables.items()}
        return {"tables": parts, "notes": self.notes}


@dataclass(frozen=True)
class Known:
    """What the sections are made from."""

    wanted: Wanted
    counted: Counted
    received: Printed
    owed: Printed
    plan: Plan | None
    lines: list[Line]


def made(by: Acting, wanted: Wanted) -> Content:
    """A new report as it would be now. Reads only."""
    with override("nl"):  # a report is a Dutch document, whoever makes it
        known = _known(by, wanted)
        content = Content(title_of(wanted, known.plan))
        for section in SECTIONS[wanted.kind]:
            FILLED[section](known, content)
    return content


def _known(by: Acting, wanted: Wanted) -> Known:
    found, before = counted(by, wanted.begins, wanted.ends), went_out()
    plan = plan_of(by.place, min(by.today, wanted.ends))
    return Known(
        wanted=wanted,
        counted=found,
        received=tables.shown(found.received, wanted.audience, before),
        owed=tables.shown(found.owed, wanted.audience, before),
        plan=plan,
        lines=lines(plan, by.today) if plan else [],
    )


def title_of(wanted: Wanted, plan: Plan | None = None) -> str:
    """ "Jaarrapport voor de raad, 2026"; the next plan by the plan that it follows."""
    if wanted.kind in (Kind.EVALUATION, Kind.NEXT_PLAN):
        return f"{wanted.kind.label}: {plan.name}" if plan else wanted.kind.label
    return f"{wanted.kind.label}, {period_words(wanted)}"


def period_words(wanted: Wanted) -> str:
    """ "tweede half jaar van 2026", "2026", "2024 tot en met 2026"."""
    unit = PERIOD[wanted.kind]
    if unit is Unit.HALF:
        number = period_of(wanted.begins, unit).key[-1]
        return f"{'eerste' if number == '1' else 'tweede'} half jaar van {wanted.begins.year}"
    if wanted.begins.year == wanted.ends.year:
        return str(wanted.begins.year)
    return f"{wanted.begins.year} tot en met {wanted.ends.year}"


def _summary(known: Known, content: Content) -> None:
    period, told = period_words(known.wanted), _whole(known)
    if known.wanted.kind is Kind.NEXT_PLAN:
        content.texts[Section.SUMMARY] = (
            "Dit is een concept. Het gaat uit van het plan dat nu loopt en van wat daarvan is nagekomen. "
            "Niets hierin is vastgesteld."
        )
        return
    content.texts[Section.SUMMARY] = (
        f"Dit rapport gaat over {'het ' if 'half' in period else ''}{period}. Het beschrijft welke signalen van "
        "mensenhandel bij de gemeente binnenkwamen, wat ermee is gedaan en welke afspraken uit het plan zijn "
        "nagekomen.\n\n"
        f"Gedaan: {told.kept} van de {told.due + told.unrecorded} afspraken die in deze periode klaar moesten zijn."
    )


def _whole(known: Known) -> Tally:
    begins, ends = known.wanted.begins, known.wanted.ends
    return tally(c.mark for line in known.lines for c in line.cells if begins <= c.occurrence.due <= ends)


def _signals(known: Known, content: Content) -> None:
    content.tables[Section.SIGNALS] = tables.signal_tables(known.counted, known.received, known.wanted.audience)
    exact = known.wanted.audience is Audience.STAFF
    content.notes[Section.SIGNALS] = _some(tables.CONFIDENTIAL if exact else tables.silent(known.received))
    content.texts[Section.SIGNALS] = (
        "De gemeente telt wat bij haar meldpunt binnenkomt. Dat is niet hetzelfde als hoeveel mensenhandel er is: meer "
        "signalen kan ook betekenen dat mensen signalen beter herkennen. Signalen over iemand die bij de gemeente "
        "werkt of bestuurt, tellen hier niet mee."
    )
    if not exact:
        content.printed.append(known.received)


def _answers(known: Known, content: Content) -> None:
    content.tables[Section.ANSWERS] = tables.answer_tables(known.owed)
    exact = known.wanted.audience is Audience.STAFF
    content.notes[Section.ANSWERS] = _some("" if exact else tables.silent(known.owed))
    content.texts[Section.ANSWERS] = "Wie een signaal meldt, hoort wat ermee is gedaan, zo ver als dat mag."
    if not exact:
        content.printed.append(known.owed)


def _some(line: str) -> list[str]:
    return [line] if line else []


def _plan(known: Known, content: Content) -> None:
    begins, ends = known.wanted.begins, known.wanted.ends
    if known.plan is None:
        content.tables[Section.PLAN], content.texts[Section.PLAN] = [], "Er is nog geen plan ingelezen."
        return
    names = {pillar.number: f"{pillar.number}. {pillar.name}" for pillar in said_by(known.plan).pillars}
    made = [tables.pillar_table(kept(known.lines, begins, ends), names)]
    if known.wanted.kind is Kind.EVALUATION:
        made.append(tables.action_table(known.lines, _by_action(known)))
    content.tables[Section.PLAN] = [*made, *tables.open_table(known.lines, begins, ends)]
    content.texts[Section.PLAN] = (
        f"Hieronder staat per pijler van «{known.plan.name}» wat er van de afspraken terechtkwam."
    )


def _by_action(known: Known) -> dict[str, Tally]:
    begins, ends = known.wanted.begins, known.wanted.ends
    return {
        line.action.code: tally(c.mark for c in line.cells if begins <= c.occurrence.due <= ends)
        for line in known.lines
    }


def _interventions(known: Known, content: Content) -> None:
    content.tables[Section.INTERVENTIONS] = tables.agenda_table(known.lines, known.wanted.begins, known.wanted.ends)
    content.texts[Section.INTERVENTIONS] = (
        "Wanneer vult een bestuurlijke interventie een strafrechtelijke aan, en hoe stemmen gemeente, politie en "
        "Openbaar Ministerie dat af? Schrijf hier wat voor de Driehoek van belang is, zonder namen en zonder zaken."
    )


def _ahead(known: Known, content: Content) -> None:
    content.texts[Section.AHEAD] = (
        "Wat vraagt de komende tijd aandacht?"
        if known.wanted.kind is not Kind.NEXT_PLAN
        else "Wat moet het college kiezen?"
    )


def _published(known: Known, content: Content) -> None:
    content.tables[Section.PUBLISHED] = tables.published_tables(said_by(known.plan).figures) if known.plan else []
    content.texts[Section.PUBLISHED] = (
        "Het plan zelf noemt aantallen van politie, zorgcoördinatoren en de Nederlandse Arbeidsinspectie, ook kleine. "
        "Die zijn eerder gepubliceerd in het plan (paragraaf 3.1) en staan daar met hun toelichting. Dit rapport telt "
        "ze nergens bij op."
    )


def _draft(known: Known) -> Following | None:
    if known.plan is None:
        return None
    body = known.plan.versions.get(number=known.plan.version).body
    return following(body, _by_action(known))


def _actions(known: Known, content: Content) -> None:
    draft = _draft(known)
    rows: tuple[tuple[str, ...], ...] = ()
    if draft is not None:
        content.plan = draft.document
        again = set(draft.again)
        told = [*draft.document.get("action", ()), *draft.document.get("promise", ())]
        rows = tuple((r["title"], r["cadence"], r["owner"], _why(r["id"] in again)) for r in told)
    head = ("Actie", "Wanneer", "Eigenaar", "Waarom")
    content.tables[Section.ACTIONS] = [Table("Acties in het concept", head, rows)] if rows else []
    content.texts[Section.ACTIONS] = (
        "Wat terugkomt, gaat door. Wat één keer klaar moest zijn en niet is gedaan, staat er opnieuw in."
        if rows
        else "Er is nog geen plan ingelezen."
    )


def _why(again: bool) -> str:
    return "nog niet gedaan" if again else "gaat door"


def _finished(known: Known, content: Content) -> None:
    draft = _draft(known)
    done = set(draft.finished) if draft else set()
    rows = tuple((line.action.title, line.action.cadence) for line in known.lines if line.action.code in done)
    content.tables[Section.FINISHED] = (
        [Table("Staat niet meer in het concept", ("Actie", "Wanneer"), rows)] if rows else []
    )
    content.texts[Section.FINISHED] = "Wat één keer klaar moest zijn en is gedaan, of is beëindigd, vervalt."


FILLED: Mapping[Section, Callable[[Known, Content], None]] = {
    Section.SUMMARY: _summary,
    Section.SIGNALS: _signals,
    Section.ANSWERS: _answers,
    Section.PLAN: _plan,
    Section.PUBLISHED: _published,
    Section.INTERVENTIONS: _interventions,
    Section.ACTIONS: _actions,
    Section.FINISHED: _finished,
    Section.AHEAD: _ahead,
}
