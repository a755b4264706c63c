"""How a policy reads on a page: Dutch names of its fields, and labels instead of codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from meldroute.domain import routine, signing_in, terms
from meldroute.domain.feedback.levels import Level, Receiver
from meldroute.domain.feedback.levels import Standing as Told
from meldroute.domain.forms import Setting
from meldroute.domain.policy import Status
from meldroute.domain.sharing import Controller, Kind
from meldroute.domain.term import Term, gettext_noop
from meldroute.domain.vocabulary import Category, Check, Form, Outcome, Purpose, Recipient, Role, State
from meldroute.domain.weighing import AnswerKind

TITLES = ("title", "label", "text", "name", "what", "subject")
FIELDS: Mapping[str, str] = {
    "title": gettext_noop("titel"),
    "label": gettext_noop("naam"),
    "name": gettext_noop("naam"),
    "code": gettext_noop("nummer"),
    "form": gettext_noop("vorm"),
    "setting": gettext_noop("waar gezien"),
    "duty": gettext_noop("plicht"),
    "state": gettext_noop("toestand"),
    "outcome": gettext_noop("uitkomst"),
    "standing": gettext_noop("hoe het ervoor staat"),
    "standings": gettext_noop("hoe het ervoor staat"),
    "receivers": gettext_noop("ontvangers"),
    "level": gettext_noop("niveau"),
    "recipient": gettext_noop("ontvanger"),
    "purpose": gettext_noop("doel"),
    "categories": gettext_noop("gegevens"),
    "steps": gettext_noop("bij stap"),
    "answer": gettext_noop("mag het"),
    "checks": gettext_noop("na toets"),
    "chain_partner": gettext_noop("aan een ketenpartner"),
    "internal": gettext_noop("aan een collega"),
    "citizen": gettext_noop("aan een inwoner"),
    "words": gettext_noop("woorden"),
    "where": gettext_noop("waar"),
    "refuse": gettext_noop("nooit toegestaan"),
    "why": gettext_noop("waarom"),
    "text": gettext_noop("tekst"),
    "subject": gettext_noop("onderwerp"),
    "body": gettext_noop("tekst"),
    "help": gettext_noop("toelichting"),
    "kind": gettext_noop("soort antwoord"),
    "opens": gettext_noop("gaat verder bij"),
    "choices": gettext_noop("keuzes"),
    "choices_from": gettext_noop("keuzes uit"),
    "question": gettext_noop("vragen"),
    "check": gettext_noop("is een privacytoets"),
    "dates": gettext_noop("dagen"),
    "observed": gettext_noop("vrije dag"),
    "working_days": gettext_noop("werkdagen"),
    "minutes": gettext_noop("minuten"),
    "sees": gettext_noop("wat Meldroute zelf ziet"),
    "roles": gettext_noop("rollen"),
    "sector": gettext_noop("sector"),
    "street": gettext_noop("straat"),
    "house_number": gettext_noop("huisnummer"),
    "days": gettext_noop("dagen"),
    "group": gettext_noop("groep"),
    "role": gettext_noop("rol"),
    "claim": gettext_noop("veld van de aanmelding"),
    "value": gettext_noop("waarde"),
    "only_provider": gettext_noop("alleen via de gemeente"),
    "break_glass": gettext_noop("noodaccounts"),
    "owner": gettext_noop("eigenaar"),
    "theme": gettext_noop("thema"),
    "suggests": gettext_noop("mogelijke actie"),
    "cadence": gettext_noop("wanneer"),
    "open": gettext_noop("openbare bron"),
    "conditions": gettext_noop("voorwaarden"),
    "hit_no_hit": gettext_noop("alleen treffer of geen treffer"),
    "definition": gettext_noop("omschrijving"),
    "focus": gettext_noop("aandacht van het plan"),
    "forms": gettext_noop("past bij"),
    "ground_6": gettext_noop("grond"),
    "ground_9": gettext_noop("grond bijzondere gegevens"),
    "ground_10": gettext_noop("grond strafrechtelijke gegevens"),
    "secrecy": gettext_noop("beroepsgeheim"),
    "controller": gettext_noop("verantwoordelijke"),
    "explanation": gettext_noop("uitleg"),
    "version": gettext_noop("versie"),
    "valid_from": gettext_noop("geldt vanaf"),
    "review_on": gettext_noop("opnieuw bekijken op"),
    "source": gettext_noop("bron"),
    "status": gettext_noop("status"),
    "adopted": gettext_noop("vastgesteld"),
}
"""In the order in which a row is read."""
STANDING = frozenset({"source", "status", "adopted"})
CODES: Mapping[str, type[Term]] = {
    "answer": Kind,
    "categories": Category,
    "chain_partner": Level,
    "checks": Check,
    "citizen": Level,
    "controller": Controller,
    "form": Form,
    "forms": Form,
    "internal": Level,
    "kind": AnswerKind,
    "level": Level,
    "outcome": Outcome,
    "purpose": Purpose,
    "receivers": Receiver,
    "recipient": Recipient,
    "role": Role,
    "roles": Role,
    "sees": routine.Sees,
    "setting": Setting,
    "standing": Told,
    "standings": Told,
    "state": State,
    "status": Status,
}
DUTIES: Mapping[str, str] = {
    **routine.TERMS,
    terms.RECEIPT: gettext_noop("ontvangstbevestiging"),
    terms.INTERIM: gettext_noop("tussenbericht"),
    terms.DANGER_ACCOUNT: gettext_noop("verantwoording na delen bij gevaar"),
    terms.ADVICE: gettext_noop("advies over een toets"),
    terms.CHECK_DECISION: gettext_noop("besluit over een toets"),
    terms.CONFIRM_ADVICE: gettext_noop("bevestigen van een mondeling advies"),
    terms.RELEASE: gettext_noop("einde van een vrijgave"),
    terms.SUPERVISION: gettext_noop("toezicht door de functionaris gegevensbescherming"),
    signing_in.REVIEW: gettext_noop("nalopen of een rol nog nodig is"),
    signing_in.WARN: gettext_noop("waarschuwen voordat een rol vervalt"),
    signing_in.REMIND: gettext_noop("herinneren aan rollen die vervallen"),
    signing_in.SLEEP: gettext_noop("slapen van een account dat niemand gebruikt"),
}


def named(field: str) -> str:
    """The name of a field on a page; one that we do not know keeps its own."""
    return _(FIELDS[field]) if field in FIELDS else field


def said(field: str, value: Any) -> str:
    """A value as people read it: labels of codes, yes and no, lists with commas."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, list):
        return ", ".join(said(field, one) for one in value) or "–"
    if isinstance(value, Mapping):
        return heading(value)
    if field == "duty":
        return _(DUTIES.get(str(value), str(value)))
    known = CODES.get(field)
    label = {member.value: member.label for member in known}.get(str(value)) if known else None
    return _(label) if label else str(value)


def heading(row: Mapping[str, Any]) -> str:
    """The line that says what a row is about."""
    if "recipient" in row:
        told = [said(name, row[name]) for name in ("recipient", "purpose", "categories", "answer") if name in row]
        return " · ".join(told)
    for name in TITLES:
        if row.get(name):
            return said(name, row[name])
    for name in ("duty", "state", "outcome", "standing", "words"):
        if row.get(name):
            return said(name, row[name])
    return str(row.get("id", "–"))


def lines(row: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Every field of a row with its value, for people, and whether that is the Dutch text of the policy itself."""
    for name, value in ordered(row).items():
        if name != "id":
            yield named(name), said(name, value), is_quoted(name, value)


def is_quoted(field: str, value: Any) -> bool:
    """Whether `said` gives the words of the policy, which are Dutch, and not ours."""
    return bool(value) and isinstance(value, str | list) and field != "duty" and field not in CODES


def ordered(row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a row in reading order: its id first, what we do not know before the source."""
    places = ["id", "day_id", *FIELDS]
    known = {name: at if name not in STANDING else len(places) + at for at, name in enumerate(places)}
    return dict(sorted(row.items(), key=lambda item: known.get(item[0], len(places))))
