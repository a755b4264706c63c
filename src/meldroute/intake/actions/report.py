"""What a report says, whichever way it came in, and how that becomes part of a signal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from meldroute.domain.observing import Statement
from meldroute.domain.terms import Terms
from meldroute.domain.vocabulary import Category, Form, SourceKind, SubjectKind, SubjectRole, Truth
from meldroute.journal.acting import Acting
from meldroute.route.actions.facts import note
from meldroute.route.actions.receipts import owe_receipt
from meldroute.route.actions.subjects import place_subjects
from meldroute.route.models import Reporter, Signal

PLACES: Mapping[SubjectKind, SubjectRole] = {
    SubjectKind.ADDRESS: SubjectRole.PLACE,
    SubjectKind.BUSINESS: SubjectRole.INVOLVED,
    SubjectKind.WEBSITE: SubjectRole.INVOLVED,
}


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing that was seen, judged or heard."""

    what: str
    truth: Truth = Truth.HEARSAY
    source: str = ""
    observed_on: date | None = None
    category: Category | None = None


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was reported. `place` holds the identity of an address (see route.lookups.FIELDS), `found` of more.

    `mail_safe`: a person saw the address and that mailing is safe. `how_safe` is what the reporter said about it.
    `practice` None: as the mail says.
    """

    source_kind: SourceKind
    what: str
    truth: Truth = Truth.HEARSAY
    source: str = ""
    observed_on: date | None = None
    more: Sequence[Said] = ()
    forms: Sequence[Form] = ()
    sector: str = ""
    place: Mapping[str, str] | None = None
    found: Sequence[tuple[SubjectKind, Mapping[str, str]]] = ()
    category: Category = Category.NARRATIVE
    name: str = ""
    mail: str = ""
    phone: str = ""
    how_safe: str = ""
    user_id: UUID | None = None
    organisation_id: UUID | None = None
    mail_safe: bool = False
    may_call_back: bool = False
    wants_feedback: bool = True
    anonymous: bool = False
    protected: bool = False
    minor: bool = False
    about_colleague: bool = False
    practice: bool | None = None

    @property
    def said(self) -> list[Said]:
        """Everything that was seen, judged or heard, the first thing first."""
        return [
            Said(what=self.what, truth=self.truth, source=self.source, observed_on=self.observed_on),
            *self.more,
        ]


def write(signal: Signal, report: Report, *, by: Acting) -> None:
    """The observations and places of a report in a signal that was just opened. Raises Refused.

    Places are entered by the system when `by` does not work in the file: the reporter only said where it was.
    """
    for one in report.said:
        note(by=by, signal=signal, statement=_statement(one, report))
    enters = by if signal.handler_id == by.user_id else replace(by, user_id=None)
    places = [*([(SubjectKind.ADDRESS, report.place)] if report.place else []), *report.found]
    told = [(kind, PLACES[kind], identity) for kind, identity in places if any(identity.values())]
    place_subjects(by=enters, signal=signal, places=told)


def _statement(one: Said, report: Report) -> Statement:
    return Statement(
        truth=one.truth,
        text=one.what,
        category=one.category or report.category,
        source=one.source,
        source_kind=report.source_kind,
        observed_on=one.observed_on,
    )


def owe(reporter: Reporter, *, by: Acting, terms: Terms, machine: bool = False) -> None:
    """The receipt that is owed, as the last thing: whether the signal is sealed decides whether it goes by itself.

    `machine`: an automatic, list or null sender wrote the mail.
    """
    if not reporter.mail_safe:
        reporter.mail = ""  # in memory only: without an address nothing goes out by itself
    owe_receipt(by=by, signal=reporter.signal, reporter=reporter, machine=machine, terms=terms)


def reporter_of(signal: Signal, report: Report, *, by: Acting) -> Reporter:
    """Who reported, kept apart from the facts.

    Of an anonymous reporter nothing is kept but the kind, and a number if it may be called.
    """
    known = not report.anonymous
    return Reporter.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        source_kind=report.source_kind,
        organisation_id=report.organisation_id,
        user_id=report.user_id,
        name=report.name if known else "",
        mail=report.mail if known else "",
        phone=report.phone if known or report.may_call_back else "",
        how_safe=report.how_safe,
        mail_safe=report.mail_safe and known,
        may_call_back=report.may_call_back,
        wants_feedback=report.wants_feedback,
        anonymous=report.anonymous,
        protected=report.protected,
        at=by.at,
    )
