"""Tasks, hand-overs and acute danger."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction

from meldroute.domain.route import Decision, Event, FollowUp, Given
from meldroute.domain.sharing import Provision
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Capacity, Category, Check, Purpose, Question, Recipient, State
from meldroute.people.unit import unit
from meldroute.post.models import Outgoing
from meldroute.route.actions import answering, danger, deciding, handing_over, tasks
from meldroute.route.conflict import Conflict
from meldroute.route.models import Access, Observation, Signal, Task, TaskKind, TaskState
from meldroute.sharing.models import Disclosure
from people_here import MONDAY, acting, user
from route import files

pytestmark = pytest.mark.django_db

SEEN = answering.Reply(text="Licht brandde, niemand deed open", capacity=Capacity.SUPERVISOR)
ACCESS = answering.Reply(text="Vier bedden", capacity=Capacity.SUPERVISOR, result=answering.Result.ACCESS)
FILE_TABLES = (
    "route_signal",
    "route_observation",
    "route_subject",
    "route_decision",
    "route_timelineentry",
    "route_weighinganswer",
    "route_privacycheck",
    "route_handover",
    "sources_query",
)


def given_task(kind: TaskKind = TaskKind.OBSERVE) -> tuple[Signal, Task]:
    """A signal with facts, and a task for the handhaver."""
    with unit(acting()) as by:
        signal = files.new(by=by)
        files.fact(signal, by=by)
        files.weigh(signal, files.FIRST, by=by)
        wanted = tasks.Wanted(
            kind=kind,
            question="Brandt er licht boven de winkel?",
            assignee=user("handhaver").id,
            due_on=files.in_days(by, 7),
            place="Voorbeeldstraat 1",
        )
        return signal, tasks.give(by=by, signal=signal, wanted=wanted)


def inspecting() -> tuple[Signal, Task]:
    """A signal that waits for the findings of an inspection by the handhaver."""
    with unit(acting()) as by:
        signal = files.new(by=by)
        fact = files.fact(signal, by=by)
        files.weigh(signal, [*files.FIRST, Question.CONCRETE], by=by)
        Signal.objects.filter(id=signal.id).update(state=State.IN_SIGNALENOVERLEG)
        signal.refresh_from_db()
    table = {"recipient": Recipient.SIGNALENOVERLEG, "purpose": Purpose.DISCUSS, "facts": (fact.id,)}
    files.checked(signal, Check.TWO_A, **table)
    visit = {"recipient": Recipient.ENFORCEMENT, "purpose": Purpose.INSPECT, "facts": (fact.id,)}
    files.checked(signal, Check.TWO_B, **visit)
    with unit(acting(at=MONDAY + timedelta(minutes=1))) as by:
        follow_up = FollowUp("Controleer het pand", str(user("handhaver").id), files.in_days(by, 7))
        given = Given(reason="concreet genoeg", follow_up=follow_up)
        deciding.decide(
            by=by, signal=signal, version=1, decision=Decision.INSPECTION, given=given, place="Voorbeeldstraat 1"
        )
        return signal, Task.objects.get(signal=signal)


def counts(name: str, minutes: int = 5) -> dict[str, int]:
    """How many rows of each table this person's walls show, read as the application with raw SQL."""
    found = {}
    with unit(acting(name, at=MONDAY + timedelta(minutes=minutes))), connection.cursor() as cursor:
        for table in (*FILE_TABLES, "route_task"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


def test_the_assignee_sees_the_task_and_nothing_else() -> None:
    given_task()
    seen = counts("handhaver")
    assert seen.pop("route_task") == 1
    assert set(seen.values()) == {0}
    assert counts("bwt")["route_task"] == 0


def test_an_answer_becomes_an_observation_and_leaves_the_file_closed() -> None:
    signal, task = given_task()
    with unit(acting("handhaver")) as by:
        answering.answer(by=by, task=task, reply=SEEN, version=1)
    assert set(counts("handhaver").values()) == {0, 1}
    assert counts("handhaver")["route_signal"] == 0
    with unit(acting()):
        made = Observation.objects.get(task_id=task.id)
        assert (made.text, made.capacity, made.category) == (SEEN.text, Capacity.SUPERVISOR, Category.NARRATIVE)
        assert not Access.objects.filter(signal=signal, ended_at__isnull=True).exists()
        assert Task.objects.get(id=task.id).state == TaskState.ANSWERED


def test_a_task_is_answered_once_and_by_its_assignee() -> None:
    _, task = given_task()
    with unit(acting("meldpunt")) as by, pytest.raises(Refused), transaction.atomic():
        answering.answer(by=by, task=task, reply=SEEN, version=1)
    with unit(acting("handhaver")) as by:
        answering.answer(by=by, task=task, reply=SEEN, version=1)
        with pytest.raises(Conflict), transaction.atomic():
            answering.answer(by=by, task=task, reply=SEEN, version=1)


def test_a_boa_in_investigation_names_the_ground_or_nothing_is_kept() -> None:
    _, task = given_task()
    closed = answering.Reply(text="Gezien bij onderzoek", capacity=Capacity.INVESTIGATOR)
    provided = Provision("Wpg art. 19", MONDAY.date(), "K. Jansen", "beantwoorden van een taak")
    with unit(acting("handhaver")) as by:
        with pytest.raises(Refused), transaction.atomic():
            answering.answer(by=by, task=task, reply=closed, version=1)
        task.refresh_from_db()
        assert task.state == TaskState.OPEN
        reply = answering.Reply(text="Gezien", capacity=Capacity.INVESTIGATOR, provision=provided)
        made = answering.answer(by=by, task=task, reply=reply, version=1)
        assert made.category == Category.POLICE_DATA


def test_the_findings_of_an_inspection_bring_the_signal_back_to_its_meeting() -> None:
    signal, task = inspecting()
    assert signal.state == State.WAITING_FINDINGS
    assert counts("handhaver", minutes=2)["route_signal"] == 0
    with unit(acting("handhaver", at=MONDAY + timedelta(minutes=3))) as by:
        with pytest.raises(Refused) as refused, transaction.atomic():
            answering.answer(by=by, task=task, reply=SEEN, version=1)
        assert refused.value.verdict.code == "task.result"
        task.refresh_from_db()
        made = answering.answer(by=by, task=task, reply=ACCESS, version=1)
        assert made.category == Category.FINDING
    with unit(acting()):
        signal.refresh_from_db()
        assert signal.state == State.IN_SIGNALENOVERLEG
        last = signal.decisions.last()
        assert last is not None
        assert (last.decision, last.by) == (Decision.FINDINGS_RECORDED, user("handhaver").id)
    assert counts("handhaver")["route_signal"] == 0


def test_an_inspection_is_entered_in_the_register_with_the_facts_that_were_released() -> None:
    _, task = inspecting()
    with unit(acting()):
        (row,) = Disclosure.objects.filter(about="route.Task", about_id=task.id)
        assert (row.recipient, row.row, row.policy_version) == (Recipient.ENFORCEMENT, "enforcement-inspect-1", 1)
        assert len(row.observation_ids) == 1


def test_an_inspection_is_never_given_directly() -> None:
    with pytest.raises(Refused) as refused:
        given_task(TaskKind.INSPECT)
    assert refused.value.verdict.code == "task.inspection"


def test_a_task_is_taken_back_with_a_reason_and_chased() -> None:
    _, task = given_task()
    with unit(acting()) as by:
        tasks.chase(by=by, task=task)
        task.refresh_from_db()
        assert task.chased_at == by.at
        with pytest.raises(Refused), transaction.atomic():
            tasks.withdraw(by=by, task=task, why=" ", version=1)
        tasks.withdraw(by=by, task=task, why="niet meer nodig", version=1)
        with pytest.raises(Refused), transaction.atomic():
            tasks.chase(by=by, task=task)
    with unit(acting("handhaver")) as by, pytest.raises(Conflict), transaction.atomic():
        answering.answer(by=by, task=task, reply=SEEN, version=1)


# Handing over


@pytest.mark.parametrize("state", list(State))
def test_team_mensenhandel_gets_it_at_every_step_by_mail_and_it_moves_nothing(state: State) -> None:
    with unit(acting()) as by:
        signal = files.new(by=by)
        place = files.fact(signal, by=by, text="Vier matrassen boven de keuken")
        mma = files.fact(signal, by=by, text="Anoniem bericht", category=Category.STATUS)
        Signal.objects.filter(id=signal.id).update(state=state, held_from="enriching" if state == "on_hold" else "")
        signal.refresh_from_db()
        row = handing_over.hand_over(
            by=by,
            signal=signal,
            recipient=Recipient.TEAM_MENSENHANDEL,
            facts=(place.id,),
            reason="Mogelijk slachtoffer",
        )
        assert (row.how, signal.state) == (handing_over.BY_MAIL, state)
        mail = Outgoing.objects.get(id=row.outgoing_id)
        assert mail.to == "mensenhandel@politie.oefen.example"
        assert place.text in mail.body
        assert mma.text not in mail.body
        assert "mensenhandel" not in mail.subject.lower()
        (entered,) = Disclosure.objects.filter(about_id=row.id)
        assert (entered.observation_ids, entered.row) == ([place.id], "team_mensenhandel-hand_over-1")


def test_what_the_matrix_refuses_does_not_go_along_and_says_why() -> None:
    with unit(acting()) as by:
        signal = files.new(by=by)
        reporter = files.fact(signal, by=by, text="De melder is de buurman", category=Category.REPORTER)
        to = {"recipient": Recipient.TEAM_MENSENHANDEL, "facts": (reporter.id,), "reason": "Spoed"}
        seen = handing_over.preview(by=by, signal=signal, **to)
        assert not seen.may
        assert seen.may_not[0].verdict.reason
        row = handing_over.hand_over(by=by, signal=signal, **to)
        assert row.observation_ids == []
        assert reporter.text not in row.body


def test_veilig_thuis_has_no_mail_so_it_is_handed_over_by_hand_and_the_receipt_is_kept_once() -> None:
    with unit(acting()) as by:
        signal = files.new(by=by)
        row = handing_over.hand_over(
            by=by, signal=signal, recipient=Recipient.VEILIG_THUIS, facts=(), reason="Jonger dan 18"
        )
        assert (row.how, row.outgoing_id) == (handing_over.BY_HAND, None)
        handing_over.receive(by=by, row=row, from_whom="dienstdoende medewerker")
        with pytest.raises(Refused), transaction.atomic():
            handing_over.receive(by=by, row=row, from_whom="nog iemand")


def test_danger_is_shared_without_any_check_and_accounted_for_the_next_working_day() -> None:
    with unit(acting()) as by:
        signal = files.new(by=by, state=State.RECEIVED)
        fact = files.fact(signal, by=by, category=Category.SPECIAL)
        row = danger.share(
            by=by, signal=signal, recipient=Recipient.CARE, told="Kom", reason="Bewusteloos", facts=(fact.id,)
        )
        assert row.account_by == files.in_days(by, 1)
        (entered,) = Disclosure.objects.filter(about_id=row.id)
        assert entered.ground == danger.VITAL
        danger.account(by=by, row=row, account="Ambulance gebeld")
        with pytest.raises(Refused), transaction.atomic():
            danger.account(by=by, row=row, account="Nog eens")


def test_a_follow_up_is_added_after_closing() -> None:
    with unit(acting()) as by:
        signal = files.new(by=by)
        with pytest.raises(Refused), transaction.atomic():
            handing_over.add_follow_up(by=by, signal=signal, told="Te vroeg")
        Signal.objects.filter(id=signal.id).update(state=State.CLOSED)
        signal.refresh_from_db()
        assert handing_over.add_follow_up(by=by, signal=signal, told="Boete opgelegd").kind == Event.FOLLOW_UP_ADDED


def test_a_decision_hands_over_only_what_was_released_for_that_recipient() -> None:
    with unit(acting()) as by:
        signal = files.new(by=by)
        one, other = (files.fact(signal, by=by, text=text) for text in ("Adres", "Iets anders"))
        files.weigh(signal, files.FIRST, by=by)
    nla = {"recipient": Recipient.NLA, "purpose": Purpose.HAND_OVER, "facts": (one.id,)}
    files.checked(signal, Check.TWO_B, **nla)
    with unit(acting(at=MONDAY + timedelta(minutes=1))) as by:
        given = Given(reason="arbeidsinspectie is bevoegd", recipient=Recipient.NLA)
        deciding.decide(by=by, signal=signal, version=1, decision=Decision.OTHER_AUTHORITY, given=given)
        (row,) = signal.hand_overs.all()
        assert row.observation_ids == [one.id]
        assert other.text not in row.body
        (entered,) = Disclosure.objects.filter(about_id=row.id)
        assert (entered.row, entered.policy_version) == ("nla-hand_over-1", 1)
