"""What may be said to a reporter, in which words and by which way; each that is closed says why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from meldroute.domain.feedback import (
    Finding,
    Level,
    Part,
    Receiver,
    Standing,
    Watch,
    ceiling,
    check,
    floor,
    standing_of,
)
from meldroute.domain.feedback.policy import FeedbackPolicy, load
from meldroute.domain.term import Term, gettext_noop
from meldroute.domain.vocabulary import Outcome, SourceKind, State
from meldroute.people.models import Municipality
from meldroute.post.actions import leaves
from meldroute.post.message import BadAddress, address
from meldroute.sharing.actions import policy
from meldroute.sharing.models import PolicyKind

from .feedback_known import known_of
from .models import Feedback, Reporter, Signal

PARTNERS = frozenset(
    {SourceKind.CARE, SourceKind.POLICE, SourceKind.OTHER_PARTNER, SourceKind.PROSTITUTION_TEAM, SourceKind.MMA}
)
INSIDE = frozenset({SourceKind.OFFICIAL, SourceKind.ENFORCEMENT})
HEARS_MORE = gettext_noop("de melder mag nu meer horen dan dit")


class Way(Term):
    """How a reporter hears."""

    MAIL = "mail", gettext_noop("per mail")
    PHONE = "phone", gettext_noop("gebeld")
    SPOKEN = "spoken", gettext_noop("in een gesprek")


@dataclass(frozen=True)
class Word:
    """What is said: how much, in which words, and by which way (a `Way`)."""

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


def why_closed(feedback: Feedback, level: Level) -> str:
    """Why this level cannot be chosen; "" when it can."""
    if level in levels(feedback):
        return ""
    stands = standing(feedback.signal)
    if level.rank < floor(stands).rank:
        return HEARS_MORE
    if level.rank <= ceiling(stands).rank:
        return gettext_noop("gaat volgens de afspraken van uw gemeente te ver voor deze melder")
    if stands is Standing.ON_HOLD:
        return gettext_noop("OM of politie vroeg om te wachten")
    if stands in (Standing.RIEC_CASE, Standing.POLICE_CASE):
        return gettext_noop("over deze zaak bericht een ander, niet de gemeente")
    return gettext_noop("er is nog geen uitkomst")


def is_contentless(feedback: Feedback) -> bool:
    """On hold only the fixed text may go: whatever is added is content (domain rules §2, `on_hold`)."""
    return standing(feedback.signal) is Standing.ON_HOLD


def proposed(feedback: Feedback, level: Level) -> tuple[str, str]:
    """Subject line and text that the policy proposes."""
    text = rules_of(feedback.signal).text(level, standing(feedback.signal), receiver_of(feedback.reporter))
    return _filled(feedback, text.subject), _filled(feedback, text.body)


def receipt_text(feedback: Feedback, addition: str = "") -> tuple[str, str]:
    """Subject line and text of the receipt, with what somebody added as a last paragraph before the greeting."""
    receipt = rules_of(feedback.signal).receipt
    return _filled(feedback, receipt.subject), _filled(feedback, _with(receipt.body, addition))


def _with(body: str, addition: str) -> str:
    """`body` with a paragraph before its last one; braces in it are no places to fill in."""
    if not addition.strip():
        return body
    head, _, greeting = body.rstrip().rpartition("\n\n")
    return f"{head}\n\n{addition.strip().replace('{', '{{').replace('}', '}}')}\n\n{greeting}\n"


def _filled(feedback: Feedback, text: str) -> str:
    signal = feedback.signal
    place = Municipality.objects.values_list("name", flat=True).get(id=signal.municipality_id)
    values = {"reported_on": f"{signal.received_at:%d-%m-%Y}", "municipality": place, "reference": signal.reference}
    return text.format(**values)


def findings(feedback: Feedback, word: Word) -> list[Finding]:
    """What in these words gives something away."""
    rules = rules_of(feedback.signal)
    known = known_of(feedback.signal, feedback.reporter, ours=rules.ours)
    return check(word.text, word.subject, (), known, words=rules.words)


def receipt_findings(feedback: Feedback, addition: str) -> list[Finding]:
    """What in an addition to a receipt gives something away; as strict as a subject line, for anybody may read it."""
    rules = rules_of(feedback.signal)
    known = known_of(feedback.signal, feedback.reporter, ours=rules.ours)
    return Watch(known, rules.words).findings(addition, Part.SUBJECT)


def ways(reporter: Reporter, *, safe: bool | None = None) -> dict[Way, str]:
    """Every way, with why it is closed; "" when it is open. `safe`: as if this was said about mailing."""
    mail = _no_mail(reporter, reporter.mail_safe if safe is None else safe)
    return {Way.MAIL: next(mail, ""), Way.PHONE: _no_call(reporter), Way.SPOKEN: _no_call(reporter)}


def _no_call(reporter: Reporter) -> str:
    if not reporter.wants_feedback:
        return gettext_noop("de melder wil geen terugkoppeling")
    if reporter.anonymous and not reporter.may_call_back:
        return gettext_noop("de melder is anoniem")
    return ""


def _no_mail(reporter: Reporter, safe: bool) -> Iterator[str]:
    if not reporter.wants_feedback:
        yield gettext_noop("de melder wil geen terugkoppeling")
    if not reporter.mail:
        yield gettext_noop("er is geen mailadres")
    if not safe:
        yield gettext_noop("mailen is niet veilig, of nog niet gevraagd")
    if not leaves(practice=reporter.signal.practice):
        yield gettext_noop("dit is een oefensignaal: er gaat geen mail uit")
    if not _is_address(reporter.mail):
        yield gettext_noop("dit mailadres klopt niet")


def _is_address(written: str) -> bool:
    try:
        return bool(address(written))
    except BadAddress:
        return False
