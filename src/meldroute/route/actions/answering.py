"""The assignee answers a task and sees nothing but the task; what the answer sets going follows from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from meldroute.domain.observing import Statement
from meldroute.domain.route import Decision, may
from meldroute.domain.sharing import Provision
from meldroute.domain.term import Term, gettext_noop
from meldroute.domain.vocabulary import Capacity, Category, Role, SourceKind, State, Truth
from meldroute.journal.acting import Acting

from ..models import Observation, Signal, Task, TaskKind, TaskState
from ..situation import situation_of
from .deciding import decide
from .facts import note
from .reading import briefly
from .tasks import refuse, take
from .timeline import tell


class Result(Term):
    """How a visit ended (domain rules §9)."""

    NOBODY = "nobody", gettext_noop("niemand aanwezig")
    REFUSED = "refused", gettext_noop("toegang geweigerd")
    ACCESS = "access", gettext_noop("toegang gekregen")


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer: what was seen or heard, in what capacity, and for a visit how it ended."""

    text: str
    capacity: Capacity
    truth: Truth = Truth.FACT
    result: Result | None = None
    observed_on: date | None = None
    provision: Provision | None = None


def answer(*, by: Acting, task: Task, reply: Reply, version: int) -> Observation:
    """The assignee answers, once; the answer becomes an observation, for an inspection a finding.

    The last finding of an inspection brings the signal back to its meeting. Raises Refused, Conflict.
    """
    _must_be_mine(task, by)
    if task.kind == TaskKind.INSPECT and reply.result is None:
        refuse(gettext_noop("Kies hoe de controle afliep."), "result", (Role.ENFORCEMENT,))
    take(task, version, TaskState.ANSWERED, answered_at=by.at)
    with briefly(task, by=by, why=gettext_noop("antwoord op een taak")) as signal:
        made = note(by=by, signal=signal, statement=_statement(task, reply, by))
        task.answer, task.capacity = reply.text.strip(), reply.capacity
        task.result, task.observation_id = (reply.result or ""), made.id
        task.save(update_fields=["answer", "capacity", "result", "observation_id"])
        tell(signal, by=by, kind="task.answer", ids=(task.id, made.id), task=task.kind, result=task.result)
        if is_in(signal, by):
            decide(by=by, signal=signal, version=signal.version, decision=Decision.FINDINGS_RECORDED)
    return made


def _must_be_mine(task: Task, by: Acting) -> None:
    if task.assignee_id != by.user_id:
        refuse(gettext_noop("Deze taak is van een collega."), "assignee")


def _statement(task: Task, reply: Reply, by: Acting) -> Statement:
    statement = Statement(
        truth=reply.truth,
        text=_with_result(reply),
        category=Category.FINDING if task.kind == TaskKind.INSPECT else Category.NARRATIVE,
        source=reply.capacity.label,
        source_kind=SourceKind.ENFORCEMENT if by.is_any(Role.ENFORCEMENT) else SourceKind.OFFICIAL,
        observed_on=reply.observed_on or by.today,
        capacity=reply.capacity,
        provision=reply.provision,
        task_id=task.id,
    )
    investigated = reply.capacity is Capacity.INVESTIGATOR
    return replace(statement, category=Category.POLICE_DATA) if investigated else statement


def _with_result(reply: Reply) -> str:
    text = reply.text.strip()
    if reply.result is None:
        return text
    return f"{reply.result.label.capitalize()}. {text}".strip()


def is_in(signal: Signal, by: Acting) -> bool:
    """Whether the findings are in and `by` may bring the signal back to its meeting."""
    situation = situation_of(signal, by)
    return signal.state == State.WAITING_FINDINGS and bool(may(situation, Decision.FINDINGS_RECORDED, by.roles))
