"""Step 6: a word to whoever reported, that gives nothing away; or a reason why there is none (plan §3.3.3)."""

from __future__ import annotations

from collections.abc import Sequence

from meldroute.domain.feedback import Finding, Level
from meldroute.domain.route import Event
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, Verdict, no, require, yes
from meldroute.domain.vocabulary import NoFeedback, Role
from meldroute.journal.acting import Acting
from meldroute.post import actions as post
from meldroute.post.models import Delivery

from ..feedback_levels import (
    Way,
    Word,
    findings,
    is_contentless,
    levels,
    proposed,
    receiver_of,
    rules_of,
    standing,
    ways,
    why_closed,
)
from ..models import Feedback, FeedbackKind
from ..situation import demand
from ..visible import may_work, must_work
from .mailing import mail_of, mail_word
from .timeline import tell

__all__ = [
    "BY_MAIL",
    "IN_PERSON",
    "Word",
    "agree",
    "ask_second_reader",
    "findings",
    "give",
    "give_none",
    "is_waiting",
    "levels",
    "may_agree",
    "proposed",
    "receiver_of",
    "reopen",
    "rules_of",
    "send_back",
    "standing",
    "take_back",
]

BY_MAIL, IN_PERSON = Way.MAIL.value, Way.SPOKEN.value
SOURCE = "domain rules §2; plan §3.3.3 stap 6"
DECISIONS = "decisions, Mail out"


def give(*, by: Acting, feedback: Feedback, word: Word) -> Feedback:
    """Give the word: by mail (queued in this transaction, exactly one) or spoken.

    Raises Refused when the level is too high, the words give something away, or the way is closed.
    """
    _may_give(by, feedback, word)
    require(_unmarked(findings(feedback, word)))
    feedback.by, feedback.kept_why, feedback.second_reader = by.user_id, "", None
    return _deliver(feedback, word, by=by)


def ask_second_reader(*, by: Acting, feedback: Feedback, word: Word, why: str) -> Feedback:
    """Keep what was marked and may stay, with a reason; the word waits until a colleague agreed. Raises Refused."""
    _may_give(by, feedback, word)
    marks = findings(feedback, word)
    require(_only_soft(marks))
    if not marks:
        _refuse(gettext_noop("De tekst verraadt niets. Een tweede lezer is niet nodig."), "no_reader_needed")
    if not why.strip():
        _refuse(gettext_noop("Schrijf op waarom dit moet blijven staan."), "kept_why")
    _compose(feedback, word)
    feedback.by, feedback.kept_why, feedback.second_reader = by.user_id, why.strip(), None
    feedback.save()
    tell(feedback.signal, by=by, kind="feedback.ask_reader", ids=(feedback.id,))
    return feedback


def agree(*, by: Acting, feedback: Feedback) -> Feedback:
    """The second reader agrees and the word goes, as it was composed. Raises Refused.

    Everything is looked at again: the file may know more, or stand elsewhere, than when it was composed.
    """
    _lock(feedback)
    require(may_agree(feedback, by))
    word = composed(feedback)
    _may_give(by, feedback, word)
    require(_only_soft(findings(feedback, word)))
    feedback.second_reader = by.person
    return _deliver(feedback, word, by=by)


def may_agree(feedback: Feedback, by: Acting) -> Verdict:
    """Whether `by` can be the second reader of what waits."""
    if not is_waiting(feedback):
        return no(gettext_noop("Hier wacht niets op een tweede lezer."), DECISIONS, "feedback.not_waiting")
    if feedback.by == by.user_id:
        reason = gettext_noop("Een ander leest mee: niet wie het schreef.")
        return no(reason, DECISIONS, "feedback.own_words", (Role.MELDPUNT,))
    if feedback.reporter.user_id is not None and feedback.reporter.user_id == by.user_id:
        return no(gettext_noop("Wie het bericht krijgt, leest niet mee."), DECISIONS, "feedback.receiver")
    return may_work(feedback.signal, by)


def send_back(*, by: Acting, feedback: Feedback, why: str) -> Feedback:
    """The second reader does not agree; the composer writes it anew. Raises Refused."""
    _lock(feedback)
    require(may_agree(feedback, by))
    if not why.strip():
        _refuse(gettext_noop("Schrijf op wat er anders moet."), "reason")
    return _unwait(feedback, by, "feedback.send_back", reason=why.strip())


def take_back(*, by: Acting, feedback: Feedback) -> Feedback:
    """The composer takes it back from the second reader. Raises Refused."""
    _lock(feedback)
    must_work(feedback.signal, by)
    if not is_waiting(feedback):
        _refuse(gettext_noop("Hier wacht niets op een tweede lezer."), "not_waiting")
    return _unwait(feedback, by, "feedback.take_back")


def _unwait(feedback: Feedback, by: Acting, kind: str, reason: str = "") -> Feedback:
    """The words stay as a draft; the level, which made it wait, goes."""
    feedback.level = ""
    feedback.save(update_fields=["level"])
    tell(feedback.signal, by=by, kind=kind, ids=(feedback.id,), reason=reason)
    return feedback


def is_waiting(feedback: Feedback) -> bool:
    """Composed, and waiting for a second reader."""
    return bool(feedback.level) and feedback.given_at is None


def composed(feedback: Feedback) -> Word:
    """The words that wait."""
    return Word(Level(feedback.level), feedback.subject_line, feedback.text, feedback.how)


def give_none(*, by: Acting, feedback: Feedback, because: NoFeedback, reason: str) -> Feedback:
    """No word, with the reason; it does not lower the share answered in time. Raises Refused."""
    if feedback.kind == FeedbackKind.FEEDBACK:
        demand(feedback.signal, by, Event.GIVE_FEEDBACK)
    must_work(feedback.signal, by)
    _lock(feedback)
    _unsettled(feedback)
    if not reason.strip():
        _refuse(gettext_noop("Schrijf op waarom."), "reason")
    feedback.none_because, feedback.none_reason, feedback.by = because, reason.strip(), by.user_id
    feedback.level = ""
    feedback.save()
    tell(feedback.signal, by=by, kind="feedback.none", ids=(feedback.id,), because=because.value)
    return feedback


def reopen(*, by: Acting, feedback: Feedback) -> Feedback:
    """The mail did not arrive: the word is owed again, by another way. Raises Refused."""
    _lock(feedback)
    must_work(feedback.signal, by)
    mail = mail_of(feedback)
    if mail is None or mail.state not in (Delivery.FAILED, Delivery.UNCERTAIN):
        raise Refused(no(gettext_noop("Dit bericht is aangekomen of nog onderweg."), DECISIONS, "feedback.arrived"))
    post.give_up(by=by, mail=mail)
    feedback.given_at, feedback.level, feedback.outgoing_id = None, "", None
    feedback.save()
    tell(feedback.signal, by=by, kind="feedback.reopen", ids=(feedback.id,))
    return feedback


def _may_give(by: Acting, feedback: Feedback, word: Word) -> None:
    """Raises Refused when this word cannot be given now, whatever its text."""
    event = Event.GIVE_FEEDBACK if feedback.kind == FeedbackKind.FEEDBACK else Event.INTERIM_FEEDBACK
    demand(feedback.signal, by, event)
    must_work(feedback.signal, by)
    _lock(feedback)
    _unsettled(feedback)
    closed = why_closed(feedback, word.level)
    if closed:
        _refuse(gettext_noop("Zo veel mag deze melder nu niet horen."), "level")
    if ways(feedback.reporter).get(Way(word.how), ""):
        _refuse(gettext_noop("Dat kan niet of is niet veilig. Kies een andere weg, of geef een reden."), "unsafe")
    if is_contentless(feedback) and not _is_fixed(feedback, word):
        reason = gettext_noop("Het signaal is aangehouden: alleen de vaste tekst mag, zonder iets erbij.")
        _refuse(reason, "contentless")


def _is_fixed(feedback: Feedback, word: Word) -> bool:
    subject, text = proposed(feedback, word.level)
    return (word.subject.split(), word.text.split()) == (subject.split(), text.split())


def _unmarked(marks: Sequence[Finding]) -> Verdict:
    soft = _only_soft(marks)
    if not soft or not marks:
        return soft
    reason = gettext_noop("Haal weg wat is aangewezen, of houd het met een reden en een tweede lezer.")
    return no(reason, DECISIONS, "feedback.second_reader", (Role.MELDPUNT,))


def _only_soft(marks: Sequence[Finding]) -> Verdict:
    if all(found.overridable for found in marks):
        return yes()
    reason = gettext_noop("De tekst verraadt iets. Haal de aangewezen woorden weg.")
    return no(reason, DECISIONS, "feedback.reveals", (Role.MELDPUNT,))


def _compose(feedback: Feedback, word: Word) -> None:
    feedback.level, feedback.subject_line, feedback.text, feedback.how = word.level, word.subject, word.text, word.how
    feedback.none_because, feedback.none_reason = "", ""


def _deliver(feedback: Feedback, word: Word, *, by: Acting) -> Feedback:
    _compose(feedback, word)
    if word.how == BY_MAIL:
        feedback.outgoing_id = mail_word(by=by, feedback=feedback, subject=word.subject, body=word.text)
    feedback.given_at = by.at
    feedback.save()
    ids = (feedback.id, feedback.reporter_id)
    tell(feedback.signal, by=by, kind="feedback.give", ids=ids, level=word.level.value, how=word.how)
    return feedback


def _lock(feedback: Feedback) -> None:
    """Who comes second sees what the first did."""
    feedback.refresh_from_db(from_queryset=Feedback.objects.select_for_update())


def _unsettled(feedback: Feedback) -> None:
    """What was postponed is not settled: it is given when it may (`gates._feedback` says the same)."""
    if feedback.given_at or feedback.none_because not in ("", NoFeedback.POSTPONED):
        _refuse(gettext_noop("Hierop is al teruggekoppeld."), "settled")


def _refuse(reason: str, code: str) -> None:
    raise Refused(no(reason, SOURCE, f"feedback.{code}", (Role.MELDPUNT,)))
