"""Extra access to one signal: asked, granted with an end, ended; break-glass; reading with a reason (rules §3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from meldroute.domain.days import end_of
from meldroute.domain.normalise import key
from meldroute.domain.roles import CASE_ROLES
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, require, yes
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.people.models import User
from meldroute.vault import keys

from ..models import Access, AccessKind, AccessRequest, Event, Signal
from ..visible import files, must_work
from .opening import give_access
from .timeline import tell

SHORT = timedelta(days=1)
"""How long break-glass and reading with a reason last; the row then ends by itself."""
MAY_ASK = (
    Role.ENFORCEMENT,
    Role.MEETING_MEMBER,
    Role.PRIVACY_OFFICER,
    Role.PROCESS_OWNER,
    Role.BOARD,
    Role.ARCHIVIST,
)
MAY_BREAK_GLASS = (Role.ENFORCEMENT, Role.MEETING_MEMBER, Role.PRIVACY_OFFICER, Role.PROCESS_OWNER)
OUTSIDERS = frozenset({Role.PARTNER_REPORTER, Role.LOO_MEMBER, Role.REPORTER})
MAY_RECEIVE = tuple(sorted(CASE_ROLES - OUTSIDERS))


def ask_access(*, by: Acting, reference: str, reason: str) -> AccessRequest:
    """Ask the meldpunt for a signal by its number; the answer here is the same whether it exists or not."""
    require(_role(by, *MAY_ASK))
    require(_reason(reason))
    found = named(reference)
    made = AccessRequest.objects.create(
        municipality_id=by.place,
        key_id=found.key_id if found else keys.make(municipality_id=by.place, purpose="request"),
        reference=tidy(reference),
        user_id=by.person,
        reason=reason.strip(),
        asked_at=by.at,
    )
    journal.record(by=by, act="access.ask", on="route.AccessRequest", ids=[made.id])
    return made


def grant(*, by: Acting, request: AccessRequest, until: date, answer: str = "") -> Access:
    """Give what was asked, through the day `until`. Raises Refused."""
    require(_role(by, Role.MELDPUNT))
    require(_open(request))
    signal = files(by).filter(reference=request.reference).first()
    if signal is None:
        reason = gettext_noop("Er is geen signaal met dit nummer waarvoor u toegang kunt geven.")
        require(no(reason, "domain rules §3", "access.absent"))
    assert signal is not None
    made = give(by=by, signal=signal, user_id=request.user_id, until=until, why=request.reason)
    _answer(request, by, granted=True, answer=answer)
    return made


def refuse(*, by: Acting, request: AccessRequest, answer: str) -> None:
    """Say no, with the reason that the asker reads. Raises Refused."""
    require(_role(by, Role.MELDPUNT))
    require(_open(request))
    require(_reason(answer))
    _answer(request, by, granted=False, answer=answer)
    journal.record(by=by, act="access.refuse", on="route.AccessRequest", ids=[request.id])


def give(*, by: Acting, signal: Signal, user_id: UUID, until: date, why: str) -> Access:
    """Let a colleague see the file through the day `until`. Raises Refused."""
    must_work(signal, by)
    require(_reason(why))
    require(_until(until, by))
    require(eligible(signal, user_id, by))
    made = give_access(signal, by=by, user_id=user_id, why=why.strip(), until=end_of(until))
    tell(signal, by=by, kind="access.grant", ids=(made.id, user_id), user=str(user_id), until=until.isoformat())
    return made


def break_glass(*, by: Acting, reference: str, reason: str) -> Access:
    """See one signal at once, for a day; the privacy officer and the FG are alerted. Raises Refused."""
    require(_role(by, *MAY_BREAK_GLASS))
    made = _let_in(by, reference, reason, emergency=True)
    Event.objects.create(
        municipality_id=made.municipality_id,
        key_id=made.key_id,
        signal_id=made.signal_id,
        kind="access.break_glass",
        told=reason.strip(),
        by=by.user_id,
        at=by.at,
    )
    tell(made.signal, by=by, kind="access.break_glass", ids=(made.id,), reason=reason.strip())
    return made


def read_with_reason(*, by: Acting, reference: str, reason: str) -> Access:
    """The FG reads any ordinary signal, for a day, with a reason that is kept. Raises Refused."""
    require(_role(by, Role.FG))
    made = _let_in(by, reference, reason, emergency=False)
    tell(made.signal, by=by, kind="access.supervise", ids=(made.id,), reason=reason.strip())
    return made


def open_with_reason(*, by: Acting, signal: Signal, reason: str) -> Access:
    """Open the content of an earlier or closed signal, for a day, with a reason that is kept. Raises Refused."""
    must_work(signal, by)
    require(_reason(reason))
    made = give_access(signal, by=by, user_id=by.person, why=reason.strip(), until=by.at + SHORT)
    tell(signal, by=by, kind="access.reopen", ids=(made.id,), reason=reason.strip())
    return made


def revoke(*, by: Acting, signal: Signal, access: Access) -> None:
    """End an access row now: whoever handles the signal, or whose access it is. Raises Refused."""
    if access.user_id != by.user_id:
        must_work(signal, by)
    if end(access.id, by.at):
        tell(signal, by=by, kind="access.end", ids=(access.id,), user=str(access.user_id))


def readers(signal: Signal) -> list[Access]:
    """Every row that ever opened the file of `signal`, for whoever has it open; the newest first."""
    rows = Access.objects.raw("SELECT * FROM mr_readers(%s) ORDER BY starts_at DESC", [signal.id])
    return [row for row in rows if row.kind == AccessKind.FILE]


def is_live(access: Access, at: datetime) -> bool:
    """Whether the row counts at this moment."""
    return access.starts_at <= at and access.ended_at is None and (access.until is None or access.until > at)


def emergencies(since: datetime) -> list[Access]:
    """Break-glass here since a moment, each with `.reference`; empty for who is neither privacy officer nor FG."""
    sql = (
        "SELECT r.*, e.reference FROM mr_emergency_rows(%s) r JOIN mr_emergencies(%s) e ON e.access_id = r.id "
        "ORDER BY r.starts_at DESC"
    )
    return list(Access.objects.raw(sql, [since, since]))


def named(reference: str) -> Signal | None:
    """Enough of an ordinary signal to let somebody in: id, key and municipality; None when absent or sealed."""
    sql = "SELECT s.id, s.key_id, mr_municipality() AS municipality_id, false AS sealed FROM mr_signal_named(%s) s"
    return next(iter(Signal.objects.raw(sql, [tidy(reference)])), None)


def tidy(reference: str) -> str:
    """ " hs-2026-0001 " as it is kept."""
    return reference.strip().upper()[:16]


def end(access_id: UUID, at: datetime) -> bool:
    """End one row across the wall of rows; False when it had ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT mr_end_access(%s, %s)", [access_id, at])
        row = cursor.fetchone()
    return bool(row and row[0])


def bar_subject(signal: Signal, *, by: Acting) -> None:
    """End the access of everybody that the signal is about (domain rules §2)."""
    for access in readers(signal):
        if is_live(access, by.at) and is_subject(signal, access.user_id):
            end(access.id, by.at)
            tell(signal, by=by, kind="access.barred", ids=(access.id,), user=str(access.user_id))


def eligible(signal: Signal, user_id: UUID, by: Acting) -> Verdict:
    """May this person ever see this file? Never whom it is about; only who has a case role inside here."""
    if is_subject(signal, user_id):
        reason = gettext_noop("Deze persoon komt zelf in het signaal voor en krijgt nooit toegang.")
        return no(reason, "domain rules §2", "access.subject", (Role.FG,))
    if not places.members(signal.municipality_id, *MAY_RECEIVE, today=by.today).filter(id=user_id).exists():
        reason = gettext_noop("Deze persoon heeft hier geen rol waarmee dossiers gelezen mogen worden.")
        return no(reason, "domain rules §3", "access.role", (Role.ADMINISTRATOR,))
    return yes()


def is_subject(signal: Signal, user_id: UUID) -> bool:
    """Whether the signal is about this account: named as such, by mail address, or in a sealed one by name."""
    user = User.objects.get(id=user_id)
    return any(_is_about(subject.told, user, by_name=signal.sealed) for subject in signal.subjects.all())


def may_be_about(told: Mapping[str, str], *, by_name: bool) -> bool:
    """Whether a subject can be an account at all; `by_name` in a sealed signal."""
    return any(told.get(name) for name in ("user", "mail", *(("name",) if by_name else ())))


def _is_about(told: dict[str, str], user: User, *, by_name: bool) -> bool:
    if told.get("user") == str(user.id) or told.get("mail", "").casefold() == user.email.casefold():
        return True
    return by_name and bool(told.get("name")) and key(told["name"]) == key(user.name)


def _let_in(by: Acting, reference: str, reason: str, *, emergency: bool) -> Access:
    require(_reason(reason))
    found = named(reference)
    if found is None:
        absent = gettext_noop("Er is geen signaal met dit nummer dat zo open kan. Bel het meldpunt.")
        require(no(absent, "domain rules §3", "access.absent", (Role.MELDPUNT,)))
    assert found is not None
    with transaction.atomic():
        made = give_access(
            found, by=by, user_id=by.person, why=reason.strip(), until=by.at + SHORT, emergency=emergency
        )
        require(eligible(Signal.objects.get(id=found.id), by.person, by))
    return made


def _answer(request: AccessRequest, by: Acting, *, granted: bool, answer: str) -> None:
    request.answered_by, request.answered_at = by.user_id, by.at
    request.granted, request.answer = granted, answer.strip()
    request.save(update_fields=["answered_by", "answered_at", "granted", "answer"])


def _role(by: Acting, *roles: Role) -> Verdict:
    if by.is_any(*roles):
        return yes()
    reason = gettext_noop("Dit hoort niet bij uw rol. Vraag het meldpunt.")
    return no(reason, "domain rules §3", "access.role", (Role.MELDPUNT,))


def _reason(reason: str) -> Verdict:
    if reason.strip():
        return yes()
    return no(gettext_noop("Geef een reden: waarom is dit nu nodig?"), "domain rules §3", "access.reason")


def _open(request: AccessRequest) -> Verdict:
    if request.answered_at is None:
        return yes()
    return no(gettext_noop("Dit verzoek is al beantwoord."), "domain rules §3", "access.answered")


def _until(until: date, by: Acting) -> Verdict:
    if until >= by.today:
        return yes()
    return no(gettext_noop("De einddatum is al voorbij."), "domain rules §3", "access.past")
