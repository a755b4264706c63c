"""One estimation in a process of its own: never in a web worker, bounded, alive by its heartbeat, stopped by a person.

The answer depends on table, question and seed only: not on the process, its threads, or how often it was begun.
"""

from __future__ import annotations

import logging
import os
import resource
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import connections
from django.db.utils import DatabaseError

from meldroute.domain.estimation import METHODS, VERSION, Question, Table, assess
from meldroute.people.unit import system

from .actions import carrying
from .actions.tables import mapped, table_of
from .keeping import kept, outside, whole
from .models import Overlap, Run, Trouble

log = logging.getLogger("meldroute.figures")
BEAT = 1.0
"""Seconds between heartbeats."""
MEMORY = 3 * 1024**3
"""Address space in bytes; eight lists take less than a tenth of it."""
NICE = 10
GONE = 3


@dataclass(frozen=True)
class Job:
    """What to compute, for whom."""

    place: UUID
    run_id: UUID
    fence: UUID
    table: Table
    question: Question
    digest: str


def carry_out(place: UUID, run_id: UUID, fence: UUID) -> int:
    """Compute the run that `fence` holds and keep the answer; 0, or GONE when it was taken away."""
    job = _job(place, run_id, fence)
    if job is None:
        return GONE
    _bound()
    heart = _Heart(job)
    heart.start()
    try:
        ended = _answered(job, heart)
    except MemoryError:
        ended = _failed(job, Trouble.MEMORY)
    except DatabaseError:
        return GONE
    except Exception as error:  # whatever it is, the person who asked must hear of it
        log.error("schatting: %s", type(error).__name__)
        ended = _failed(job, Trouble.FAULT)
    finally:
        heart.stop()
    return 0 if ended else GONE


def _job(place: UUID, run_id: UUID, fence: UUID) -> Job | None:
    with system(place, datetime.now(UTC), "schatting"):
        run = carrying.held(run_id, fence).select_related("overlap").first()
        if run is None:
            return None
        return Job(place, run_id, fence, table_of(run.overlap), question_of(run), run.overlap.file_sha256)


def question_of(run: Run) -> Question:
    """What the run asks of the estimator."""
    row = run.overlap
    share = None if row.linked_by_chance is None else row.linked_by_chance / 100
    return Question(
        methods=METHODS if run.methods not in METHODS else (run.methods,),
        replicates=run.replicates,
        seed=run.seed,
        definitions=mapped(run),
        probabilistic_share=share,
        years=years_of(row),
    )


def years_of(row: Overlap) -> int:
    """How many years are pooled: 1 up to 366 days."""
    days = (row.ends_on - row.starts_on).days + 1
    return 1 if days <= 366 else round(days / 365.25 + 0.4)


def _bound() -> None:
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _answered(job: Job, heart: _Heart) -> bool:
    found = assess(job.table, job.question, heart.progress, time.process_time)
    answer, others = kept(whole(found, job.digest)), kept(outside(found))
    heart.stop()
    with system(job.place, datetime.now(UTC), "schatting") as by:
        return carrying.finish(
            by=by, run_id=job.run_id, fence=job.fence, version=VERSION, answer=answer, outside=others
        )


def _failed(job: Job, trouble: Trouble) -> bool:
    with system(job.place, datetime.now(UTC), "schatting") as by:
        return carrying.fail(by=by, run_id=job.run_id, fence=job.fence, trouble=trouble)


class _Heart(threading.Thread):
    """Renews the lease and tells how far it is; ends the process when the run is no longer ours."""

    def __init__(self, job: Job) -> None:
        super().__init__(daemon=True)
        self.job = job
        self.told = ("", 0, 0)
        self.ended = threading.Event()

    def progress(self, work: str, done: int, total: int) -> None:
        """What the estimator says."""
        self.told = (work, done, total)

    def run(self) -> None:
        """Beat until stopped."""
        while not self.ended.wait(BEAT):
            if not self._beat() and not self.ended.is_set():
                os._exit(GONE)  # a person stopped it, or another process has it: nothing is left to save
        connections.close_all()

    def _beat(self) -> bool:
        work, done, total = self.told
        try:
            with system(self.job.place, datetime.now(UTC), "schatting") as by:
                return carrying.beat(
                    by=by, run_id=self.job.run_id, fence=self.job.fence, work=work, done=done, total=total
                )
        except DatabaseError:
            return False

    def stop(self) -> None:
        """No more beats; waits for one that is under way."""
        self.ended.set()
        if self.is_alive() and threading.current_thread() is not self:
            self.join(10)
