"""Reading one signal from the tables into the `Situation` that the gates look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db.models import Q

from meldroute.domain.roles import Duty
from meldroute.domain.route import Answer, Checked, Decision, Event, Situation, Weighed, may
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no, require
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
from meldroute.post.models import Delivery, Outgoing
from meldroute.sources.models import Hit, Query

from .models import (
    Feedback,
    FeedbackKind,
    Observation,
    PrivacyAdvice,
    PrivacyCheck,
    PrivacyDecision,
    Signal,
    TaskKind,
    TaskState,
)
from .repeats import is_repeat
from .visible import knows_somebody


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
        checks=checks_of(signal, by.today),
        advised=_advised(signal),
        adviser_present=places.members(signal.municipality_id, Role.PRIVACY_OFFICER, today=by.today).exists(),
        hits=frozenset(Query.objects.filter(signal_id=signal.id, hit=Hit.HIT).values_list("source", flat=True)),
        findings_recorded=_findings(signal),
        open_tasks=signal.tasks.filter(state=TaskState.OPEN).count(),
        feedback_given=given,
        no_feedback=reason,
        duties=duties_of(signal, by),
        integrity=signal.sealed,
        knows_somebody=knows_somebody(signal, by),
    )


def demand(
    signal: Signal,
    by: Acting,
    what: Event,
    *,
    reason: str = "stated",
    recipient: Recipient | None = None,
    source: str = "",
    check: Check | None = None,
    advised: bool = False,
) -> Situation:
    """The situation, when this event may happen now. Raises Refused; an empty `reason` is refused too.

    `advised` counts the advice on `check` as given (a stand-in's, by word of mouth).
    """
    situation = situation_of(signal, by)
    if advised and check is not None:
        situation = replace(situation, advised=situation.advised | {check})
    verdict = may(situation, what, by.roles, recipient=recipient, source=source, check=check)
    require(verdict)
    if not reason.strip():
        raise Refused(no(gettext_noop("Schrijf op waarom."), "domain rules §2", "need.reason"))
    return situation


def duties_of(signal: Signal, by: Acting) -> frozenset[Duty]:
    """What the person acting already has done on this signal."""
    me = by.user_id
    if me is None:
        return frozenset()
    held = {
        Duty.REPORTER: signal.reporters.filter(user_id=me).exists(),
        Duty.HANDLER: signal.handler_id == me or signal.weighings.filter(by=me).exists(),
        Duty.ADVISER: PrivacyAdvice.objects.filter(signal=signal, by=me).exists(),
        Duty.DECIDER: PrivacyDecision.objects.filter(signal=signal, by=me).exists(),
    }
    return frozenset(duty for duty, holds in held.items() if holds)


def _answered(signal: Signal) -> dict[str, Weighed]:
    rows = signal.weighings.filter(round=signal.round).order_by("at")
    return {row.weighing: Weighed(Answer(row.answer), row.reason, row.round, opens=row.opens) for row in rows}


def checks_of(signal: Signal, today: date) -> tuple[Checked, ...]:
    """The decided checks; the latest on a source or a recipient takes the place of an earlier one."""
    rows = PrivacyDecision.objects.filter(signal=signal).select_related("check_asked")
    latest: dict[tuple[str, int, str], Checked] = {}
    for row in rows.prefetch_related("check_asked__advices").order_by("at"):
        for checked in _checked(row, counts(row, today)):
            about = next(iter(checked.sources), "") + next(iter(checked.recipients), "")
            latest[checked.check.value, checked.round, about] = checked
    return tuple(latest.values())


def _checked(row: PrivacyDecision, allowed: bool) -> list[Checked]:
    """One decision, a line per source (check 1) or one for its recipient."""
    asked = row.check_asked
    check = Check(asked.check_kind)
    if check is not Check.ONE:
        return [Checked(check, allowed, asked.round, recipients=frozenset({Recipient(asked.recipient)}))]
    open_sources = set(row.sources) if allowed else set()
    return [Checked(check, name in open_sources, asked.round, frozenset({name})) for name in sorted(asked.sources)]


def counts(row: PrivacyDecision, today: date) -> bool:
    """Whether a decision opens anything: allowed, and if a stand-in advised by word of mouth, confirmed in time."""
    if not row.allowed or not row.without_advice or row.confirm_by is None:
        return row.allowed
    advices = list(row.check_asked.advices.all())
    return advices[-1].positive if advices else today <= row.confirm_by


def _advised(signal: Signal) -> frozenset[Check]:
    asked = PrivacyCheck.objects.filter(signal=signal, round=signal.round, outcomes__isnull=True)
    return frozenset(Check(kind) for kind in asked.filter(advices__isnull=False).values_list("check_kind", flat=True))


def _findings(signal: Signal) -> bool:
    last = signal.decisions.filter(round=signal.round, decision=Decision.INSPECTION).order_by("-at").first()
    if last is None:
        return False
    inspections = dict(signal.tasks.filter(kind=TaskKind.INSPECT, at__gte=last.at).values_list("id", "state"))
    if TaskState.OPEN in inspections.values():
        return False
    found = Q(category=Category.FINDING) | Q(task_id__in=list(inspections))
    return Observation.objects.filter(found, signal=signal, at__gte=last.at).exists()


def _feedback(signal: Signal) -> tuple[bool, NoFeedback | None]:
    owed = list(Feedback.objects.filter(signal=signal, round=signal.round, kind=FeedbackKind.FEEDBACK))
    if not owed:
        return False, NoFeedback.ANONYMOUS
    if any(not row.given_at and not row.none_because for row in owed) or _lost(owed):
        return False, None
    reasons = [NoFeedback(row.none_because) for row in owed if row.none_because]
    return len(reasons) < len(owed), reasons[0] if reasons else None


def _lost(words: list[Feedback]) -> bool:
    """Whether the mail of one of these was refused: who did not hear, was not told."""
    ids = [row.outgoing_id for row in words if row.outgoing_id]
    return bool(ids) and Outgoing.objects.filter(id__in=ids, state=Delivery.FAILED).exists()
