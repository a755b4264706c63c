"""What becomes of a mail: a signal, part of one, another ondermijning signal, or no signal (domain rules §1 and §2)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from meldroute.domain import days
from meldroute.domain.observing import Statement
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no
from meldroute.domain.vocabulary import (
    Category,
    Channel,
    Form,
    Role,
    SourceKind,
    State,
    SubjectKind,
    SubjectRole,
    Triage,
    Truth,
)
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.route.actions.attaching import keep
from meldroute.route.actions.facts import note
from meldroute.route.actions.opening import open_signal, sealing
from meldroute.route.actions.subjects import add_subject
from meldroute.route.actions.timeline import tell
from meldroute.route.conflict import Conflict
from meldroute.route.models import Reporter, Signal
from meldroute.route.terms import holidays_of

from ..message import read
from ..models import Mail
from .ledger import raw_of

OPEN = (Triage.NEW, Triage.NEEDS_HAND)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a person made of a mail on the triage form."""

    source_kind: SourceKind
    what: str
    truth: Truth = Truth.HEARSAY
    source: str = ""
    observed_on: date | None = None
    forms: Sequence[Form] = ()
    sector: str = ""
    place: dict[str, str] | None = None
    name: str = ""
    mail: str = ""
    phone: str = ""
    organisation_id: UUID | None = None
    mail_safe: bool = False
    wants_feedback: bool = True
    anonymous: bool = False
    protected: bool = False
    minor: bool = False
    about_colleague: bool = False


def register(*, by: Acting, mail: Mail, version: int, report: Report) -> Signal:
    """The mail becomes a signal: number, reporter, first observation, place and attachments, in one go.

    Raises Refused, Conflict when somebody settled this mail meanwhile.
    """
    _may(by)
    _settle(mail, version, Triage.REGISTERED, by=by)
    signal = open_signal(
        by=by,
        source_kind=report.source_kind,
        channel=Channel.MAIL,
        received_at=mail.came_at,
        state=State.REGISTERED,
        forms=report.forms,
        sector=report.sector,
        minor_possible=report.minor,
        practice=mail.practice,
    )
    _reporter(signal, report, by=by)
    _facts(signal, report, by=by)
    _attachments(signal, mail, by=by)
    with sealing(signal, by=by) if report.about_colleague else nullcontext():
        Mail.objects.filter(id=mail.id).update(signal=signal, protected=report.protected, sealed=report.about_colleague)
    return signal


def _facts(signal: Signal, report: Report, *, by: Acting) -> None:
    statement = Statement(
        truth=report.truth,
        text=report.what,
        category=Category.NARRATIVE,
        source=report.source,
        source_kind=report.source_kind,
        observed_on=report.observed_on,
    )
    note(by=by, signal=signal, statement=statement)
    if report.place and any(report.place.values()):
        add_subject(by=by, signal=signal, kind=SubjectKind.ADDRESS, role=SubjectRole.PLACE, told=report.place)


def _reporter(signal: Signal, report: Report, *, by: Acting) -> Reporter:
    return Reporter.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        source_kind=report.source_kind,
        organisation_id=report.organisation_id,
        name="" if report.anonymous else report.name,
        mail="" if report.anonymous else report.mail,
        phone="" if report.anonymous else report.phone,
        mail_safe=report.mail_safe and not report.anonymous,
        wants_feedback=report.wants_feedback,
        anonymous=report.anonymous,
        protected=report.protected,
        at=by.at,
    )


def _attachments(signal: Signal, mail: Mail, *, by: Acting) -> None:
    for part in () if mail.too_large else read(raw_of(mail)).parts:
        keep(by=by, signal=signal, name=part.filename, body=part.data, content_type=part.sniffed)


def belongs_to(*, by: Acting, mail: Mail, version: int, signal: Signal, what: str, truth: Truth) -> Signal:
    """The mail adds to a signal that is there. Raises Refused, Conflict."""
    _may(by)
    _settle(mail, version, Triage.BELONGS_TO, by=by)
    statement = Statement(truth=truth, text=what, category=Category.NARRATIVE, source=_nameless(mail))
    note(by=by, signal=signal, statement=statement)
    _attachments(signal, mail, by=by)
    Mail.objects.filter(id=mail.id).update(signal=signal)
    tell(signal, by=by, kind="mail.belongs_to", mail=str(mail.id))
    return signal


def _nameless(mail: Mail) -> str:
    return gettext_noop("nieuwe mail van de melder") if mail.proposed_signal_id else gettext_noop("mail")


def set_aside(*, by: Acting, mail: Mail, version: int, what: Triage, reason: str) -> None:
    """Another ondermijning signal, or none: our copy goes on the next working day; a count remains.

    Until then it can be taken back. Raises Refused, Conflict.
    """
    _may(by)
    if what not in (Triage.OTHER_SIGNAL, Triage.NO_SIGNAL):
        raise ValueError(what)
    if not reason.strip():
        raise Refused(no(gettext_noop("Schrijf op waarom."), "domain rules §1", "need.reason"))
    last = days.due(by.today, 1, holidays_of(by.place))
    _settle(mail, version, what, by=by, until=days.end_of(last))
    mail.refresh_from_db()
    mail.settled_why = reason.strip()
    mail.save(update_fields=["settled_why"])


def take_back(*, by: Acting, mail: Mail, version: int) -> None:
    """Undo setting aside, while the copy is still there. Raises Refused, Conflict."""
    _may(by)
    if mail.state not in (Triage.OTHER_SIGNAL, Triage.NO_SIGNAL) or not mail.blob_id:
        raise Refused(no(gettext_noop("Dit kan niet meer worden teruggenomen."), "domain rules §1", "mail.gone"))
    same = Mail.objects.filter(id=mail.id, version=version)
    if not same.update(state=Triage.NEW, version=F("version") + 1, content_until=None, settled_at=None):
        raise Conflict(mail.id)
    journal.record(by=by, act="mail.take_back", on="intake.Mail", ids=[mail.id])


def _may(by: Acting) -> None:
    if not by.is_any(Role.MELDPUNT):
        reason = gettext_noop("Alleen het meldpunt behandelt de postbus.")
        raise Refused(no(reason, "domain rules §3", "mail.role", (Role.MELDPUNT,)))


def _settle(mail: Mail, version: int, state: Triage, *, by: Acting, until: object = None) -> None:
    same = Mail.objects.filter(id=mail.id, version=version, state__in=OPEN)
    changed = same.update(
        state=state, version=F("version") + 1, settled_by=by.user_id, settled_at=by.at, content_until=until
    )
    if not changed:
        raise Conflict(mail.id)
    journal.record(by=by, act=f"mail.{state.value}", on="intake.Mail", ids=[mail.id])
