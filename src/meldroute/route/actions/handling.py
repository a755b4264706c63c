"""Who handles a signal: taking over, handing over, and whether the handler knows somebody in it (domain rules §2)."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db.models import F, QuerySet

from meldroute.domain.roles import Duty, may_take
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, require, yes
from meldroute.domain.vocabulary import Role
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.people.models import User

from ..conflict import Conflict
from ..models import Event, Signal
from ..situation import duties_of
from ..visible import KNOWS, KNOWS_NOBODY, WORKERS, files, knows_somebody, must_work
from .access import is_subject
from .timeline import tell


def answer_known(*, by: Acting, signal: Signal, knows: bool) -> None:
    """The answer to "Kent u iemand hierin?", kept as an event. Raises Refused."""
    require(_handles(signal, by))
    kind = KNOWS if knows else KNOWS_NOBODY
    Event.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        kind=kind,
        told="",
        by=by.user_id,
        at=by.at,
    )
    tell(signal, by=by, kind=kind)


def take_over(*, by: Acting, signal: Signal, version: int) -> None:
    """Become the handler. Raises Refused, Conflict."""
    must_work(signal, by)
    require(may_handle(signal, by.person, by))
    _assign(signal, by, by.person, version)
    tell(signal, by=by, kind="handler.take", ids=(by.person,))


def hand_over(*, by: Acting, signal: Signal, version: int, to: UUID, why: str) -> None:
    """Give the signal to a colleague; also open to who knows somebody in it. Raises Refused, Conflict."""
    require(_handles(signal, by))
    require(_reason(why))
    require(may_handle(signal, to, by))
    _assign(signal, by, to, version)
    tell(signal, by=by, kind="handler.give", ids=(to,), user=str(to), reason=why.strip())


def colleagues(signal: Signal, by: Acting) -> QuerySet[User]:
    """Who can handle this signal beside `by`."""
    role = Role.INTEGRITY if signal.sealed else Role.MELDPUNT
    return places.members(signal.municipality_id, role, today=by.today).exclude(id=by.person)


def may_handle(signal: Signal, user_id: UUID, by: Acting) -> Verdict:
    """May this person handle it: has the role, is not in it, knows nobody in it, did not report it."""
    them = replace(by, user_id=user_id)
    role = Role.INTEGRITY if signal.sealed else Role.MELDPUNT
    if not places.members(signal.municipality_id, role, today=by.today).filter(id=user_id).exists():
        return no(gettext_noop("Deze collega heeft de rol niet."), "domain rules §3", "handler.role")
    if is_subject(signal, user_id) or knows_somebody(signal, them):
        reason = gettext_noop("Deze collega komt in het signaal voor of kent iemand daarin.")
        return no(reason, "domain rules §2", "handler.knows")
    return may_take(Duty.HANDLER, duties_of(signal, them) - {Duty.HANDLER})


def _handles(signal: Signal, by: Acting) -> Verdict:
    if by.is_any(*WORKERS) and files(by).filter(id=signal.id).exists():
        return yes()
    reason = gettext_noop("Alleen wie dit signaal behandelt, kan het overdragen.")
    return no(reason, "domain rules §3", "handler.role", (Role.MELDPUNT,))


def _assign(signal: Signal, by: Acting, to: UUID, version: int) -> None:
    same = Signal.objects.filter(id=signal.id, version=version)
    if not same.update(version=F("version") + 1, handler_id=to):
        raise Conflict(signal.id)
    signal.handler_id, signal.version = to, version + 1


def _reason(why: str) -> Verdict:
    if why.strip():
        return yes()
    return no(gettext_noop("Geef een reden van de overdracht."), "domain rules §2", "handler.reason")
