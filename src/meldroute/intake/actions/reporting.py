"""A report by form becomes a signal in step 1: by a colleague, or by a partner with a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from meldroute.domain.term import gettext_noop
from meldroute.domain.terms import Terms
from meldroute.domain.verdict import Refused, no
from meldroute.domain.vocabulary import Channel, Role, State, Urgency
from meldroute.journal.acting import Acting
from meldroute.people.unit import SYSTEM
from meldroute.route.actions.attaching import keep
from meldroute.route.actions.opening import give_access, open_signal
from meldroute.route.actions.timeline import tell
from meldroute.route.models import Access, AccessKind, Signal
from meldroute.route.terms import terms_of
from meldroute.search.writing import together
from meldroute.vault import blobs

from ..models import Draft
from .drafts import FILES, throw_away
from .report import Report, owe, reporter_of, write

MAY_REPORT = (Role.MELDPUNT, Role.REPORTER, Role.PARTNER_REPORTER, Role.ENFORCEMENT)


def send(*, by: Acting, report: Report, draft: Draft, channel: Channel, urgency: Urgency) -> Signal:
    """The signal in `received`, with its reporter, facts and files; the draft is gone. Raises Refused.

    The reporter sees that it exists and what is told back, nothing of the file; in the file they have no name.
    """
    _may(by)
    by = replace(by, unnamed=True)
    terms = terms_of(by.place)
    with together():
        signal = _opened(report, channel, urgency, terms, by=by)
        seen = _lets_see(signal, by=by)
        tell(signal, by=by, kind="signal.urgency", urgency=urgency.value)
        reporter = reporter_of(signal, report, by=by)
        write(signal, report, by=by)
        _files(signal, draft.body.get(FILES, []), by=by)
    throw_away(draft, by=by)
    owe(reporter, by=by, terms=terms)
    if by.user_id is None:
        seen.ended_at = by.at
        seen.save(update_fields=["ended_at"])
    return signal


def _opened(report: Report, channel: Channel, urgency: Urgency, terms: Terms, *, by: Acting) -> Signal:
    return open_signal(
        by=by,
        source_kind=report.source_kind,
        channel=channel,
        received_at=by.at,
        state=State.RECEIVED,
        forms=report.forms,
        minor_possible=report.minor or urgency is Urgency.MINOR,
        sealed=report.about_colleague,
        terms=terms,
    )


def _lets_see(signal: Signal, *, by: Acting) -> Access:
    """The reporter's own access; the system needs it only until a sealed signal is complete."""
    why = "eigen melding"
    return give_access(signal, by=by, user_id=by.user_id or SYSTEM, why=why, kind=AccessKind.REPORTED)


def _files(signal: Signal, told: list[Mapping[str, Any]], *, by: Acting) -> None:
    """Copied under the key of the signal."""
    for one in told:
        body = blobs.read(UUID(one["blob"]))
        keep(by=by, signal=signal, name=str(one["name"]), body=body, content_type=str(one["type"]))


def _may(by: Acting) -> None:
    if by.user_id is not None and not by.is_any(*MAY_REPORT):
        reason = gettext_noop("Met deze rol meldt u niet via dit formulier. Bel of mail het meldpunt.")
        raise Refused(no(reason, "domain rules §3", "report.role", (Role.MELDPUNT,)))
