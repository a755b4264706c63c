"""Reading one signal from the tables into the `Situation` that the gates look at."""

from __future__ import annotations

from meldroute.domain.roles import Duty
from meldroute.domain.route import Answer, Checked, Decision, Situation, Weighed
from meldroute.domain.vocabulary import (
    Category,
    Check,
    NoFeedback,
    Outcome,
    Question,
    Recipient,
    Role,
    State,
    Weighing,
)
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.sources.models import Hit, Query

from .models import Feedback, FeedbackKind, Observation, PrivacyCheck, PrivacyDecision, Signal, TaskState
from .repeats import is_repeat


def situation_of(signal: Signal, by: Acting) -> Situation:
    """Everything a decision on `signal` by `by` rests on."""
    answered = _answered(signal)
    given, reason = _feedback(signal)
    return Situation(
        state=State(signal.state),
        round=signal.round,
        origin=State(signal.held_from) if signal.held_from else None,
        outcome=Outcome(signal.outcome) if signal.outcome else None,
        urgency_asked=signal.urgency_asked,
        weighed={weighing: answered[weighing.value] for weighing in Weighing if weighing.value in answered},
        repeat_within_year=is_repeat(signal),
        weighed_again=answered.get(Question.AGAIN.value),
        concrete=answered.get(Question.CONCRETE.value),
        strong_enough=answered.get(Question.STRONG_ENOUGH.value),
        integral_interest=answered.get(Question.INTEGRAL_INTEREST.value),
        checks=_checks(signal),
        advised=_advised(signal),
        adviser_present=places.members(signal.municipality_id, Role.PRIVACY_OFFICER, today=by.today).exists(),
        hits=frozenset(Query.objects.filter(signal_id=signal.id, hit=Hit.HIT).values_list("source", flat=True)),
        findings_recorded=_findings(signal),
        open_tasks=signal.tasks.filter(state=TaskState.OPEN).count(),
        feedback_given=given,
        no_feedback=reason,
        duties=duties_of(signal, by),
        integrity=signal.sealed,
    )


def duties_of(signal: Signal, by: Acting) -> frozenset[Duty]:
    """What the person acting already has done on this signal."""
    me = by.user_id
    if me is None:
        return frozenset()
    held = {
        Duty.REPORTER: signal.reporters.filter(user_id=me).exists(),
        Duty.HANDLER: signal.handler_id == me or signal.weighings.filter(by=me).exists(),
        Duty.ADVISER: signal.checks.filter(advices__by=me).exists(),
        Duty.DECIDER: signal.checks.filter(outcomes__by=me).exists(),
    }
    return frozenset(duty for duty, holds in held.items() if holds)


def _answered(signal: Signal) -> dict[str, Weighed]:
    rows = signal.weighings.filter(round=signal.round).order_by("at")
    return {row.weighing: Weighed(Answer(row.answer), row.reason, row.round, opens=row.opens) for row in rows}


def _checks(signal: Signal) -> tuple[Checked, ...]:
    rows = PrivacyDecision.objects.filter(signal=signal).select_related("check_asked").order_by("at")
    return tuple(
        Checked(
            Check(row.check_asked.check_kind),
            row.allowed,
            row.check_asked.round,
            frozenset(row.sources),
            frozenset({Recipient(row.check_asked.recipient)} if row.check_asked.recipient else ()),
        )
        for row in rows
    )


def _advised(signal: Signal) -> frozenset[Check]:
    asked = PrivacyCheck.objects.filter(signal=signal, round=signal.round, outcomes__isnull=True)
    return frozenset(Check(kind) for kind in asked.filter(advices__isnull=False).values_list("check_kind", flat=True))


def _findings(signal: Signal) -> bool:
    last = signal.decisions.filter(round=signal.round, decision=Decision.INSPECTION).order_by("-at").first()
    if last is None:
        return False
    return Observation.objects.filter(signal=signal, category=Category.FINDING, at__gte=last.at).exists()


def _feedback(signal: Signal) -> tuple[bool, NoFeedback | None]:
    owed = list(Feedback.objects.filter(signal=signal, round=signal.round, kind=FeedbackKind.FEEDBACK))
    if not owed:
        return False, NoFeedback.ANONYMOUS
    if any(not row.given_at and not row.none_because for row in owed):
        return False, None
    reasons = [NoFeedback(row.none_because) for row in owed if row.none_because]
    return len(reasons) < len(owed), reasons[0] if reasons else None
