"""Which files somebody may open and work on; the walls in the database say the same once more."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from meldroute.domain.roles import Scope, scope_of
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, require, yes
from meldroute.domain.vocabulary import Outcome, Role, State
from meldroute.journal.acting import Acting

from .models import Access, AccessKind, Event, Signal

READERS = (
    Role.MELDPUNT,
    Role.INTEGRITY,
    Role.ENFORCEMENT,
    Role.MEETING_MEMBER,
    Role.PRIVACY_OFFICER,
    Role.PROCESS_OWNER,
    Role.FG,
    Role.ARCHIVIST,
    Role.BOARD,
)
WORKERS = (Role.MELDPUNT, Role.INTEGRITY)
KNOWS = "handler.knows_somebody"
KNOWS_NOBODY = "handler.knows_nobody"


def live(by: Acting) -> Q:
    """Access rows that count at this moment."""
    return (
        Q(starts_at__lte=by.at, ended_at__isnull=True)
        & (Q(until__isnull=True) | Q(until__gt=by.at))
        & Q(municipality_id=by.place)
    )


def own(by: Acting) -> QuerySet[Access]:
    """The live rows that open a whole file to `by`."""
    if by.user_id is None:
        return Access.objects.none()
    return Access.objects.filter(live(by), user_id=by.user_id, kind=AccessKind.FILE)


def files(by: Acting) -> QuerySet[Signal]:
    """Signals whose file is open to `by`: scope all without the sealed ones, and by own access."""
    opened = Q(id__in=own(by).values("signal_id"))
    if sees_all(by):
        opened |= Q(sealed=False)
    return Signal.objects.filter(opened, municipality_id=by.place)


def sees_all(by: Acting) -> bool:
    """Whether the role opens every ordinary file (the system does too)."""
    return by.user_id is None or scope_of(by.roles) is Scope.ALL


def file_or_404(by: Acting, signal_id: UUID) -> Signal:
    """The signal when its file is open to `by`; a foreign one looks absent (Http404)."""
    return get_object_or_404(files(by), id=signal_id)


def is_locked(signal: Signal, by: Acting) -> bool:
    """Whether the content needs a reason first: not taken up and closed (model protocol, step 2)."""
    shut = signal.state == State.CLOSED and signal.outcome == Outcome.NOT_TAKEN_UP
    return shut and not own(by).filter(signal=signal).exists()


def may_work(signal: Signal, by: Acting) -> Verdict:
    """May `by` write in this file? The meldpunt; in a sealed one its trusted readers."""
    if by.user_id is None:
        return yes()
    wanted = Role.INTEGRITY if signal.sealed else Role.MELDPUNT
    if signal.municipality_id != by.municipality_id or not by.is_any(wanted):
        reason = gettext_noop("Alleen wie dit signaal behandelt, legt hier iets vast.")
        return no(reason, "domain rules §3", "file.role", (wanted,))
    if signal.sealed and not own(by).filter(signal=signal).exists():
        reason = gettext_noop("U hebt geen toegang tot dit signaal.")
        return no(reason, "domain rules §2", "file.sealed", (Role.INTEGRITY,))
    if knows_somebody(signal, by):
        reason = gettext_noop("U kent iemand in dit signaal. Draag het over aan een collega.")
        return no(reason, "domain rules §2", "file.knows_somebody", (wanted,))
    return yes()


def must_work(signal: Signal, by: Acting) -> None:
    """Raises Refused when `by` may not write in this file."""
    require(may_work(signal, by))


def knows_somebody(signal: Signal, by: Acting) -> bool:
    """Whether `by` said to know somebody in this file."""
    return Event.objects.filter(signal=signal, by=by.user_id, kind=KNOWS).exists()


def is_asked(signal: Signal, by: Acting) -> bool:
    """Whether `by` still has to answer "Kent u iemand hierin?"."""
    if not by.is_any(*WORKERS):
        return False
    return not Event.objects.filter(signal=signal, by=by.user_id, kind__in=(KNOWS, KNOWS_NOBODY)).exists()
