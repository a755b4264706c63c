"""Privacy checks: the meldpunt asks, the privacy officer advises, the process owner decides (domain rules §3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from meldroute.domain import days
from meldroute.domain.route import Event
from meldroute.domain.source_register import may_ask
from meldroute.domain.term import gettext_noop
from meldroute.domain.terms import ADVICE, CHECK_DECISION, CONFIRM_ADVICE, SUPERVISION
from meldroute.domain.verdict import Refused, Verdict, no
from meldroute.domain.vocabulary import Check, Purpose, Recipient, Role
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.people.models import User

from ..conflict import Conflict
from ..models import PrivacyAdvice, PrivacyCheck, PrivacyDecision, Signal
from ..policies import sources_of, weighings_of
from ..situation import counts, demand
from ..terms import terms_of
from . import reading
from .releasing import Judged, chosen, release, withdraw
from .timeline import tell

TABLES = (Recipient.SIGNALENOVERLEG, Recipient.LOO)
READS = (Role.PRIVACY_OFFICER, Role.PROCESS_OWNER)
SOURCE_STEP = 3
_GROUND = "model protocol ondermijning; domain rules §3"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a check is asked for: check 1 names sources; 2A and 2B name facts, a recipient and a purpose.

    `readers` are the adviser and the decider by name; a sealed signal needs them, because not every privacy
    officer may read it. Otherwise everybody with these roles reads.
    """

    check: Check
    question: str
    sources: tuple[str, ...] = ()
    facts: tuple[UUID, ...] = ()
    recipient: Recipient | None = None
    purpose: Purpose | None = None
    pseudonymised: bool = False
    readers: tuple[UUID, ...] = ()


def _refuse(reason: str, code: str, helpers: tuple[Role, ...] = ()) -> None:
    raise Refused(no(reason, _GROUND, f"check.{code}", helpers))


def ask(*, by: Acting, signal: Signal, asked: Asked) -> PrivacyCheck:
    """Ask for a check. Raises Refused when it may not be asked now or is not complete."""
    demand(signal, by, Event.ASK_CHECK, reason=asked.question)
    _complete(signal, asked)
    terms = terms_of(signal.municipality_id)
    row = PrivacyCheck.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        round=signal.round,
        check_kind=asked.check,
        policy_version=weighings_of(signal.municipality_id).version,
        question=asked.question,
        sources=list(asked.sources),
        observation_ids=[fact.id for fact in chosen(signal, asked.facts)],
        recipient=asked.recipient or "",
        purpose=(asked.purpose or Purpose.ENRICH).value,
        pseudonymised=asked.pseudonymised,
        due_on=terms.due_for(ADVICE, by.today),
        by=by.person,
        at=by.at,
    )
    _lend(row, asked.readers, by=by)
    tell(signal, by=by, kind="check.ask", ids=(row.id,), check=asked.check.value, to=row.recipient)
    return row


def _complete(signal: Signal, asked: Asked) -> None:
    """Raises Refused for what is missing, closed, or asked already."""
    if asked.check is Check.ONE:
        _sources(signal, asked.sources)
    else:
        _sharing(signal, asked)
    same = undecided(signal).filter(check_kind=asked.check, recipient=asked.recipient or "", round=signal.round)
    if any(asked.check is not Check.ONE or set(row.sources) & set(asked.sources) for row in same):
        _refuse(gettext_noop("Deze toets is al gevraagd. Stuur een herinnering als het lang duurt."), "twice")
    if signal.sealed and len(asked.readers) < 2:
        _refuse(gettext_noop("Kies wie adviseert en wie besluit. Niet iedereen mag dit signaal zien."), "readers")


def _sources(signal: Signal, names: Sequence[str]) -> None:
    register, _ = sources_of(signal.municipality_id)
    if not names or not set(names) <= set(register):
        _refuse(gettext_noop("Kies welke bronnen u wilt raadplegen."), "sources")
    closed = [v for name in names if not (v := may_ask(register[name], Purpose.ENRICH, SOURCE_STEP))]
    if closed:
        raise Refused(closed[0])


def _sharing(signal: Signal, asked: Asked) -> None:
    if asked.recipient is None or asked.purpose is None:
        _refuse(gettext_noop("Kies voor wie het is, en waarvoor."), "recipient")
    if (asked.check is Check.TWO_A) != (asked.recipient in TABLES) and asked.recipient is not Recipient.LOO:
        _refuse(gettext_noop("Toets 2A gaat over een overleg, toets 2B over wie de aanpak doet."), "recipient")
    if not chosen(signal, asked.facts).exists():
        _refuse(gettext_noop("Kies welke feiten u wilt delen."), "facts")


def undecided(signal: Signal) -> QuerySet[PrivacyCheck]:
    """Checks that were asked and not decided."""
    return signal.checks.filter(outcomes__isnull=True)


def _lend(row: PrivacyCheck, readers: Sequence[UUID], *, by: Acting) -> None:
    """The file for adviser and decider until both terms are over; it ends with the decision."""
    terms = terms_of(row.municipality_id)
    until = days.end_of(terms.due_for(CHECK_DECISION, terms.due_for(ADVICE, by.today)))
    users = list(readers) or [u.id for u in places.members(row.municipality_id, *READS, today=by.today)]
    reading.lend(row.signal, users, by=by, why=Check(row.check_kind).label, about_id=row.id, until=until)


def remind(*, by: Acting, check: PrivacyCheck) -> list[User]:
    """Ask again for advice or decision, without content; reading is lent anew when it had run out.

    Returns who is asked; the caller queues the notice. Raises Refused when it was decided.
    """
    demand(check.signal, by, Event.ASK_CHECK)
    if check.outcomes.exists():
        _refuse(gettext_noop("Over deze toets is al besloten."), "decided")
    role = Role.PROCESS_OWNER if check.advices.exists() else Role.PRIVACY_OFFICER
    waiting = list(places.members(check.municipality_id, role, today=by.today))
    if not check.signal.sealed:
        _lend(check, (), by=by)
    tell(check.signal, by=by, kind="check.remind", ids=(check.id,), check=check.check_kind, role=role.value)
    return waiting


def advise(
    *,
    by: Acting,
    check: PrivacyCheck,
    positive: bool,
    advice: str,
    sources: Sequence[str] = (),
    facts: Sequence[UUID] = (),
) -> PrivacyAdvice:
    """The privacy officer's advice; also afterwards, to confirm a stand-in's word. Raises Refused."""
    kind, signal = Check(check.check_kind), check.signal
    demand(signal, by, Event.ADVISE_CHECK, check=kind, reason=advice)
    decided = check.outcomes.first()
    if decided and not _open_to_confirm(decided, check):
        _refuse(gettext_noop("Over deze toets is al besloten."), "decided")
    row = PrivacyAdvice.objects.create(
        municipality_id=check.municipality_id,
        key_id=check.key_id,
        check_asked=check,
        signal=signal,
        positive=positive,
        advice=advice,
        sources=[name for name in check.sources if positive and name in sources],
        observation_ids=[fact for fact in check.observation_ids if positive and fact in facts],
        by=by.person,
        at=by.at,
    )
    tell(signal, by=by, kind="check.advise", ids=(check.id,), check=kind.value, positive=positive)
    if decided:
        _confirmed(check, decided, row, by=by)
    return row


def _open_to_confirm(decided: PrivacyDecision, check: PrivacyCheck) -> bool:
    return decided.without_advice and not check.advices.exists()


def _confirmed(check: PrivacyCheck, decided: PrivacyDecision, advice: PrivacyAdvice, *, by: Acting) -> None:
    """A stand-in's word confirmed or not: what was released goes on, or is taken back; the FG sees a no."""
    if check.recipient:
        withdraw(by=by, signal=check.signal, recipient=Recipient(check.recipient))
        if advice.positive and decided.allowed:
            release(by=by, check=check, ids=decided.observation_ids)
    if advice.positive != decided.allowed:
        _show_fg(check, by=by)
    reading.take_back(check.signal, by=by, about_id=check.id)


@dataclass(frozen=True)
class Settled:
    """A decision on a check with what the matrix then said of each fact."""

    decision: PrivacyDecision
    judged: tuple[Judged, ...] = ()


def settle(
    *,
    by: Acting,
    check: PrivacyCheck,
    allowed: bool,
    reason: str,
    sources: Sequence[str] = (),
    facts: Sequence[UUID] = (),
    stand_in: str = "",
) -> Settled:
    """The process owner's decision; on a yes for 2A or 2B the facts are released, as far as the matrix allows.

    `stand_in` names who advised by word of mouth when no adviser could be reached; a privacy officer confirms it
    by the next working day, or it stops counting. Raises Refused; Conflict when somebody decided meanwhile.
    """
    kind, signal, advice = Check(check.check_kind), check.signal, check.advices.last()
    by_word = bool(stand_in.strip()) and advice is None
    demand(signal, by, Event.DECIDE_CHECK, check=kind, reason=reason, advised=by_word)
    if advice is None and not by_word:
        _refuse(gettext_noop("De privacyadviseur adviseert eerst, daarna besluit de proceseigenaar."), "advice", READS)
    kept_sources = [name for name in check.sources if allowed and name in sources]
    kept_facts = [fact for fact in check.observation_ids if allowed and fact in facts]
    if allowed and not (kept_sources or kept_facts):
        _refuse(gettext_noop("Kies waarvoor het mag, of besluit dat het niet mag."), "nothing")
    departs = advice is not None and _departs(advice, allowed, kept_sources, kept_facts)
    row = _decided(
        check,
        by=by,
        allowed=allowed,
        reason=reason,
        sources=kept_sources,
        observation_ids=kept_facts,
        departs=departs,
        without_advice=by_word,
        stand_in=stand_in.strip() if by_word else "",
        confirm_by=terms_of(signal.municipality_id).due_for(CONFIRM_ADVICE, by.today) if by_word else None,
    )
    tell(signal, by=by, kind="check.decide", ids=(check.id,), check=kind.value, allowed=allowed, departs=departs)
    judged = _follow(check, row, by=by)
    if departs:
        _show_fg(check, by=by)
    if not by_word:
        reading.take_back(signal, by=by, about_id=check.id)
    return Settled(row, tuple(judged))


def _departs(advice: PrivacyAdvice, allowed: bool, sources: Sequence[str], facts: Sequence[UUID]) -> bool:
    """Whether the decision goes beyond or against the advice."""
    more = set(sources) - set(advice.sources) or set(facts) - set(advice.observation_ids)
    return allowed != advice.positive or bool(more)


def _decided(check: PrivacyCheck, *, by: Acting, **told: object) -> PrivacyDecision:
    try:
        with transaction.atomic():
            return PrivacyDecision.objects.create(
                municipality_id=check.municipality_id,
                key_id=check.key_id,
                check_asked=check,
                signal=check.signal,
                by=by.person,
                at=by.at,
                **told,
            )
    except IntegrityError:
        raise Conflict(check.signal_id) from None


def _follow(check: PrivacyCheck, row: PrivacyDecision, *, by: Acting) -> list[Judged]:
    """A yes releases, a no takes back what an earlier yes released."""
    if not check.recipient:
        return []
    if not row.allowed:
        withdraw(by=by, signal=check.signal, recipient=Recipient(check.recipient))
        return []
    until = days.end_of(row.confirm_by) if row.confirm_by else None
    return release(by=by, check=check, ids=row.observation_ids, until=until)


def _show_fg(check: PrivacyCheck, *, by: Acting) -> None:
    """Departing from the advice is shown to the FG, who may read the file for a while (domain rules §3)."""
    until = days.end_of(terms_of(check.municipality_id).due_for(SUPERVISION, by.today))
    fgs = [user.id for user in places.members(check.municipality_id, Role.FG, today=by.today)]
    why = gettext_noop("Besluit wijkt af van het advies van de privacyadviseur")
    reading.lend(check.signal, fgs, by=by, why=why, about_id=check.signal_id, until=until)


def open_sources(signal: Signal, by: Acting) -> dict[str, UUID]:
    """The sources that may be asked in this round, each with the check that opened it."""
    rows = PrivacyDecision.objects.filter(signal=signal, check_asked__round=signal.round)
    opened: dict[str, UUID] = {}
    for row in rows.filter(check_asked__check_kind=Check.ONE).select_related("check_asked").order_by("at"):
        for name in row.check_asked.sources:
            opened.pop(name, None)
            if name in row.sources and counts(row, by.today):
                opened[name] = row.check_asked_id
    return opened


def nobody_there(signal: Signal, by: Acting) -> Verdict | None:
    """The refusal while there is no privacy officer and no stand-in; None when there is somebody."""
    if places.members(signal.municipality_id, Role.PRIVACY_OFFICER, today=by.today).exists():
        return None
    reason = gettext_noop("Er is nu geen privacyadviseur of vervanger. Bronnen en delen blijven dicht.")
    return no(reason, _GROUND, "check.nobody", (Role.PROCESS_OWNER,))
