"""What becomes of a mail: a signal, part of one, another ondermijning signal, or no signal (domain rules §1 and §2)."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime

from django.db.models import F

from meldroute.domain import days
from meldroute.domain.observing import Statement
from meldroute.domain.term import gettext_noop
from meldroute.domain.terms import Terms
from meldroute.domain.verdict import Refused, no
from meldroute.domain.vocabulary import Category, Channel, Role, State, Triage, Truth
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.route.actions.attaching import keep
from meldroute.route.actions.facts import note
from meldroute.route.actions.opening import open_signal, sealing
from meldroute.route.actions.timeline import tell
from meldroute.route.conflict import Conflict
from meldroute.route.models import Signal
from meldroute.route.terms import holidays_of, terms_of
from meldroute.route.visible import must_work
from meldroute.search.writing import together

from ..message import Part, read
from ..models import Mail
from ..searchable import keep_mail
from .ledger import raw_of
from .report import Report, owe, reporter_of, write

OPEN = (Triage.NEW, Triage.NEEDS_HAND)
ASIDE = (Triage.OTHER_SIGNAL, Triage.NO_SIGNAL)
COMES_BACK = (*ASIDE, Triage.OWN_TEST)


def register(*, by: Acting, mail: Mail, version: int, report: Report) -> Signal:
    """The mail becomes a signal: number, reporter, first observations, place and attachments, in one go.

    Raises Refused, Conflict when somebody settled this mail meanwhile.
    """
    _may(by, mail)
    if mail.sealed:
        _refuse(gettext_noop("Deze mail hoort bij een verzegeld signaal. Voeg hem daar toe."), "mail.sealed")
    _settle(mail, version, Triage.REGISTERED, by=by)
    terms = terms_of(by.place)
    with together():
        signal = _opened(mail, report, terms, by=by)
        reporter = reporter_of(signal, report, by=by)
        write(signal, report, by=by)
        _attachments(signal, mail, by=by)
        mail.protected = report.protected
        keep_mail(signal, mail, by=by)
    with sealing(signal, by=by) if report.about_colleague else nullcontext():
        Mail.objects.filter(id=mail.id).update(signal=signal, protected=report.protected, sealed=report.about_colleague)
        owe(reporter, by=by, terms=terms, machine=bool((mail.reading or {}).get("automatic")))
    return signal


def _opened(mail: Mail, report: Report, terms: Terms, *, by: Acting) -> Signal:
    return open_signal(
        by=by,
        source_kind=report.source_kind,
        channel=Channel.MAIL,
        received_at=mail.came_at,
        state=State.REGISTERED,
        forms=report.forms,
        sector=report.sector,
        minor_possible=report.minor,
        practice=mail.practice if report.practice is None else report.practice,
        terms=terms,
    )


def parts_of(mail: Mail) -> tuple[Part, ...]:
    """The files in the mail, typed by their content; none of a mail that stayed in the box."""
    return () if mail.too_large or not mail.blob_id else read(raw_of(mail)).parts


def _attachments(signal: Signal, mail: Mail, *, by: Acting) -> None:
    """Under the key of the signal: they live as long as the signal, not as the mail."""
    for part in parts_of(mail):
        keep(by=by, signal=signal, name=part.filename, body=part.data, content_type=part.sniffed)


def belongs_to(
    *, by: Acting, mail: Mail, version: int, signal: Signal, what: str, truth: Truth, source: str = ""
) -> Signal:
    """The mail adds to a signal that is there. Raises Refused, Conflict."""
    _may(by, mail)
    must_work(signal, by)
    if mail.sealed and mail.signal_id != signal.id:
        _refuse(gettext_noop("Deze mail is een antwoord in een ander, verzegeld signaal."), "mail.sealed")
    _settle(mail, version, Triage.BELONGS_TO, by=by)
    known = source.strip() or (gettext_noop("nieuwe mail van de melder") if mail.proposed_signal_id else "mail")
    note(
        by=by,
        signal=signal,
        statement=Statement(truth=truth, text=what, category=Category.NARRATIVE, source=known),
    )
    _attachments(signal, mail, by=by)
    keep_mail(signal, mail, by=by)
    Mail.objects.filter(id=mail.id).update(signal=signal, sealed=signal.sealed)
    tell(signal, by=by, kind="mail.belongs_to", mail=str(mail.id))
    return signal


def set_aside(*, by: Acting, mail: Mail, version: int, what: Triage, reason: str) -> None:
    """Another ondermijning signal, or none: our copy goes on the next working day; a count remains.

    Until then it can be taken back. Raises Refused, Conflict.
    """
    _may(by, mail)
    if what not in ASIDE:
        raise ValueError(what)
    if not reason.strip():
        _refuse(gettext_noop("Schrijf op waarom."), "need.reason")
    last = days.due(by.today, 1, holidays_of(by.place))
    _settle(mail, version, what, by=by, until=days.end_of(last))
    mail.settled_why = reason.strip()
    mail.save(update_fields=["settled_why"])


def lay_aside_test(*, by: Acting, mail: Mail) -> bool:
    """The system leaves out a test mail that it sent itself, word for word; whether it did.

    Not when a person was first, nor when anything about the mail needs a hand. It can be taken back as any other.
    """
    if by.user_id is not None or mail.state != Triage.NEW:
        return False
    last = days.due(by.today, 1, holidays_of(by.place))
    same = Mail.objects.filter(id=mail.id, version=mail.version, state=Triage.NEW)
    changed = same.update(
        state=Triage.OWN_TEST, version=F("version") + 1, settled_at=by.at, content_until=days.end_of(last)
    )
    if changed:
        journal.record(by=by, act="mail.own_test", on="intake.Mail", ids=[mail.id])
    return bool(changed)


def may_take_back(mail: Mail, at: datetime) -> bool:
    """Whether our copy is still there and its day has not passed."""
    return bool(mail.state in COMES_BACK and mail.blob_id and mail.content_until and mail.content_until > at)


def take_back(*, by: Acting, mail: Mail, version: int) -> None:
    """Undo setting aside, while the copy is still there. Raises Refused, Conflict."""
    _may(by, mail)
    if not may_take_back(mail, by.at):
        _refuse(gettext_noop("Dit kan niet meer worden teruggenomen."), "mail.gone")
    again = Triage.NEEDS_HAND if mail.problem else Triage.NEW
    same = Mail.objects.filter(id=mail.id, version=version)
    if not same.update(state=again, version=F("version") + 1, content_until=None, settled_at=None, settled_by=None):
        raise Conflict(mail.id)
    journal.record(by=by, act="mail.take_back", on="intake.Mail", ids=[mail.id])


def _may(by: Acting, mail: Mail) -> None:
    """The meldpunt; for a sealed mail its trusted readers (the wall shows it to nobody else)."""
    wanted = Role.INTEGRITY if mail.sealed else Role.MELDPUNT
    if not by.is_any(wanted):
        reason = gettext_noop("Alleen het meldpunt behandelt de postbus.")
        raise Refused(no(reason, "domain rules §3", "mail.role", (wanted,)))


def _refuse(reason: str, code: str) -> None:
    raise Refused(no(reason, "domain rules §1", code, (Role.MELDPUNT,)))


def _settle(mail: Mail, version: int, state: Triage, *, by: Acting, until: datetime | None = None) -> None:
    same = Mail.objects.filter(id=mail.id, version=version, state__in=OPEN)
    changed = same.update(
        state=state, version=F("version") + 1, settled_by=by.user_id, settled_at=by.at, content_until=until
    )
    if not changed:
        raise Conflict(mail.id)
    journal.record(by=by, act=f"mail.{state.value}", on="intake.Mail", ids=[mail.id])
