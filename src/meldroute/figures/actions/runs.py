"""Estimations: asked, stopped, put away, shared. What the worker does with them stands in `carrying`."""

from __future__ import annotations

from dataclasses import dataclass

from meldroute.domain.estimation.chance import MOST_SEED
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from ..models import Figure, Overlap, Run, RunState
from .tables import MAKERS, may_make

ON = "figures.Run"
OPEN = (RunState.QUEUED, RunState.RUNNING)
MOST_REPLICATES = 20_000
MOST_WAITING = 10
ALL = "all"


@dataclass(frozen=True)
class Asked:
    """How to estimate: one method or `all`, replicates of the bootstrap (0: none), the seed of chance."""

    methods: str = ALL
    replicates: int = 1000
    seed: int = 1


def ask(*, by: Acting, row: Overlap, asked: Asked) -> Run:
    """Queue an estimation. Raises Refused without period or definitions, and when too many wait."""
    may_make(by)
    _described(row)
    if row.removed_at is not None:
        raise _no(gettext_noop("Deze tabel is verwijderd. Zet haar eerst terug."), "figures.removed")
    if Run.objects.filter(state__in=OPEN).count() >= MOST_WAITING:
        raise _no(gettext_noop("Er wachten al tien schattingen. Probeer het straks opnieuw."), "figures.waiting")
    if not (0 <= asked.replicates <= MOST_REPLICATES and 0 <= asked.seed <= MOST_SEED):
        raise ValueError("replicates or seed out of range")
    run = Run.objects.create(
        municipality_id=by.place,
        overlap=row,
        methods=asked.methods,
        replicates=asked.replicates,
        seed=asked.seed,
        common=row.common,
        definitions=row.definitions,
        asked_by=by.person,
        asked_at=by.at,
    )
    journal.record(by=by, act="figures.ask", on=ON, ids=[run.id, row.id])
    return run


def is_described(row: Overlap) -> bool:
    """Whether there is a common definition and every list says what it counts."""
    told = [row.definitions.get(name, {}).get("text", "") for name in row.lists]
    return bool(row.common.strip() and told and all(text.strip() for text in told))


def _described(row: Overlap) -> None:
    if not is_described(row):
        raise _no(
            gettext_noop(
                "Niet van elke lijst is bekend wat zij telt. Vul eerst de definities in; zonder kan niemand zeggen "
                "wat het getal betekent."
            ),
            "figures.definitions",
        )


def _no(reason: str, code: str) -> Refused:
    return Refused(no(reason, "design, Honesty", code, MAKERS))


def cancel(*, by: Acting, run: Run) -> None:
    """Stop an estimation that waits or is busy; its process ends at its next heartbeat. Raises Refused."""
    may_make(by)
    changes = {"state": RunState.CANCELLED, "fence": None, "leased_until": None, "ended_at": by.at}
    if not Run.objects.filter(id=run.id, state__in=OPEN).update(**changes):
        raise _no(gettext_noop("Deze schatting is al klaar of gestopt."), "figures.ended")
    journal.record(by=by, act="figures.cancel", on=ON, ids=[run.id])


def remove(*, by: Acting, run: Run) -> None:
    """Put an estimation away; it can be brought back. What was shared of it is withdrawn. Raises Refused."""
    may_make(by)
    if run.state in OPEN:
        raise _no(gettext_noop("Stop de schatting eerst."), "figures.busy")
    Run.objects.filter(id=run.id, removed_at=None).update(removed_at=by.at)
    Figure.objects.filter(run_id=run.id).delete()
    journal.record(by=by, act="figures.remove", on=ON, ids=[run.id])


def bring_back(*, by: Acting, run: Run) -> None:
    """Undo putting away; sharing is a new act. Raises Refused."""
    may_make(by)
    Run.objects.filter(id=run.id).update(removed_at=None)
    journal.record(by=by, act="figures.bring_back", on=ON, ids=[run.id])


def share(*, by: Acting, run: Run) -> Figure:
    """Show the board what may be shown outside of a finished estimation. Raises Refused."""
    may_make(by)
    if run.state != RunState.DONE or run.removed_at is not None or run.overlap.removed_at is not None:
        raise _no(gettext_noop("Alleen een schatting die klaar is kan worden gedeeld."), "figures.not_done")
    figure, made = Figure.objects.get_or_create(
        run=run,
        defaults={
            "municipality_id": by.place,
            "title": run.overlap.title,
            "starts_on": run.overlap.starts_on,
            "ends_on": run.overlap.ends_on,
            "common": run.common,
            "version": run.version,
            "answer": run.outside,
            "shared_by": by.person,
            "shared_at": by.at,
        },
    )
    if made:
        journal.record(by=by, act="figures.share", on="figures.Figure", ids=[figure.id, run.id])
    return figure


def withdraw(*, by: Acting, run: Run) -> None:
    """Show the board no longer. Raises Refused."""
    may_make(by)
    gone, _ = Figure.objects.filter(run_id=run.id).delete()
    if gone:
        journal.record(by=by, act="figures.withdraw", on=ON, ids=[run.id])
