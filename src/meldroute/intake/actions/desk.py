"""What came in by phone, at the desk or from Meld Misdaad Anoniem, written down by the meldpunt."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from meldroute.domain.term import gettext_noop
from meldroute.domain.terms import Terms
from meldroute.domain.verdict import Refused, no
from meldroute.domain.vocabulary import Category, Channel, Role, SourceKind, State
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality
from meldroute.route.actions.opening import open_signal, sealing
from meldroute.route.models import Signal
from meldroute.route.terms import terms_of
from meldroute.search.writing import together

from .report import Report, owe, reporter_of, write

NAMELESS = gettext_noop("anonieme bron")
"""How a message of Meld Misdaad Anoniem is called everywhere (domain rules §4)."""


def take_call(*, by: Acting, report: Report) -> Signal:
    """Somebody spoke to the meldpunt; registered at once. Raises Refused."""
    _may(by)
    terms = terms_of(by.place)
    with together():
        signal = _opened(report, Channel.DESK, terms, by=by)
        reporter = reporter_of(signal, report, by=by)
        write(signal, report, by=by)
    with _sealed(signal, report, by=by):
        owe(reporter, by=by, terms=terms)
    return signal


def is_open(by: Acting) -> bool:
    """Whether the channel of Meld Misdaad Anoniem is open here: contract and protocol are registered."""
    return Municipality.objects.get(id=by.place).mma_open


def take_anonymous_message(*, by: Acting, report: Report) -> Signal:
    """A message of Meld Misdaad Anoniem: start information, without a reporter and without its number.

    Raises Refused while the channel is closed.
    """
    _may(by)
    if not is_open(by):
        reason = gettext_noop("Het kanaal van Meld Misdaad Anoniem staat uit tot contract en protocol zijn vastgelegd.")
        raise Refused(no(reason, "domain rules §4", "mma.closed", (Role.PROCESS_OWNER,)))
    plain = replace(report, source_kind=SourceKind.MMA, category=Category.MMA, source=NAMELESS)
    with together():
        signal = _opened(plain, Channel.MMA, terms_of(by.place), by=by)
        write(signal, plain, by=by)
    with _sealed(signal, plain, by=by):
        return signal


def _opened(report: Report, channel: Channel, terms: Terms, *, by: Acting) -> Signal:
    return open_signal(
        by=by,
        source_kind=report.source_kind,
        channel=channel,
        received_at=by.at,
        state=State.REGISTERED,
        forms=report.forms,
        sector=report.sector,
        minor_possible=report.minor,
        practice=bool(report.practice),
        terms=terms,
    )


def _sealed(signal: Signal, report: Report, *, by: Acting) -> AbstractContextManager[None]:
    return sealing(signal, by=by) if report.about_colleague else nullcontext()


def _may(by: Acting) -> None:
    if not by.is_any(Role.MELDPUNT):
        reason = gettext_noop("Alleen het meldpunt schrijft op wat aan de balie of telefoon is gemeld.")
        raise Refused(no(reason, "domain rules §3", "desk.role", (Role.MELDPUNT,)))
