"""Carrying out an estimation: taken with a fence and a lease, kept alive, ended once.

The lease is longer than a few heartbeats. Every write names the fence, so that a process that was given up, was
stopped by a person, or lost its run to another worker can change nothing any more.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F, Q, QuerySet

from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from ..models import Run, RunState, Trouble

LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 3
ON = "figures.Run"


def claim(*, by: Acting) -> Run | None:
    """Take the oldest run that waits or whose process died; None when there is none or one is busy here."""
    _give_up(by)
    if Run.objects.filter(state=RunState.RUNNING, leased_until__gt=by.at).exists():
        return None
    waits = Q(state=RunState.QUEUED) | Q(state=RunState.RUNNING, leased_until__lte=by.at)
    run = Run.objects.select_for_update(skip_locked=True).filter(waits).order_by("asked_at").first()
    if run is None:
        return None
    run.state, run.fence, run.leased_until = RunState.RUNNING, uuid4(), by.at + LEASE
    run.attempts += 1
    run.work, run.done, run.total = "", 0, 0
    run.save(update_fields=["state", "fence", "leased_until", "attempts", "work", "done", "total"])
    journal.record(by=by, act="figures.begin", on=ON, ids=[run.id])
    return run


def _give_up(by: Acting) -> None:
    """A run whose process died three times has failed."""
    dead = Run.objects.filter(state=RunState.RUNNING, leased_until__lte=by.at, attempts__gte=MOST_ATTEMPTS)
    for run in dead:
        _end(by, Run.objects.filter(id=run.id, fence=run.fence), RunState.FAILED, trouble=Trouble.STOPPED)
        journal.record(by=by, act="figures.fail", on=ON, ids=[run.id], result=journal.Result.FAILED)


def held(run_id: UUID, fence: UUID) -> QuerySet[Run]:
    """The run, as long as this fence holds it."""
    return Run.objects.filter(id=run_id, fence=fence, state=RunState.RUNNING)


def beat(*, by: Acting, run_id: UUID, fence: UUID, work: str, done: int, total: int) -> bool:
    """Say how far it is and live on; False when the run is no longer this process's."""
    changes = {"leased_until": by.at + LEASE, "work": work[:24], "done": done, "total": total}
    return bool(held(run_id, fence).update(**changes))


def finish(*, by: Acting, run_id: UUID, fence: UUID, version: str, answer: Any, outside: Any) -> bool:
    """Keep the answer; False when the run was no longer this process's."""
    kept = _end(by, held(run_id, fence), RunState.DONE, version=version, answer=answer, outside=outside)
    if kept:
        journal.record(by=by, act="figures.finish", on=ON, ids=[run_id])
    return kept


def fail(*, by: Acting, run_id: UUID, fence: UUID, trouble: Trouble) -> bool:
    """Keep why there is no answer; False when the run was no longer this process's."""
    kept = _end(by, held(run_id, fence), RunState.FAILED, trouble=trouble)
    if kept:
        journal.record(by=by, act="figures.fail", on=ON, ids=[run_id], result=journal.Result.FAILED)
    return kept


def _end(by: Acting, rows: QuerySet[Run], state: RunState, **more: Any) -> bool:
    changes = {"state": state, "fence": None, "leased_until": None, "ended_at": by.at, "done": F("total")} | more
    return bool(rows.update(**changes))
