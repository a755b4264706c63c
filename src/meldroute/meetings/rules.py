"""What holds for every meeting: who may sit where, how long a window is open, which states carry signals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no
from meldroute.domain.vocabulary import MeetingKind, Recipient, Role, State
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.people.models import User

from .models import Meeting, MeetingState

SOURCE = "domain rules §8"
WINDOW = timedelta(hours=12)
"""At the latest this long after its start nobody sees released facts of a meeting that was never closed."""
AGENDA_OF: Mapping[MeetingKind, State] = {
    MeetingKind.SIGNALENOVERLEG: State.IN_SIGNALENOVERLEG,
    MeetingKind.LOO: State.IN_LOO,
}
TABLE_OF: Mapping[MeetingKind, Recipient] = {
    MeetingKind.SIGNALENOVERLEG: Recipient.SIGNALENOVERLEG,
    MeetingKind.LOO: Recipient.LOO,
}
NOT_RIPE: Mapping[MeetingKind, tuple[State, ...]] = {
    MeetingKind.SIGNALENOVERLEG: (State.REGISTERED, State.ENRICHING, State.WAITING_FINDINGS),
    MeetingKind.LOO: (State.IN_SIGNALENOVERLEG, State.MONITORING),
}
SEATS: Mapping[MeetingKind, tuple[Role, ...]] = {
    MeetingKind.SIGNALENOVERLEG: (Role.MELDPUNT, Role.MEETING_MEMBER, Role.PROCESS_OWNER),
    MeetingKind.LOO: (Role.MELDPUNT, Role.LOO_MEMBER, Role.PROCESS_OWNER),
    MeetingKind.STAF_VEILIGHEID: (Role.MELDPUNT, Role.PROCESS_OWNER, Role.BOARD, Role.MEETING_MEMBER),
    MeetingKind.DRIEHOEK: (Role.MELDPUNT, Role.PROCESS_OWNER, Role.BOARD, Role.LOO_MEMBER),
}
"""Whose role gives a seat at which table (domain rules §3, §8)."""


def insist(condition: bool, reason: str, code: str) -> None:
    """Raises Refused when the condition does not hold."""
    if not condition:
        raise Refused(no(reason, SOURCE, code, (Role.MELDPUNT,)))


def carries_signals(meeting: Meeting) -> bool:
    """Whether signals stand on the agenda of this kind of meeting."""
    return MeetingKind(meeting.kind) in AGENDA_OF


def recipient_of(meeting: Meeting) -> Recipient:
    """Who the facts go to at this table."""
    return TABLE_OF[MeetingKind(meeting.kind)]


def seated(kind: str, by: Acting) -> QuerySet[User]:
    """Everybody whose role gives a seat at this kind of table today."""
    return places.members(by.place, *SEATS[MeetingKind(kind)], today=by.today)


def may_sit(kind: str, user_id: UUID, by: Acting) -> bool:
    """Whether this person's role gives a seat there today; a leaver's does not."""
    return seated(kind, by).filter(id=user_id).exists()


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now; nobody else changes it or its agenda until this transaction ends."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("series").get(id=meeting.id)


def running(meeting: Meeting, code: str) -> Meeting:
    """The meeting, locked. Raises Refused unless it was begun and not closed."""
    now = locked(meeting)
    insist(now.state != MeetingState.PLANNED, gettext_noop("Begin eerst het overleg."), code)
    insist(now.state == MeetingState.OPEN, gettext_noop("Dit overleg is al gesloten."), code)
    return now
