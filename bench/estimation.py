"""Snelheid van de schatter: CPU-seconden per tabel, en groei met herhalingen, lijsten en cellen.

`python -m bench.estimation [--json] [--quick]`. CPU seconds of this process, one thread, best of three.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import numpy as np  # noqa: E402 (threads are set before BLAS loads)

from meldroute.domain.estimation import (  # noqa: E402
    BestBic,
    Stepwise,
    Table,
    average_models,
    bootstrap,
    rank_models,
    read_csv,
)
from meldroute.domain.estimation.simulate import draw, log_linear_shares  # noqa: E402

DATA = Path(__file__).resolve().parents[1] / "tests/domain/estimation/data"


@dataclass(frozen=True)
class Row:
    what: str
    table: str
    lists: int
    cells: int
    replicates: int
    cpu_seconds: float
    target: float | None
    peak_mb: float


def timed(work: Callable[[], object], repeats: int) -> float:
    """The least CPU time of `repeats` runs."""
    times = []
    for _ in range(repeats):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def row(
    what: str,
    name: str,
    table: Table,
    replicates: int,
    target: float | None,
    repeats: int,
    work: Callable[[], object],
) -> Row:
    seconds = timed(work, repeats)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Row(what, name, len(table.lists), len(table.cells), replicates, seconds, target, peak)


def stepwise(name: str, table: Table, replicates: int, target: float | None, repeats: int) -> Row:
    def work() -> object:
        return bootstrap(table, Stepwise(len(table.lists)), replicates, 1)

    return row("stepwise, BCa", name, table, replicates, target, repeats, work)


def best_bic(name: str, table: Table, replicates: int, target: float | None, repeats: int) -> Row:
    def work() -> object:
        return bootstrap(table, BestBic(table), replicates, 1)

    return row("BIC, 20 models, BCa", name, table, replicates, target, repeats, work)


def made_up(lists: int, people: int, seed: int = 1) -> Table:
    """Independent lists with one dependent pair, for growth in lists and in people."""
    terms = {0: 0.0, **{1 << i: -2.2 + 0.1 * i for i in range(lists)}, 3: 1.0}
    names = "ABCDEFGHIJKL"[:lists]
    return draw(names, people, log_linear_shares(lists, terms), np.random.default_rng(seed))


def measure(quick: bool) -> list[Row]:
    published = {name: read_csv((DATA / f"{name}.csv").read_text()) for name in ("UKdat_5", "Ned_5", "UKdat", "Ned")}
    targets = {"UKdat_5": 0.6, "Ned_5": 0.5, "UKdat": 1.5, "Ned": 2.0}
    repeats, replicates = (1, 200) if quick else (3, 1000)
    rows = [stepwise(n, t, replicates, targets[n], repeats) for n, t in published.items()]
    uk = published["UKdat_5"]
    rows.append(best_bic("UKdat_5", uk, replicates, 2.0, repeats))
    rows.append(row("rank all models", "UKdat_5", uk, 0, None, repeats, lambda: rank_models(uk)))
    rows.append(row("model averaging", "UKdat_5", uk, 0, None, repeats, lambda: average_models(uk)))
    for number in (100, 200) if quick else (250, 500, 1000, 2000, 4000):
        rows.append(stepwise("UKdat_5", uk, number, None, 1))
    for lists in (3, 5) if quick else (3, 4, 5, 6, 7, 8):
        table = made_up(lists, 5000)
        rows.append(stepwise(f"{lists} lists", table, replicates, None, 1))
        rows.append(best_bic(f"{lists} lists", table, replicates, None, 1))
    for people in (1000, 4000) if quick else (1000, 4000, 16000, 64000):
        rows.append(stepwise(f"6 lists, {people}", made_up(6, people), replicates, None, 1))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description="CPU seconds of the estimator.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="few replicates, to see that it runs")
    wanted = parser.parse_args()
    rows = measure(wanted.quick)
    if wanted.json:
        print(json.dumps([asdict(r) for r in rows], indent=2))
        return
    print(f"{'what':22}{'table':18}{'lists':>6}{'cells':>7}{'replicates':>12}{'CPU s':>9}{'target':>8}{'peak MB':>9}")
    for r in rows:
        target = "" if r.target is None else f"{r.target:g}"
        print(
            f"{r.what:22}{r.table:18}{r.lists:>6}{r.cells:>7}{r.replicates:>12}{r.cpu_seconds:>9.3f}"
            f"{target:>8}{r.peak_mb:>9.0f}"
        )


if __name__ == "__main__":
    main()
