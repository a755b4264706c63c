"""Taking a decision: the gates first, then one conditional update, then what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import F

from meldroute.domain.route import Decision as D
from meldroute.domain.route import Given, Step, advance
from meldroute.domain.vocabulary import Category, Purpose, State
from meldroute.journal.acting import Acting
from meldroute.sharing.models import Disclosure, Release

from ..conflict import Conflict
from ..models import (
    Decision,
    Feedback,
    FeedbackKind,
    HandOver,
    Hold,
    Observation,
    Signal,
    Task,
    TaskKind,
)
from ..situation import situation_of
from ..terms import terms_of
from .timeline import tell

TASKS = {D.INSPECTION: TaskKind.INSPECT, D.MORE_INFORMATION: TaskKind.OBSERVE}


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
    corrects: Decision | None = None,
) -> Decision:
    """Decide on `signal` as it was at `version`.

    Raises: domain.verdict.Refused with the reason; Conflict when somebody else changed it meanwhile.
    """
    given = given or Given()
    step = advance(
        situation_of(signal, by), decision, roles=by.roles, today=by.today, terms=terms_of(by.place), given=given
    )
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
        organisation_id=organisation_id,
        corrects=corrects,
        meeting_id=meeting_id,
        by=by.user_id,
        at=by.at,
    )
    follow(signal, step, made, given, by=by, place=place)
    tell(signal, by=by, kind=step.act, decision=str(made.id), to=step.to.value)
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
        Task.objects.create(
            municipality_id=signal.municipality_id,
            key_id=signal.key_id,
            signal=signal,
            kind=TASKS.get(step.decision, TaskKind.ACTION),
            question=given.follow_up.task,
            place=place,
            assignee_id=UUID(given.follow_up.owner),
            due_on=given.follow_up.on,
            meeting_id=made.meeting_id,
            by=by.person,
            at=by.at,
        )
    if given.recipient is not None:
        hand_over_row(signal, made, given, by=by)
    if step.to is State.ON_HOLD:
        _hold(signal, given, by=by)
    if step.from_state is State.ON_HOLD and step.to is not State.ON_HOLD:
        signal.holds.filter(ended_at__isnull=True).update(ended_at=by.at)
    if step.to is State.FEEDBACK_DUE and step.from_state is not State.ON_HOLD:
        owe_feedback(signal, step, by=by)


def hand_over_row(signal: Signal, made: Decision, given: Given, *, by: Acting) -> HandOver:
    """Record what goes to another authority with a decision: only facts released for that recipient."""
    assert given.recipient is not None
    released = Release.objects.filter(
        signal_id=signal.id, recipient=given.recipient, withdrawn_at__isnull=True, until__gt=by.at
    )
    facts = sorted(set(released.values_list("observation_id", flat=True)))
    row = HandOver.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        recipient=given.recipient,
        organisation_id=made.organisation_id,
        observation_ids=facts,
        reason=given.reason,
        how="decision",
        by=by.person,
        at=by.at,
    )
    disclose(
        signal,
        facts,
        row,
        purpose=Purpose.HAND_OVER,
        ground="; ".join(sorted(set(released.values_list("ground", flat=True)))),
        by=by,
    )
    return row


def disclose(
    signal: Signal, facts: Sequence[UUID], row: HandOver, *, purpose: Purpose, ground: str, by: Acting
) -> Disclosure:
    """Enter a hand-over in the register of disclosures."""
    categories = Observation.objects.filter(id__in=facts).values_list("category", flat=True)
    return Disclosure.objects.create(
        municipality_id=signal.municipality_id,
        signal_id=signal.id,
        observation_ids=list(facts),
        categories=sorted({Category(name).value for name in categories}),
        recipient=row.recipient,
        organisation_id=row.organisation_id,
        purpose=purpose,
        ground=ground,
        row="",
        how=row.how,
        about="route.HandOver",
        about_id=row.id,
        by=by.user_id,
        at=by.at,
    )


def _hold(signal: Signal, given: Given, *, by: Acting) -> None:
    asked_by = given.requested_by
    open_hold = signal.holds.filter(ended_at__isnull=True).first()
    if open_hold is not None:
        open_hold.ended_at = by.at
        open_hold.save(update_fields=["ended_at"])
        asked_by = asked_by or open_hold.asked_by
    assert given.review_on is not None
    Hold.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        asked_by=asked_by,
        reason=given.reason,
        review_on=given.review_on,
        started_at=by.at,
    )


def owe_feedback(signal: Signal, step: Step, *, by: Acting) -> None:
    """Every reporter of the signal is owed feedback in this round, due with the state."""
    for reporter in signal.reporters.all():
        Feedback.objects.get_or_create(
            reporter=reporter,
            kind=FeedbackKind.FEEDBACK,
            round=step.round,
            defaults={
                "municipality_id": signal.municipality_id,
                "key_id": signal.key_id,
                "signal": signal,
                "due_on": step.due or by.today,
            },
        )
