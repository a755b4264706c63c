"""Waar de grenzen van het weigeren liggen: simulatie van tabellen met een bekende omvang.

`python -m bench.thresholds [--tables 200] [--replicates 200] [--json]`. Results: docs/methods/thresholds.md.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from meldroute.domain.estimation import Stepwise, Table, bootstrap
from meldroute.domain.estimation.simulate import draw, log_linear_shares

BAD = 2.0  # an estimate twice too high or twice too low misleads a reader
LISTS = 4
PEOPLE = (150, 300, 600, 1200)
INTERCEPTS = (-3.6, -3.0, -2.5, -2.0)
DEPENDENCE = (0.0, 1.0)


@dataclass(frozen=True)
class Run:
    """One simulated table; `error` is the larger of estimate/truth and truth/estimate."""

    seen_twice: int
    ratio: float
    dropped: float
    error: float
    covered: bool


def simulate(tables: int, replicates: int) -> list[Run]:
    """`tables` tables for every combination of population, chance of being listed, and dependence."""
    runs = []
    rule = Stepwise(LISTS)
    designs = [(p, i, d) for p in PEOPLE for i in INTERCEPTS for d in DEPENDENCE]
    for place, (people, intercept, dependence) in enumerate(designs):
        terms = {0: 0.0, **{1 << i: intercept + 0.2 * i for i in range(LISTS)}, 3: dependence}
        shares = log_linear_shares(LISTS, terms)
        for number in range(tables):
            table = draw("ABCD", people, shares, np.random.default_rng([21, place, number]))
            run = _one(table, rule, people, replicates, number)
            if run is not None:
                runs.append(run)
    return runs


def _one(table: Table, rule: Stepwise, people: int, replicates: int, seed: int) -> Run | None:
    if table.seen_twice == 0:
        return None
    found = bootstrap(table, rule, replicates, seed)
    if not np.isfinite(found.estimate):
        return Run(table.seen_twice, np.inf, 1.0, np.inf, False)
    lo, hi = found.limits()
    error = max(found.estimate / people, people / found.estimate)
    covered = bool(lo <= people <= hi)
    return Run(table.seen_twice, hi / lo if lo > 0 else np.inf, found.dropped / replicates, error, covered)


def table_of(runs: list[Run], name: str, edges: list[float], value: Callable[[Run], float]) -> list[dict[str, object]]:
    """Per class of `value`: how many tables, how many misleading, how many intervals hold the truth."""
    rows = []
    for low, high in pairwise(edges):
        part = [run for run in runs if low <= value(run) < high]
        if part:
            rows.append(
                {
                    "rule": name,
                    "from": low,
                    "to": high,
                    "tables": len(part),
                    "misleading": sum(run.error > BAD for run in part) / len(part),
                    "covered": sum(run.covered for run in part) / len(part),
                }
            )
    return rows


def results(runs: list[Run]) -> list[dict[str, object]]:
    infinite = float("inf")
    rows = table_of(runs, "seen twice", [1, 3, 5, 10, 15, 25, 50, infinite], lambda r: r.seen_twice)
    enough = [run for run in runs if run.seen_twice >= 10]
    rows += table_of(enough, "upper / lower", [1, 1.5, 2, 3, 5, 10, 20, infinite], lambda r: min(r.ratio, 1e300))
    fit = [run for run in enough if run.ratio <= 10]
    rows += table_of(fit, "dropped", [0, 1e-9, 0.01, 0.05, 0.1, 1.1], lambda r: r.dropped)
    everything = [("no rule", runs), ("all three rules", [run for run in fit if run.dropped <= 0.05])]
    for name, part in everything:
        rows += [{**row, "rule": name} for row in table_of(part, name, [0, infinite], lambda r: r.seen_twice)]
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description="Simulation behind the refusal thresholds.")
    parser.add_argument("--tables", type=int, default=50, help="tables per design (there are 32 designs)")
    parser.add_argument("--replicates", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    rows = results(simulate(wanted.tables, wanted.replicates))
    if wanted.json:
        print(json.dumps(rows, indent=2, default=str))
        return
    print("| rule | from | to | tables | estimate off by more than 2× | 95 % interval holds the truth |")
    print("|---|---|---|---|---|---|")
    for r in rows:
        misleading, covered = (100 * float(str(r[key])) for key in ("misleading", "covered"))
        print(f"| {r['rule']} | {r['from']:g} | {r['to']:g} | {r['tables']} | {misleading:.1f} % | {covered:.1f} % |")


if __name__ == "__main__":
    main()
