"""When a statement may be noted as an observation (domain rules §4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from .sharing import Provision
from .term import Term, gettext_noop
from .verdict import Verdict, no, yes
from .vocabulary import Capacity, Category, Confidence, Role, SourceKind, Truth

HELP = (Role.PRIVACY_OFFICER, Role.MELDPUNT)


class WpgGround(Term):
    """Grounds on which police data can be provided (Wpg art. 16 to 20)."""

    ARTICLE_16 = "Wpg art. 16", gettext_noop("Wpg art. 16: aan wie het bij wet moet krijgen")
    ARTICLE_17 = "Wpg art. 17", gettext_noop("Wpg art. 17: aan het buitenland")
    ARTICLE_18 = "Wpg art. 18", gettext_noop("Wpg art. 18: structureel, bij besluit aangewezen")
    ARTICLE_19 = "Wpg art. 19", gettext_noop("Wpg art. 19: in een bijzonder geval")
    ARTICLE_20 = "Wpg art. 20", gettext_noop("Wpg art. 20: aan een samenwerkingsverband")


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What somebody saw, judged or heard, with what makes it weighable.

    `source` says how it is known, without a name. `provision` is how police data was provided. `subject_id`,
    `query_id` and `task_id` are what it is about or came from.
    """

    truth: Truth
    text: str
    category: Category
    source: str = ""
    source_kind: SourceKind | None = None
    observed_on: date | None = None
    confidence: Confidence = Confidence.UNKNOWN
    capacity: Capacity = Capacity.UNKNOWN
    expires_on: date | None = None
    provision: Provision | None = None
    subject_id: UUID | None = None
    query_id: UUID | None = None
    task_id: UUID | None = None


def may_note(statement: Statement, *, today: date, mma_open: bool) -> Verdict:
    """May this be noted? The first rule that refuses answers."""
    rules = (_text(statement), _dates(statement, today), _hearsay(statement), _mma(statement, mma_open))
    return next((verdict for verdict in (*rules, _police(statement, today)) if not verdict), yes())


def is_police_data(statement: Statement) -> bool:
    """Police data, or seen by a BOA in investigation, which makes it police data (Besluit politiegegevens boa)."""
    return statement.category is Category.POLICE_DATA or statement.capacity is Capacity.INVESTIGATOR


def _text(statement: Statement) -> Verdict:
    if statement.text.strip():
        return yes()
    return no(gettext_noop("Schrijf op wat er is gezien of gehoord."), "domain rules §4", "observation.text")


def _dates(statement: Statement, today: date) -> Verdict:
    if statement.observed_on and statement.observed_on > today:
        return no(gettext_noop("De dag van de waarneming ligt nog voor ons."), "domain rules §4", "observation.future")
    if statement.expires_on and statement.expires_on <= today:
        reason = gettext_noop("De dag waarop de waarneming vervalt, is al voorbij.")
        return no(reason, "domain rules §4", "observation.expired")
    return yes()


def _hearsay(statement: Statement) -> Verdict:
    if statement.truth is not Truth.HEARSAY or statement.source.strip():
        return yes()
    reason = gettext_noop("Van wie is dit gehoord? Een naam hoeft niet: 'een buurtbewoner' is genoeg.")
    return no(reason, "domain rules §4", "observation.hearsay")


def _mma(statement: Statement, mma_open: bool) -> Verdict:
    if statement.category is not Category.MMA or mma_open:
        return yes()
    reason = gettext_noop("Het kanaal van Meld Misdaad Anoniem staat uit tot contract en protocol zijn vastgelegd.")
    return no(reason, "domain rules §4", "observation.mma", (Role.MELDPUNT,))


def _police(statement: Statement, today: date) -> Verdict:
    if not is_police_data(statement):
        return yes()
    if statement.category is not Category.POLICE_DATA:
        reason = gettext_noop("Een waarneming als BOA in opsporing is een politiegegeven: kies die soort.")
        return no(reason, "Besluit politiegegevens buitengewoon opsporingsambtenaren", "observation.police_kind", HELP)
    if not _is_provided(statement.provision, today):
        reason = gettext_noop("Gehoord is niet verstrekt. Leg vast wie het gaf, wanneer, waarvoor en op welke grond.")
        return no(reason, "Wpg art. 16 tot en met 20", "observation.wpg_ground", HELP)
    return yes()


def _is_provided(provision: Provision | None, today: date) -> bool:
    if provision is None or provision.ground not in {ground.value for ground in WpgGround}:
        return False
    return bool(provision.provider.strip() and provision.purpose.strip() and provision.on <= today)
