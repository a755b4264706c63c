"""One table: what each act means in a Dutch sentence, and under which heading of the timeline it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from meldroute.domain.route import Answer, Decision, Event
from meldroute.domain.term import Term, gettext_noop
from meldroute.domain.vocabulary import (
    Act,
    Aim,
    Check,
    Means,
    Question,
    Recipient,
    SubjectRole,
    Truth,
    Urgency,
    Weighing,
)
from meldroute.sources.models import Hit

from .feedback_levels import Way
from .models import SendBack, TaskKind


class Heading(Term):
    """The kinds by which the timeline can be filtered."""

    ROUTE = "route", gettext_noop("stappen en besluiten")
    FACTS = "facts", gettext_noop("wat we weten")
    CHECKS = "checks", gettext_noop("wegingen, toetsen en bronnen")
    SHARED = "shared", gettext_noop("delen en taken")
    FEEDBACK = "feedback", gettext_noop("contact met de melder")
    ACCESS = "access", gettext_noop("toegang en wie keek")


@dataclass(frozen=True)
class Sentence:
    """The text, with `%(name)s` for what was told, and its heading."""

    text: str
    heading: Heading


H = Heading
_TABLE: Mapping[str, tuple[Heading, str]] = {
    "signal.received": (H.ROUTE, gettext_noop("Signaal binnengekomen")),
    "signal.register": (H.ROUTE, gettext_noop("Geregistreerd bij het meldpunt")),
    "signal.urgency": (H.ROUTE, gettext_noop("Gevraagd of er nu gevaar is. Antwoord: %(urgency)s")),
    "signal.seal": (H.ACCESS, gettext_noop("Verzegeld: alleen nog voor de vertrouwde lezers")),
    "observation.add": (H.FACTS, gettext_noop("Waarneming toegevoegd (%(truth)s)")),
    "observation.correct": (H.FACTS, gettext_noop("Waarneming verbeterd")),
    "subject.add": (H.FACTS, gettext_noop("Toegevoegd: %(label)s (%(role)s)")),
    "subject.change": (H.FACTS, gettext_noop("Gegevens gewijzigd van %(label)s")),
    "element.add": (H.FACTS, gettext_noop("Kenmerk vastgelegd: %(code)s")),
    "element.end": (H.FACTS, gettext_noop("Kenmerk ingetrokken: %(code)s")),
    "attachment.add": (H.FACTS, gettext_noop("Bijlage toegevoegd: %(name)s")),
    "link.add": (H.FACTS, gettext_noop("Verbonden met %(reference)s")),
    "link.end": (H.FACTS, gettext_noop("Niet meer verbonden met %(reference)s")),
    "card.open": (H.ACCESS, gettext_noop("Naam bekeken van %(label)s")),
    "reporter.ask": (H.ACCESS, gettext_noop("Gevraagd om de beschermde melder te zien")),
    "reporter.agree": (H.ACCESS, gettext_noop("Ingestemd: de beschermde melder is een uur zichtbaar")),
    "handler.take": (H.ROUTE, gettext_noop("Behandeling overgenomen")),
    "handler.give": (H.ROUTE, gettext_noop("Overgedragen aan %(user)s")),
    "handler.knows_somebody": (H.ROUTE, gettext_noop("Kent iemand in dit signaal")),
    "handler.knows_nobody": (H.ROUTE, gettext_noop("Kent niemand in dit signaal")),
    "access.grant": (H.ACCESS, gettext_noop("Toegang gegeven aan %(user)s, tot en met %(until)s")),
    "access.end": (H.ACCESS, gettext_noop("Toegang beëindigd van %(user)s")),
    "access.barred": (H.ACCESS, gettext_noop("Toegang geblokkeerd van %(user)s: komt zelf in het signaal voor")),
    "access.break_glass": (H.ACCESS, gettext_noop("Noodtoegang genomen voor één dag")),
    "access.supervise": (H.ACCESS, gettext_noop("Toezicht: gelezen met een reden")),
    "access.reopen": (H.ACCESS, gettext_noop("Inhoud geopend met een reden")),
    "signal.weigh": (H.CHECKS, gettext_noop("%(weighing)s Antwoord: %(answer)s")),
    "check.ask": (H.CHECKS, gettext_noop("Privacytoets gevraagd: %(check)s")),
    "check.remind": (H.CHECKS, gettext_noop("Herinnering gestuurd over de privacytoets")),
    "check.advise": (H.CHECKS, gettext_noop("Advies gegeven (%(positive)s): %(check)s")),
    "check.decide": (H.CHECKS, gettext_noop("Besloten (%(allowed)s): %(check)s")),
    "source.ask": (H.CHECKS, gettext_noop("Bron gevraagd: %(source)s")),
    "source.answer": (H.CHECKS, gettext_noop("Bron %(source)s: %(hit)s")),
    "source.open": (H.CHECKS, gettext_noop("Inhoud bekeken van bron %(source)s")),
    "source.record": (H.CHECKS, gettext_noop("Gegeven vastgelegd uit bron %(source)s")),
    "signal.release_facts": (H.SHARED, gettext_noop("Feiten vrijgegeven voor %(to)s (%(count)s)")),
    "signal.withdraw_facts": (H.SHARED, gettext_noop("Vrijgave ingetrokken voor %(to)s (%(count)s)")),
    "parcel.send": (H.SHARED, gettext_noop("Verstuurd naar %(place)s (%(count)s)")),
    "parcel.withdraw": (H.SHARED, gettext_noop("Teruggehaald voordat %(place)s antwoordde")),
    "parcel.take_in": (H.SHARED, gettext_noop("Overgenomen van %(place)s")),
    "parcel.receipt": (H.SHARED, gettext_noop("Ingenomen door %(place)s als %(number)s")),
    "parcel.came_back": (H.SHARED, gettext_noop("Teruggestuurd door %(place)s: %(why)s")),
    "hand_over.receipt": (H.SHARED, gettext_noop("Ontvangst van de overdracht bevestigd")),
    "signal.hand_over_team_mensenhandel": (H.SHARED, Event.HAND_OVER_TEAM_MENSENHANDEL.label),
    "signal.hand_over_veilig_thuis": (H.SHARED, Event.HAND_OVER_VEILIG_THUIS.label),
    "signal.acute_danger_shared": (H.SHARED, Event.ACUTE_DANGER_SHARED.label),
    "signal.danger_accounted": (H.SHARED, Event.DANGER_ACCOUNTED.label),
    "signal.follow_up_added": (H.ROUTE, Event.FOLLOW_UP_ADDED.label),
    "receipt.give": (H.FEEDBACK, gettext_noop("Ontvangstbevestiging aan de melder (%(how)s)")),
    "feedback.give": (H.FEEDBACK, gettext_noop("Bericht aan de melder (%(how)s)")),
    "feedback.ask_reader": (H.FEEDBACK, gettext_noop("Tweede lezer gevraagd voor een bericht aan de melder")),
    "feedback.send_back": (
        H.FEEDBACK,
        gettext_noop("De tweede lezer gaf het bericht aan de melder terug: %(reason)s"),
    ),
    "feedback.take_back": (H.FEEDBACK, gettext_noop("Bericht aan de melder teruggenomen bij de tweede lezer")),
    "feedback.reopen": (H.FEEDBACK, gettext_noop("Bericht aan de melder niet aangekomen: een andere weg")),
    "feedback.none": (H.FEEDBACK, gettext_noop("Geen terugkoppeling, met een reden")),
    "mail.belongs_to": (H.FACTS, gettext_noop("Mail toegevoegd aan dit signaal")),
    "task.give": (H.SHARED, gettext_noop("Taak gegeven: %(task)s")),
    "task.chase": (H.SHARED, gettext_noop("Aan een taak herinnerd")),
    "task.answer": (H.SHARED, gettext_noop("Taak beantwoord: %(task)s")),
    "task.withdraw": (H.SHARED, gettext_noop("Taak ingetrokken")),
}
LOOKED: Mapping[str, str] = {
    "route.timeline": gettext_noop("Tijdlijn bekeken"),
    "route.queue": gettext_noop("Gezien in de lijst met signalen"),
    "route.Attachment": gettext_noop("Bijlage opgehaald"),
    "route.Reporter": gettext_noop("Melder bekeken"),
    "route.earlier": gettext_noop("Gezien als eerder signaal"),
    "route.search": gettext_noop("Gevonden bij het zoeken"),
    "route.mine": gettext_noop("Eigen melding bekeken"),
    "route.stand_in": gettext_noop("Gezien bij het overdragen aan een vervanger"),
    "route.Parcel": gettext_noop("Gezien bij de overdracht aan een andere gemeente"),
    "route.waiting": gettext_noop("Gezien in wat wacht"),
    "intake.Mail": gettext_noop("Mail bekeken"),
    "meetings.Item": gettext_noop("Gezien in een overleg"),
    "meetings.Meeting": gettext_noop("Gezien in een overleg"),
}
LOOKS = ("look", "mail.read", "mail.raw", "search")
"""Acts that stand in the journal only and belong in the timeline as somebody who looked."""
_WORDS: Mapping[str, tuple[type[Term], ...]] = {
    "truth": (Truth,),
    "role": (SubjectRole,),
    "code": (Act, Means, Aim),
    "weighing": (Weighing, Question),
    "answer": (Answer,),
    "check": (Check,),
    "to": (Recipient,),
    "hit": (Hit,),
    "task": (TaskKind,),
    "how": (Way,),
    "urgency": (Urgency,),
    "why": (SendBack,),
}
_EITHER: Mapping[str, tuple[str, str]] = {
    "positive": (gettext_noop("positief"), gettext_noop("negatief")),
    "allowed": (gettext_noop("mag"), gettext_noop("mag niet")),
}


def sentence_of(kind: str) -> Sentence | None:
    """The sentence of an act; decisions carry their own label; None when the act is not known."""
    if kind in _TABLE:
        heading, text = _TABLE[kind]
        return Sentence(text, heading)
    name = kind.removeprefix("signal.")
    if name in {decision.value for decision in Decision}:
        return Sentence(Decision(name).label.replace("%", "%%"), H.ROUTE)
    return None


def write(kind: str, told: Mapping[str, Any], names: Mapping[str, str]) -> tuple[str, Heading]:
    """The sentence with what was told filled in; `names` gives people by id."""
    found = sentence_of(kind)
    if found is None:
        return kind, H.ROUTE
    return _(found.text) % _Told(told, names), found.heading


def looked_at(on: str) -> str:
    """What somebody looked at, in words."""
    usual = gettext_noop("Dossier bekeken") if on.startswith(("route.", "sources.")) else gettext_noop("Bekeken")
    return _(LOOKED.get(on, usual))


class _Told(dict[str, str]):
    """What was told, as words; what was not told is a dash."""

    def __init__(self, told: Mapping[str, Any], names: Mapping[str, str]) -> None:
        super().__init__({key: self.word(key, value, names) for key, value in told.items()})

    @staticmethod
    def word(key: str, value: Any, names: Mapping[str, str]) -> str:
        if key in _EITHER:
            return _(_EITHER[key][0 if value else 1])
        text = str(value)
        for terms in _WORDS.get(key, ()):
            if text in {term.value for term in terms}:
                return _(terms(text).label)
        return names.get(text, text)

    def __missing__(self, key: str) -> str:
        return "–"
