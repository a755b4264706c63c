"""Step 6: a word to whoever reported, that gives nothing away; or a reason why there is none (plan §3.3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from meldroute.domain.feedback import Finding, Level, Receiver, Standing, check, load, standing_of
from meldroute.domain.feedback.policy import FeedbackPolicy
from meldroute.domain.route import Event
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no
from meldroute.domain.vocabulary import NoFeedback, Outcome, Role, SourceKind, State
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality
from meldroute.post.actions import queue
from meldroute.sharing.actions import policy
from meldroute.sharing.models import PolicyKind

from ..feedback_known import known_of
from ..models import Feedback, FeedbackKind, Reporter, Signal
from ..situation import demand
from .timeline import tell

BY_MAIL, IN_PERSON = "mail", "spoken"
PARTNERS = frozenset(
    {SourceKind.CARE, SourceKind.POLICE, SourceKind.OTHER_PARTNER, SourceKind.PROSTITUTION_TEAM, SourceKind.MMA}
)
INSIDE = frozenset({SourceKind.OFFICIAL, SourceKind.ENFORCEMENT})
SOURCE = "domain rules §2; plan §3.3.3 stap 6"


@dataclass(frozen=True)
class Word:
    """What is said: how much, in which words, and by which way."""

    level: Level
    subject: str
    text: str
    how: str


def receiver_of(reporter: Reporter) -> Receiver:
    """What kind of reporter this is, for the table of levels."""
    kind = SourceKind(reporter.source_kind)
    if kind in PARTNERS:
        return Receiver.CHAIN_PARTNER
    return Receiver.INTERNAL if kind in INSIDE else Receiver.CITIZEN


def standing(signal: Signal) -> Standing:
    """Where the signal stands, as far as a reporter may hear."""
    return standing_of(State(signal.state), Outcome(signal.outcome) if signal.outcome else None)


def rules_of(signal: Signal) -> FeedbackPolicy:
    """The municipality's levels, texts and words."""
    return load(policy(signal.municipality_id, PolicyKind.FEEDBACK).body)


def levels(feedback: Feedback) -> tuple[Level, ...]:
    """How much this reporter may hear now."""
    return rules_of(feedback.signal).allowed(standing(feedback.signal), receiver_of(feedback.reporter))


def proposed(feedback: Feedback, level: Level) -> tuple[str, str]:
    """Subject line and text that the policy proposes."""
    signal = feedback.signal
    text = rules_of(signal).text(level, standing(signal), receiver_of(feedback.reporter))
    place = Municipality.objects.values_list("name", flat=True).get(id=signal.municipality_id)
    values = {"reported_on": f"{signal.received_at:%d-%m-%Y}", "municipality": place}
    return text.subject.format(**values), text.body.format(**values)


def findings(feedback: Feedback, word: Word) -> list[Finding]:
    """What in these words gives something away."""
    known = known_of(feedback.signal, feedback.reporter)
    return check(word.text, word.subject, (), known, words=rules_of(feedback.signal).words)


def give(*, by: Acting, feedback: Feedback, word: Word) -> Feedback:
    """Give the word: by mail (queued in this transaction, exactly one) or spoken.

    Raises Refused when the level is too high, the words give something away, or the way is not safe.
    """
    signal, reporter = feedback.signal, feedback.reporter
    event = Event.GIVE_FEEDBACK if feedback.kind == FeedbackKind.FEEDBACK else Event.INTERIM_FEEDBACK
    demand(signal, by, event)
    _unsettled(feedback)
    if word.level not in levels(feedback):
        _refuse(gettext_noop("Zo veel mag deze melder nu niet horen."), "level")
    if findings(feedback, word):
        _refuse(gettext_noop("De tekst verraadt iets. Haal de aangewezen woorden weg."), "reveals")
    if word.how == BY_MAIL:
        feedback.outgoing_id = _queue(feedback, word, by=by)
    feedback.level, feedback.subject_line, feedback.text, feedback.how = word.level, word.subject, word.text, word.how
    feedback.by, feedback.given_at = by.user_id, by.at
    feedback.save()
    tell(signal, by=by, kind="feedback.give", ids=(feedback.id, reporter.id), level=word.level.value, how=word.how)
    return feedback


def _queue(feedback: Feedback, word: Word, *, by: Acting) -> UUID:
    reporter = feedback.reporter
    if not reporter.mail or not reporter.mail_safe:
        _refuse(gettext_noop("Mailen is niet mogelijk of niet veilig. Bel, of geef een reden waarom niet."), "unsafe")
    mail = queue(
        by=by,
        key_id=feedback.key_id,
        about="route.Feedback",
        about_id=feedback.id,
        to=reporter.mail,
        subject=word.subject,
        body=word.text,
    )
    return mail.id


def give_none(*, by: Acting, feedback: Feedback, because: NoFeedback, reason: str) -> Feedback:
    """No word, with the reason; it does not lower the share answered in time. Raises Refused."""
    demand(feedback.signal, by, Event.GIVE_FEEDBACK)
    _unsettled(feedback)
    if not reason.strip():
        _refuse(gettext_noop("Schrijf op waarom."), "reason")
    feedback.none_because, feedback.none_reason, feedback.by = because, reason.strip(), by.user_id
    feedback.save()
    tell(feedback.signal, by=by, kind="feedback.none", ids=(feedback.id,), because=because.value)
    return feedback


def _unsettled(feedback: Feedback) -> None:
    if feedback.given_at or feedback.none_because:
        _refuse(gettext_noop("Hierop is al teruggekoppeld."), "settled")


def _refuse(reason: str, code: str) -> None:
    raise Refused(no(reason, SOURCE, f"feedback.{code}", (Role.MELDPUNT,)))
