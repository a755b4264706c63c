"""The receipt: that a report came in and under which number. It may endanger somebody, so a person looks first.

By itself it goes to the municipality's own people and to known partners only, and never to a machine.
"""

from __future__ import annotations

from meldroute.domain import days
from meldroute.domain.feedback import Level
from meldroute.domain.term import gettext_noop
from meldroute.domain.terms import RECEIPT, Terms
from meldroute.domain.verdict import Refused, Verdict, no, yes
from meldroute.domain.vocabulary import NoFeedback, Role
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality, Organisation

from ..feedback_levels import Way, receipt_findings, receipt_text, ways
from ..models import Feedback, FeedbackKind, Reporter, Signal
from ..visible import must_work
from .mailing import mail_word
from .timeline import tell

SOURCE = "domain rules §2, Receipts and feedback"


def owe_receipt(
    *, by: Acting, signal: Signal, reporter: Reporter, terms: Terms, machine: bool = False
) -> Feedback | None:
    """The receipt that this reporter is owed since the report came in; sent at once to a known partner or colleague.

    `machine`: the mail came from an automatic, list or null sender; nobody there to tell, so nothing is owed (None).
    Who is anonymous or wants no word gets the reason recorded instead.
    """
    if machine:
        return None
    due_on = terms.due_for(RECEIPT, days.local_date(signal.received_at))
    owed = Feedback(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        reporter=reporter,
        kind=FeedbackKind.RECEIPT,
        round=signal.round,
        due_on=due_on,
    )
    because = _none_because(reporter)
    if because is not None:
        owed.none_because, owed.none_reason, owed.by = because, because.label, by.named
    owed.save(force_insert=True)
    if because is None and may_go_by_itself(reporter):
        _send(owed, Way.MAIL, "", by=by)
    return owed


def _none_because(reporter: Reporter) -> NoFeedback | None:
    if reporter.anonymous and not reporter.may_call_back:
        return NoFeedback.ANONYMOUS
    return None if reporter.wants_feedback else NoFeedback.NOT_WANTED


def may_go_by_itself(reporter: Reporter) -> Verdict:
    """Only to the municipality's own mail domains and those of known partners, when who registered said that mailing
    is safe; never when somebody is protected or the signal is about a colleague, who may read along."""
    signal = reporter.signal
    if reporter.protected or signal.sealed or ways(reporter)[Way.MAIL]:
        return no(gettext_noop("Een mens kijkt eerst of mailen veilig is."), SOURCE, "receipt.by_hand")
    domain = reporter.mail.rpartition("@")[2].lower()
    if domain and domain in _known_domains(signal):
        return yes()
    return no(gettext_noop("Dit adres is niet van de gemeente of een bekende partner."), SOURCE, "receipt.unknown")


def _known_domains(signal: Signal) -> set[str]:
    own = Municipality.objects.values_list("mail_domains", flat=True).get(id=signal.municipality_id)
    partners = Organisation.objects.filter(ended_on__isnull=True).values_list("mail_domains", flat=True)
    return {name.lower() for names in (own, *partners) for name in names}


def send_receipt(*, by: Acting, feedback: Feedback, safe: bool, how: Way = Way.MAIL, addition: str = "") -> Feedback:
    """Somebody saw the address and says whether mailing is `safe`; the receipt goes, or was told in another way.

    Raises Refused: not safe to mail, an addition that gives something away, or a receipt that is settled.
    """
    must_work(feedback.signal, by)
    feedback.refresh_from_db(from_queryset=Feedback.objects.select_for_update())
    if feedback.kind != FeedbackKind.RECEIPT or feedback.given_at or feedback.none_because:
        _refuse(gettext_noop("Deze ontvangstbevestiging is al gegeven."), "settled")
    _answer_safe(feedback.reporter, safe)
    if ways(feedback.reporter)[how]:
        _refuse(gettext_noop("Zo kan het niet of is het niet veilig. Bel, of geef een reden waarom niet."), "unsafe")
    if receipt_findings(feedback, addition):
        _refuse(gettext_noop("Wat u erbij schreef, verraadt iets. Haal het weg."), "reveals")
    return _send(feedback, how, addition, by=by)


def _answer_safe(reporter: Reporter, safe: bool) -> None:
    if reporter.mail_safe != safe:
        reporter.mail_safe = safe
        reporter.save(update_fields=["mail_safe"])


def _send(feedback: Feedback, how: Way, addition: str, *, by: Acting) -> Feedback:
    feedback.subject_line, feedback.text = receipt_text(feedback, addition)
    feedback.level, feedback.how = Level.RECEIVED, how
    if how is Way.MAIL:
        feedback.outgoing_id = mail_word(by=by, feedback=feedback, subject=feedback.subject_line, body=feedback.text)
    feedback.by, feedback.given_at = by.named, by.at
    feedback.save()
    tell(feedback.signal, by=by, kind="receipt.give", ids=(feedback.id,), how=how.value)
    return feedback


def receipts_open(signal: Signal) -> list[Feedback]:
    """Receipts of this signal that somebody still has to look at."""
    rows = signal.feedbacks.filter(kind=FeedbackKind.RECEIPT, given_at__isnull=True, none_because="")
    return list(rows.order_by("due_on"))


def _refuse(reason: str, code: str) -> None:
    raise Refused(no(reason, SOURCE, f"receipt.{code}", (Role.MELDPUNT,)))
