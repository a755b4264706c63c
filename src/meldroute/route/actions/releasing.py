"""Releasing facts: only what `domain.sharing.evaluate` allows on the municipality's own matrix, until a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from meldroute.domain import days
from meldroute.domain.route import Event, step_shown
from meldroute.domain.sharing import Ask, Kind, Matrix, SharingVerdict, evaluate
from meldroute.domain.terms import RELEASE
from meldroute.domain.vocabulary import Category, Check, Purpose, Recipient, State
from meldroute.journal.acting import Acting
from meldroute.sharing.models import Release

from ..models import Observation, PrivacyCheck, Signal
from ..policies import matrix_of
from ..situation import checks_of, demand
from ..terms import terms_of
from .facts import current, provision_of
from .timeline import tell

TABLES = {Recipient.SIGNALENOVERLEG: 4, Recipient.LOO: 5}


@dataclass(frozen=True)
class Judged:
    """One fact with what the matrix says; `release` is there once it was released."""

    fact: Observation
    verdict: SharingVerdict
    pseudonymised: bool = False
    release: Release | None = None


def step_of(signal: Signal, recipient: Recipient | None = None) -> int:
    """The step of the plan that sharing belongs to: that of the table, else where the signal is."""
    origin = State(signal.held_from) if signal.held_from else None
    return TABLES.get(recipient, 0) if recipient in TABLES else step_shown(State(signal.state), origin)


def allowed_checks(signal: Signal, recipient: Recipient, by: Acting) -> frozenset[Check]:
    """The checks that allowed this recipient in the present round."""
    decided = checks_of(signal, by.today)
    return frozenset(c.check for c in decided if c.allowed and c.round == signal.round and recipient in c.recipients)


def judge(
    signal: Signal,
    facts: Iterable[Observation],
    *,
    recipient: Recipient,
    purpose: Purpose,
    checks: frozenset[Check],
    pseudonymised: bool = False,
) -> list[Judged]:
    """What the matrix says of each fact for this recipient and purpose, now."""
    matrix, _ = matrix_of(signal.municipality_id)
    step = step_of(signal, recipient)
    asked = Ask(recipient=recipient, category=Category.STATUS, purpose=purpose, step=step, checks=checks)
    return [_judge(matrix, asked, fact, pseudonymised) for fact in facts]


def _judge(matrix: Matrix, asked: Ask, fact: Observation, pseudonymised: bool) -> Judged:
    """With the name first; without it only where the matrix wants that and the asker says no name is in it."""
    ask = replace(asked, category=Category(fact.category), provision=provision_of(fact))
    verdict = evaluate(matrix, ask)
    if verdict or not pseudonymised:
        return Judged(fact, verdict)
    without = evaluate(matrix, replace(ask, pseudonymised=True))
    return Judged(fact, without, pseudonymised=bool(without) and without.kind is Kind.PSEUDONYMISED)


def chosen(signal: Signal, ids: Sequence[UUID]) -> QuerySet[Observation]:
    """The observations of this signal among `ids` that still stand (not corrected)."""
    return current(signal).filter(id__in=ids)


def release(
    *,
    by: Acting,
    check: PrivacyCheck,
    ids: Sequence[UUID],
    until: datetime | None = None,
    meeting_id: UUID | None = None,
) -> list[Judged]:
    """Release what the matrix allows of the facts of a decided check; the rest comes back with its reason."""
    signal, recipient, purpose = check.signal, Recipient(check.recipient), Purpose(check.purpose)
    judged = judge(
        signal,
        chosen(signal, ids),
        recipient=recipient,
        purpose=purpose,
        checks=allowed_checks(signal, recipient, by),
        pseudonymised=check.pseudonymised,
    )
    until = until or days.end_of(terms_of(signal.municipality_id).due_for(RELEASE, by.today))
    _, version = matrix_of(signal.municipality_id)
    made = [
        replace(one, release=_released(one, check, by, until, meeting_id, version)) if one.verdict else one
        for one in judged
    ]
    told = [one for one in made if one.release]
    if told:
        facts = [one.fact.id for one in told]
        tell(signal, by=by, kind="signal.release_facts", ids=tuple(facts), to=recipient.value, count=len(told))
    return made


def _released(
    one: Judged, check: PrivacyCheck, by: Acting, until: datetime, meeting_id: UUID | None, version: int
) -> Release:
    return Release.objects.create(
        municipality_id=check.municipality_id,
        signal_id=check.signal_id,
        observation_id=one.fact.id,
        recipient=check.recipient,
        purpose=check.purpose,
        meeting_id=meeting_id,
        check_id=check.id,
        row=one.verdict.row,
        policy_version=version,
        ground=one.verdict.ground,
        pseudonymised=one.pseudonymised,
        by=by.person,
        at=by.at,
        until=until,
    )


def live(signal: Signal, recipient: Recipient, by: Acting) -> QuerySet[Release]:
    """The releases to this kind of recipient that count now."""
    return Release.objects.filter(signal_id=signal.id, recipient=recipient, withdrawn_at__isnull=True, until__gt=by.at)


def for_meeting(*, by: Acting, signal: Signal, recipient: Recipient, meeting_id: UUID, until: datetime) -> list[Judged]:
    """Release for one meeting what was released for its kind: asked again of the matrix, until its window ends.

    For whoever makes an agenda. Raises Refused while the checks for this table are not there.
    """
    demand(signal, by, Event.RELEASE_FACTS, recipient=recipient)
    known = live(signal, recipient, by)
    already = set(known.filter(meeting_id=meeting_id).values_list("observation_id", flat=True))
    checks = {row.id: row for row in signal.checks.filter(round=signal.round, recipient=recipient)}
    facts: dict[UUID, set[UUID]] = {}
    for row in known.filter(meeting_id__isnull=True).exclude(observation_id__in=already):
        facts.setdefault(row.check_id, set()).add(row.observation_id)
    judged: list[Judged] = []
    for check_id, ids in facts.items():
        if check_id in checks:
            fresh = sorted(ids - {one.fact.id for one in judged})
            judged += release(by=by, check=checks[check_id], ids=fresh, until=until, meeting_id=meeting_id)
    return judged


def withdraw(*, by: Acting, signal: Signal, recipient: Recipient) -> int:
    """Take back every release to this kind of recipient; the number taken back."""
    count = live(signal, recipient, by).update(withdrawn_at=by.at)
    if count:
        tell(signal, by=by, kind="signal.withdraw_facts", to=recipient.value, count=count)
    return count
