"""The whole table of the route through the real actions and the real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product
from uuid import UUID

import pytest
from django.db import transaction

from authorisation.asking import undone
from meldroute.domain.route import TRANSITIONS, Decision, FollowUp, Gate, Given, Need, Transition, checklist
from meldroute.domain.route.situation import Answer
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Check, Purpose, Question, Recipient, Role, State, Weighing
from meldroute.journal.acting import Acting
from meldroute.people.unit import unit
from meldroute.route.actions import answering, deciding, tasks
from meldroute.route.models import Feedback, FeedbackKind, Lookup, PrivacyAdvice, Reporter, Signal, Task, TaskKind
from meldroute.route.situation import situation_of
from people_here import MONDAY, acting, user
from route import files

RECEIVING = {min(way.recipients) for way in TRANSITIONS.values() if way.recipients}
GATES = sorted({gate for way in TRANSITIONS.values() for gate in way.gates}, key=list(Gate).index)


class Undo(Exception):
    """Raised to roll a try back."""


def answered(signal: Signal, *, by: Acting) -> None:
    """Every weighing and question answered so that the signal may go on."""
    files.weigh(signal, [*Weighing, *Question], by=by)


def all_open() -> Signal:
    """A signal on which every gate of every decision is open, for the meldpunt that handles it."""
    with unit(acting()) as by:
        signal = files.new(by=by)
        seen = files.fact(signal, by=by)
        answered(signal, by=by)
        given = Given(reason="bespreken")
        deciding.decide(by=by, signal=signal, version=1, decision=Decision.AGENDA_WITHOUT_SOURCES, given=given)
    for table in (Recipient.SIGNALENOVERLEG, Recipient.LOO):
        files.checked(signal, Check.TWO_A, recipient=table, purpose=Purpose.DISCUSS, facts=(seen.id,))
    for recipient in sorted(RECEIVING):
        files.checked(signal, Check.TWO_B, recipient=recipient, purpose=Purpose.HAND_OVER, facts=(seen.id,))
    inspected(signal)
    return signal


def inspected(signal: Signal) -> None:
    """An inspection was decided, and its findings are in."""
    with unit(acting(at=MONDAY + timedelta(minutes=1))) as by:
        given = Given(reason="kijken", follow_up=FollowUp("Controleer", str(user("handhaver").id), by.today))
        deciding.decide(by=by, signal=signal, version=signal.version, decision=Decision.INSPECTION, given=given)
    with unit(acting("handhaver", at=MONDAY + timedelta(minutes=2))) as by:
        reply = answering.Reply(
            text="Niets gezien", capacity=answering.Capacity.SUPERVISOR, result=answering.Result.ACCESS
        )
        answering.answer(by=by, task=Task.objects.get(assignee_id=by.person, signal=signal), reply=reply, version=1)
    with unit(acting()):
        signal.refresh_from_db()


def put(signal: Signal, state: State) -> None:
    """Set the state under the table; a hold came from enriching."""
    held = State.ENRICHING if state is State.ON_HOLD else ""
    Signal.objects.filter(id=signal.id).update(state=state, held_from=held)
    signal.refresh_from_db()


def given_for(way: Transition, by: Acting) -> Given:
    """All that this decision needs."""
    return Given(
        reason="omdat het moet",
        recipient=min(way.recipients) if Need.RECIPIENT in way.needs else None,
        follow_up=FollowUp("Kijk", str(user("handhaver").id), by.today) if Need.FOLLOW_UP in way.needs else None,
        review_on=by.today + timedelta(days=30),
        requested_by="zaaksofficier",
    )


def outcome_of(signal: Signal, decision: Decision, given: Given, by: Acting, roles: frozenset[Role]) -> str:
    """The state it leads to, or the code of the refusal; nothing stays."""
    as_role = Acting(by.user_id, by.municipality_id, roles, at=by.at + timedelta(hours=1))
    held = Signal.objects.get(id=signal.id)
    try:
        with transaction.atomic():
            made = deciding.decide(by=as_role, signal=held, version=held.version, decision=decision, given=given)
            raise Undo(made.to_state)
    except Undo as undone:
        return str(undone)
    except Refused as refused:
        return refused.verdict.code


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[UUID]:
    """The id of such a signal, made once; the database is open for every test of the module."""
    with django_db_blocker.unblock(), undone():
        yield all_open().id


@pytest.fixture
def signal(opened: UUID) -> Iterator[Signal]:
    """That signal, as `all_open` left it."""
    with undone():
        with unit(acting()):
            found = Signal.objects.get(id=opened)
        yield found


def test_every_state_and_decision_with_every_role(signal: Signal) -> None:
    tried = 0
    with unit(acting(at=MONDAY + timedelta(hours=1))) as by:
        for state, decision in product(State, Decision):
            put(signal, state)
            way = TRANSITIONS.get((state, decision))
            if way is None:
                assert outcome_of(signal, decision, Given(), by, frozenset(Role)) == "route.no_way", (state, decision)
                continue
            given = given_for(way, by)
            to = State.ENRICHING if way.to == "origin" else way.to
            others = frozenset(Role) - set(way.who)
            assert outcome_of(signal, decision, given, by, others) == "route.role", (state, decision)
            for role in way.who:
                assert outcome_of(signal, decision, given, by, frozenset({role})) == to, (state, decision, role)
                tried += 1
    assert tried == sum(len(way.who) for way in TRANSITIONS.values())


def test_every_need_is_asked(signal: Signal) -> None:
    with unit(acting(at=MONDAY + timedelta(hours=1))) as by:
        for (state, decision), way in TRANSITIONS.items():
            put(signal, state)
            if not way.needs:
                continue
            asked = outcome_of(signal, decision, Given(), by, frozenset(way.who))
            assert asked == f"need.{way.needs[0].value}", (state, decision)


def _no(signal: Signal, by: Acting, *codes: Weighing | Question) -> None:
    files.weigh(signal, codes, by=by, answer=Answer.NO)


def _next_round(signal: Signal, by: Acting) -> None:
    Signal.objects.filter(id=signal.id).update(round=2)
    signal.refresh_from_db()


def _reporter(signal: Signal, by: Acting, user_id: object = None) -> Reporter:
    return Reporter.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        source_kind="official",
        user_id=user_id,
        at=by.at,
    )


def _owe(signal: Signal, by: Acting) -> None:
    Feedback.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        reporter=_reporter(signal, by),
        kind=FeedbackKind.FEEDBACK,
        round=signal.round,
        due_on=by.today,
    )


def _repeat(signal: Signal, by: Acting) -> None:
    """The same address a month before, and the question about both not answered well."""
    earlier = files.new(by=by.moved(by.at - timedelta(days=30)))
    for one in (signal, earlier):
        Lookup.objects.create(municipality_id=one.municipality_id, signal=one, kind="address", mac=b"same")
    _no(signal, by, Question.AGAIN)


def _advise(signal: Signal, by: Acting) -> None:
    asked = signal.checks.first()
    assert asked is not None
    PrivacyAdvice.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        check_asked=asked,
        signal=signal,
        positive=True,
        by=by.person,
        at=by.at,
    )


def _task(signal: Signal, by: Acting) -> None:
    put(signal, State.ENRICHING)
    wanted = tasks.Wanted(
        kind=TaskKind.OBSERVE, question="Brandt er licht?", assignee=user("handhaver").id, due_on=by.today
    )
    tasks.give(by=by, signal=signal, wanted=wanted)


CLOSE: dict[Gate, Callable[[Signal, Acting], object]] = {
    Gate.URGENCY: lambda signal, by: Signal.objects.filter(id=signal.id).update(urgency_asked=False),
    Gate.WEIGHED_FIRST: _next_round,
    Gate.TAKEN_UP: lambda signal, by: _no(signal, by, Weighing.TWO_A),
    Gate.WEIGHED_AGAIN: _repeat,
    Gate.WEIGHED_3: _next_round,
    Gate.WEIGHED_4: _next_round,
    Gate.CHECK_2A: _next_round,
    Gate.CHECK_2B: _next_round,
    Gate.CONCRETE: lambda signal, by: _no(signal, by, Question.CONCRETE),
    Gate.FINDINGS: _next_round,
    Gate.STRONG_ENOUGH: lambda signal, by: _no(signal, by, Question.STRONG_ENOUGH),
    Gate.INTEGRAL_INTEREST: lambda signal, by: _no(signal, by, Question.INTEGRAL_INTEREST),
    Gate.TASKS_DONE: _task,
    Gate.FEEDBACK: _owe,
    Gate.NOT_REPORTER: lambda signal, by: _reporter(signal, by, by.user_id),
    Gate.NOT_CHECKER: _advise,
}


def test_a_way_to_close_every_gate() -> None:
    assert set(CLOSE) == set(GATES)


def refusals(signal: Signal, gate: Gate, by: Acting) -> int:
    """Close one gate and try every decision behind it; how many were refused."""
    behind = [(key, way) for key, way in TRANSITIONS.items() if gate in way.gates]
    CLOSE[gate](signal, by)
    for (state, decision), way in behind:
        put(signal, state)
        given = given_for(way, by)
        verdicts = dict(checklist(situation_of(signal, by), decision, recipient=given.recipient))
        assert not verdicts[gate], (gate, state, decision)
        assert verdicts[gate].reason
        refused = outcome_of(signal, decision, given, by, frozenset(way.who))
        assert refused.startswith(("gate.", "apart.")), (gate, state, decision, refused)
    return len(behind)


def test_one_closed_gate_refuses_every_decision_behind_it(signal: Signal) -> None:
    tried = 0
    with unit(acting(at=MONDAY + timedelta(hours=1))) as by:
        for gate in GATES:
            with transaction.atomic():
                point = transaction.savepoint()
                tried += refusals(signal, gate, by)
                transaction.savepoint_rollback(point)
            signal.refresh_from_db()
    assert tried == sum(len(way.gates) for way in TRANSITIONS.values())
