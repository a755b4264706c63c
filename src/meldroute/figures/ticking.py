"""What the worker does for figures: start a process for the next estimation that waits, and not wait for it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from uuid import UUID

from meldroute.people.unit import system

from .actions import carrying
from .models import Run

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_busy: dict[UUID, subprocess.Popen[bytes]] = {}
"""The process of this worker per municipality: at most one, so that memory is bounded."""


def estimate_next(place: UUID, at: datetime) -> Run | None:
    """Begin the next estimation of this municipality, unless one is busy; gives it."""
    busy = _busy.get(place)
    if busy is not None and busy.poll() is None:
        return None
    with system(place, at) as by:
        run = carrying.claim(by=by)
    if run is not None:
        _busy[place] = begun(run)
    return run


def begun(run: Run) -> subprocess.Popen[bytes]:
    """The process that computes a claimed run; it outlives this worker when that is killed."""
    words = ["estimate_run", str(run.municipality_id), str(run.id), str(run.fence)]
    command = [sys.executable, "-m", "django", *words]
    return subprocess.Popen(  # noqa: S603 (our own program, with ids)
        command, env={**os.environ, **ONE_THREAD}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
