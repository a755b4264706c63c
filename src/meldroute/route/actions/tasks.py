"""Tasks: given directly or with a decision, chased, withdrawn. Answering them: `answering.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from meldroute.domain.sharing import Ask, evaluate
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no
from meldroute.domain.vocabulary import Category, Purpose, Recipient, Role, State
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people import places

from ..conflict import Conflict
from ..models import Decision, Signal, Task, TaskKind, TaskState
from ..policies import matrix_of
from ..visible import must_work
from .disclosing import Going, Ground, by_release, disclose
from .releasing import live, step_of
from .timeline import tell

GIVEN_DIRECTLY = (TaskKind.OBSERVE, TaskKind.INFORMATION, TaskKind.ACTION)
ASSIGNEES = (Role.ENFORCEMENT, Role.MEETING_MEMBER, Role.MELDPUNT, Role.PROCESS_OWNER, Role.INTEGRITY)
PURPOSES = {TaskKind.INSPECT: Purpose.INSPECT, TaskKind.OBSERVE: Purpose.ENRICH}
_IN_DECISION = gettext_noop("Taak bij een besluit van het meldpunt; nodig om de vraag te beantwoorden")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked of whom, by when. `place` is where; never to follow persons, lie in wait or pose as another."""

    kind: TaskKind
    question: str
    assignee: UUID
    due_on: date
    place: str = ""


def refuse(reason: str, code: str, helpers: tuple[Role, ...] = (Role.MELDPUNT,)) -> None:
    """Raise the refusal of a task."""
    raise Refused(no(reason, "domain rules §3", f"task.{code}", helpers))


def give(*, by: Acting, signal: Signal, wanted: Wanted) -> Task:
    """Ask somebody something directly. An inspection comes from a decision only. Raises Refused."""
    must_work(signal, by)
    if wanted.kind not in GIVEN_DIRECTLY:
        refuse(gettext_noop("Een controle vraagt een besluit in het signalenoverleg."), "inspection")
    if signal.state in (State.CLOSED, State.ON_HOLD, State.RECEIVED):
        refuse(gettext_noop("Bij deze stap geeft u geen taken."), "state")
    if not wanted.question.strip() or wanted.due_on < by.today:
        refuse(gettext_noop("Schrijf op wat u vraagt, en kies een dag die niet voorbij is."), "incomplete")
    if not places.members(by.place, *ASSIGNEES, today=by.today).filter(id=wanted.assignee).exists():
        refuse(gettext_noop("Deze collega kan geen taken krijgen."), "assignee")
    task = add(by=by, signal=signal, wanted=wanted)
    tell(signal, by=by, kind="task.give", ids=(task.id,), task=wanted.kind.value)
    return task


def add(*, by: Acting, signal: Signal, wanted: Wanted, decision: Decision | None = None) -> Task:
    """The row itself, directly or with a decision, and its line in the register of disclosures."""
    task = Task.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        kind=wanted.kind,
        question=wanted.question.strip(),
        place=wanted.place.strip(),
        assignee_id=wanted.assignee,
        due_on=wanted.due_on,
        decision=decision,
        meeting_id=decision.meeting_id if decision else None,
        by=by.person,
        at=by.at,
    )
    if wanted.assignee != by.user_id:
        _disclosed(signal, task, by)
    return task


def _disclosed(signal: Signal, task: Task, by: Acting) -> None:
    """A task tells its assignee a place and a question: that is sharing with supervision and enforcement."""
    purpose = PURPOSES.get(TaskKind(task.kind), Purpose.ENRICH)
    facts = by_release(list(live(signal, Recipient.ENFORCEMENT, by))) if task.kind == TaskKind.INSPECT else {}
    going = Going(Recipient.ENFORCEMENT, purpose, "task", "route.Task", task.id)
    disclose(signal, going, facts or {_ground(signal, purpose): []}, by=by)


def _ground(signal: Signal, purpose: Purpose) -> Ground:
    matrix, version = matrix_of(signal.municipality_id)
    asked = Ask(recipient=Recipient.ENFORCEMENT, category=Category.PLACE, purpose=purpose, step=step_of(signal))
    verdict = evaluate(matrix, asked)
    return Ground(verdict.ground, verdict.row, version) if verdict else Ground(_IN_DECISION)


def take(task: Task, version: int, state: TaskState, **values: object) -> None:
    """The one conditional update of a task. Raises Conflict when it was answered or withdrawn meanwhile."""
    open_still = Task.objects.filter(id=task.id, version=version, state=TaskState.OPEN)
    if not open_still.update(version=F("version") + 1, state=state, **values):
        raise Conflict(task.signal_id)
    task.refresh_from_db(fields=["version", "state", *values])


def withdraw(*, by: Acting, task: Task, why: str, version: int) -> None:
    """Take a task back, with a reason. Raises Refused, Conflict."""
    must_work(task.signal, by)
    if not why.strip():
        refuse(gettext_noop("Schrijf op waarom."), "why")
    take(task, version, TaskState.WITHDRAWN, withdrawn_at=by.at)
    task.withdrawn_why = why.strip()
    task.save(update_fields=["withdrawn_why"])
    tell(task.signal, by=by, kind="task.withdraw", ids=(task.id,), task=task.kind)


def chase(*, by: Acting, task: Task) -> None:
    """Remind the assignee on their own pages; once a day is enough. Raises Refused."""
    must_work(task.signal, by)
    if task.state != TaskState.OPEN:
        refuse(gettext_noop("Deze taak staat niet meer open."), "closed")
    Task.objects.filter(id=task.id).update(chased_at=by.at)
    tell(task.signal, by=by, kind="task.chase", ids=(task.id,), task=task.kind)


def looked_at(*tasks: Task, by: Acting) -> None:
    """The assignee's own look, in the journal."""
    journal.record(by=by, act="look", on="route.Task", ids=[task.id for task in tasks])
