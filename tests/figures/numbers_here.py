"""Tables of overlaps and estimations of the tests. All numbers invented."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np

from meldroute.domain.estimation import Table, assess
from meldroute.domain.estimation.simulate import draw, log_linear_shares
from meldroute.figures.actions import carrying, runs, tables
from meldroute.figures.actions.tables import Definition, Wanted
from meldroute.figures.computing import question_of
from meldroute.figures.keeping import kept, outside, whole
from meldroute.figures.models import Overlap, Run
from meldroute.journal.acting import Acting
from meldroute.people.unit import system, unit
from people_here import MONDAY, acting, here

GOOD = "Politie,Opvang,Zorg,aantal\n1,0,0,210\n0,1,0,160\n0,0,1,190\n1,1,0,30\n1,0,1,41\n0,1,1,22\n1,1,1,9\n"
COMMON = "Vermoedelijk slachtoffer volgens art. 273f Sr"


def estimable() -> Table:
    """Three lists with enough overlap, and one combination of a small number."""
    shares = log_linear_shares(3, {0: 0, 1: -1.6, 2: -1.8, 4: -1.4})
    return draw(("Politie", "Opvang", "Zorg"), 1500, shares, np.random.default_rng(3))


def sparse() -> Table:
    """Too little overlap for an estimate; small counts everywhere."""
    return Table.of(("Politie", "Opvang", "Zorg"), {1: 14, 2: 9, 4: 3, 3: 2, 6: 1})


def heavy() -> Table:
    """Eight dependent lists: some seconds of work."""
    terms = {0: 0.0, **{1 << i: -1.6 for i in range(8)}, **{1 << i | 1 << i + 1: 0.8 for i in range(7)}}
    return draw("ABCDEFGH", 9000, log_linear_shares(8, terms), np.random.default_rng(1))


def brought(by: Acting, table: Table, *, described: bool = True, title: str = "Regio 2025") -> Overlap:
    """A table that is kept, with definitions unless told otherwise."""
    wanted = Wanted(title, date(2025, 1, 1), date(2025, 12, 31), table, "0" * 64)
    row = tables.keep(by=by, wanted=wanted)
    if described:
        told = {name: Definition(f"wie {name} kent", True) for name in table.lists}
        tables.define(by=by, row=row, common=COMMON, definitions=told)
    return row


def asked(table: Table, replicates: int = 100, *, at: datetime = MONDAY, methods: str = "all") -> Run:
    """An estimation that waits."""
    with unit(acting("analist", at=at)) as by:
        row = brought(by, table)
        return runs.ask(by=by, row=row, asked=runs.Asked(methods, replicates, 1))


def finished(table: Table, replicates: int = 60, *, at: datetime = MONDAY) -> Run:
    """An estimation that is done, computed here and now."""
    waiting = asked(table, replicates, at=at)
    with system(here().id, at) as by:
        run = carrying.claim(by=by)
        assert run is not None
        assert run.id == waiting.id
        assert run.fence is not None
        found = assess(table, question_of(run))
        told = {"version": "1.0", "answer": kept(whole(found, "0" * 64)), "outside": kept(outside(found))}
        assert carrying.finish(by=by, run_id=run.id, fence=run.fence, **told)
    return run


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)
