"""Which reports there are, for whom, and what of the signals each reader gets (plan §3.3.4; domain rules §10)."""

from __future__ import annotations

from collections.abc import Mapping

from ..cadence import Unit
from ..term import Term, gettext_noop


class Kind(Term):
    """A report."""

    HALF_YEAR = "half_year", gettext_noop("Halfjaarrapport voor de staf veiligheid")
    DRIEHOEK = "driehoek", gettext_noop("Notitie voor de Driehoek")
    YEAR = "year", gettext_noop("Jaarrapport voor de raad")
    EVALUATION = "evaluation", gettext_noop("Evaluatie van het plan")
    NEXT_PLAN = "next_plan", gettext_noop("Concept voor het volgende plan")


class Audience(Term):
    """Who reads it. Only the staf veiligheid gets exact numbers."""

    STAFF = "staff", gettext_noop("staf veiligheid, vertrouwelijk")
    DRIEHOEK = "driehoek", gettext_noop("Driehoek")
    COLLEGE = "college", gettext_noop("college, concept")
    COUNCIL = "council", gettext_noop("raad, openbaar")


AUDIENCE: Mapping[Kind, Audience] = {
    Kind.HALF_YEAR: Audience.STAFF,
    Kind.DRIEHOEK: Audience.DRIEHOEK,
    Kind.YEAR: Audience.COUNCIL,
    Kind.EVALUATION: Audience.COUNCIL,
    Kind.NEXT_PLAN: Audience.COLLEGE,
}
PERIOD: Mapping[Kind, Unit | None] = {
    Kind.HALF_YEAR: Unit.HALF,
    Kind.DRIEHOEK: Unit.HALF,
    Kind.YEAR: Unit.YEAR,
    Kind.EVALUATION: None,
    Kind.NEXT_PLAN: None,
}
"""How long a report is about; None: as long as the plan."""
BREAKDOWNS: Mapping[Audience, tuple[str, ...]] = {
    Audience.STAFF: ("form", "step", "outcome"),
    Audience.DRIEHOEK: ("form", "outcome"),
    Audience.COLLEGE: (),
    Audience.COUNCIL: ("form", "source", "outcome"),
}
"""By what signals are broken down, never by two at once. Exact numbers never by source: one signal from one partner
would name who reported. Sector, place and age are in no report."""


class Section(Term):
    """The parts of a report, in order; each has a text that people change, some have tables."""

    SUMMARY = "summary", gettext_noop("Samenvatting")
    SIGNALS = "signals", gettext_noop("Signalen")
    ANSWERS = "answers", gettext_noop("Terugkoppeling")
    PLAN = "plan", gettext_noop("Afspraken uit het plan")
    PUBLISHED = "published", gettext_noop("Eerder gepubliceerd in het plan")
    INTERVENTIONS = "interventions", gettext_noop("Bestuurlijke interventies")
    ACTIONS = "actions", gettext_noop("Voorgestelde acties")
    FINISHED = "finished", gettext_noop("Afgerond")
    AHEAD = "ahead", gettext_noop("Vooruitblik")


S = Section
SECTIONS: Mapping[Kind, tuple[Section, ...]] = {
    Kind.HALF_YEAR: (S.SUMMARY, S.SIGNALS, S.ANSWERS, S.PLAN, S.AHEAD),
    Kind.DRIEHOEK: (S.SUMMARY, S.SIGNALS, S.INTERVENTIONS, S.AHEAD),
    Kind.YEAR: (S.SUMMARY, S.SIGNALS, S.ANSWERS, S.PLAN, S.AHEAD),
    Kind.EVALUATION: (S.SUMMARY, S.SIGNALS, S.ANSWERS, S.PUBLISHED, S.PLAN, S.AHEAD),
    Kind.NEXT_PLAN: (S.SUMMARY, S.ACTIONS, S.FINISHED, S.AHEAD),
}
