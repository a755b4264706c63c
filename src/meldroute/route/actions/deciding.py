"""Taking a decision: the gates first, then one conditional update, then what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F

from meldroute.domain.route import TRANSITIONS, Given, Situation, Step, advance, options
from meldroute.domain.route import Decision as D
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, require, yes
from meldroute.domain.vocabulary import Outcome, Recipient, State
from meldroute.journal.acting import Acting

from ..conflict import Conflict
from ..models import Decision, Feedback, FeedbackKind, Hold, Signal, TaskKind, TaskState
from ..searchable import keep_words, of_decision
from ..situation import situation_of
from ..terms import terms_of
from .handing_over import with_decision
from .tasks import Wanted, add
from .timeline import tell

TASKS = {D.INSPECTION: TaskKind.INSPECT, D.MORE_INFORMATION: TaskKind.OBSERVE}
HANDED_OVER = frozenset({D.RIEC_CASE, D.POLICE_CASE})


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What a decision is taken with, beside what the route asks: the meeting, the partner, the place to visit."""

    meeting_id: UUID | None = None
    organisation_id: UUID | None = None
    place: str = ""


def decide(
    *,
    by: Acting,
    signal: Signal,
    version: int,
    decision: D,
    given: Given | None = None,
    meeting_id: UUID | None = None,
    organisation_id: UUID | None = None,
    place: str = "",
) -> Decision:
    """Decide on `signal` as it was at `version`.

    Raises: domain.verdict.Refused with the reason; Conflict when somebody else changed it meanwhile.
    """
    beside = Beside(meeting_id=meeting_id, organisation_id=organisation_id, place=place)
    return _take(signal, situation_of(signal, by), decision, given or Given(), beside, version=version, by=by)


def correct(
    *,
    by: Acting,
    signal: Signal,
    version: int,
    old: Decision,
    decision: D,
    given: Given | None = None,
    organisation_id: UUID | None = None,
    place: str = "",
) -> Decision:
    """Decide anew what `old` decided, from the state it was taken in and behind the same gates.

    Only the latest decision can be corrected; it stays readable and the new one names it. Raises: Refused, Conflict.
    """
    verdict = may_correct(signal, old)
    require(verdict)
    situation = before(signal, old, by)
    beside = Beside(meeting_id=old.meeting_id, organisation_id=organisation_id, place=place)
    _undo(signal, old, by=by)
    return _take(signal, situation, decision, given or Given(), beside, version=version, by=by, corrects=old)


def may_correct(signal: Signal, old: Decision) -> Verdict:
    """Whether `old` is the decision that the signal's present state rests on."""
    later = signal.decisions.filter(at__gt=old.at).exists() or old.corrected_by.exists()
    if not later and old.to_state == signal.state:
        return yes()
    reason = gettext_noop("Alleen het laatste besluit kan worden hersteld. Neem anders een nieuw besluit.")
    return no(reason, "domain rules §2", "decision.latest")


def before(signal: Signal, old: Decision, by: Acting) -> Situation:
    """The situation that `old` was taken in, with what is known now."""
    was = State(old.from_state)
    earlier = signal.decisions.filter(at__lt=old.at).exclude(id=old.id).order_by("-at").first()
    return replace(
        situation_of(signal, by),
        state=was,
        round=signal.round - (old.decision == D.REOPEN),
        origin=_origin_before(signal, old) if was is State.ON_HOLD else None,
        outcome=Outcome(earlier.outcome) if earlier and earlier.outcome else None,
    )


def _origin_before(signal: Signal, old: Decision) -> State:
    """Where a signal on hold came from, before `old` kept or released it."""
    held = signal.decisions.filter(decision=D.HOLD, at__lt=old.at).order_by("-at").first()
    return State(held.from_state if held else old.to_state)


def _undo(signal: Signal, old: Decision, *, by: Acting) -> None:
    """What the old decision brought and is not needed now: its open tasks, its hold. What went out stays out."""
    old.tasks.filter(state=TaskState.OPEN).update(state=TaskState.WITHDRAWN, withdrawn_at=by.at)
    if old.to_state == State.ON_HOLD:
        signal.holds.filter(ended_at__isnull=True).update(ended_at=by.at)


def choices(signal: Signal, by: Acting) -> Sequence[tuple[D, Verdict]]:
    """Every decision of the state, possible or not, each with its verdict."""
    return options(situation_of(signal, by), by.roles)


def _take(
    signal: Signal,
    situation: Situation,
    decision: D,
    given: Given,
    beside: Beside,
    *,
    version: int,
    by: Acting,
    corrects: Decision | None = None,
) -> Decision:
    step = advance(situation, decision, roles=by.roles, today=by.today, terms=terms_of(by.place), given=given)
    move(signal, step, version=version, by=by)
    made = Decision.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        round=step.round,
        from_state=step.from_state,
        to_state=step.to,
        decision=decision,
        outcome=step.outcome or "",
        reason=given.reason,
        recipient=given.recipient or "",
        organisation_id=beside.organisation_id,
        corrects=corrects,
        meeting_id=beside.meeting_id,
        by=by.user_id,
        at=by.at,
    )
    keep_words(signal, of_decision(made), by=by)
    follow(signal, step, made, given, by=by, place=beside.place)
    old = str(corrects.id) if corrects else ""
    tell(signal, by=by, kind=step.act, decision=str(made.id), to=step.to.value, corrects=old)
    return made


def move(signal: Signal, step: Step, *, version: int, by: Acting) -> None:
    """The one conditional update; `signal` is brought up to date in memory too. Raises Conflict."""
    changes: dict[str, Any] = {
        "state": step.to.value,
        "outcome": step.outcome.value if step.outcome else "",
        "held_from": step.origin.value if step.origin else "",
        "round": step.round,
        "due_on": step.due,
        "state_since": by.at,
        "closed_at": by.at if step.to is State.CLOSED else None,
    }
    if step.decision is D.REGISTER:
        changes |= {"registered_at": by.at, "handler_id": by.user_id}
    if step.outcome and step.outcome != signal.outcome:
        changes["outcome_at"] = by.at
    same = Signal.objects.filter(id=signal.id, version=version)
    if not same.update(version=F("version") + 1, **changes):
        raise Conflict(signal.id)
    for name, value in changes.items():
        setattr(signal, name, value)
    signal.version = version + 1


def follow(signal: Signal, step: Step, made: Decision, given: Given, *, by: Acting, place: str = "") -> None:
    """What a decision brings with it: a task, a hand-over, a hold, feedback owed."""
    if given.follow_up is not None:
        wanted = Wanted(
            kind=TASKS.get(step.decision, TaskKind.ACTION),
            question=given.follow_up.task,
            assignee=UUID(given.follow_up.owner),
            due_on=given.follow_up.on,
            place=place,
        )
        add(by=by, signal=signal, wanted=wanted, decision=made)
    recipient = _goes_to(step, given)
    if recipient is not None:
        with_decision(signal, made, recipient, reason=given.reason, by=by)
    if step.to is State.ON_HOLD:
        _hold(signal, given, by=by)
    if step.from_state is State.ON_HOLD and step.to is not State.ON_HOLD:
        signal.holds.filter(ended_at__isnull=True).update(ended_at=by.at)
    if step.to is State.FEEDBACK_DUE and step.from_state is not State.ON_HOLD:
        owe_feedback(signal, step.round, step.due or by.today)


def _goes_to(step: Step, given: Given) -> Recipient | None:
    """Who receives facts with this decision: the one chosen, or the one that the decision itself names."""
    if given.recipient is not None or step.decision not in HANDED_OVER:
        return given.recipient
    return next(iter(TRANSITIONS[step.from_state, step.decision].recipients), None)


def _hold(signal: Signal, given: Given, *, by: Acting) -> None:
    """A new period on hold; who asked stays the same unless somebody else is named."""
    last = signal.holds.order_by("-started_at").first()
    signal.holds.filter(ended_at__isnull=True).update(ended_at=by.at)
    assert given.review_on is not None
    Hold.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        asked_by=given.requested_by or (last.asked_by if last else ""),
        reason=given.reason,
        review_on=given.review_on,
        started_at=by.at,
    )


def owe_feedback(signal: Signal, round_number: int, due_on: date) -> None:
    """Every reporter of the signal is owed feedback in this round, by this day."""
    for reporter in signal.reporters.all():
        owed, made = Feedback.objects.get_or_create(
            reporter=reporter,
            kind=FeedbackKind.FEEDBACK,
            round=round_number,
            defaults={
                "municipality_id": signal.municipality_id,
                "key_id": signal.key_id,
                "signal": signal,
                "due_on": due_on,
            },
        )
        if not made and owed.given_at is None and owed.due_on != due_on:
            Feedback.objects.filter(id=owed.id).update(due_on=due_on)
