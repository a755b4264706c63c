"""Dekking van de schatter: hoe vaak het interval de bekende omvang bevat (lange studie).

`python -m bench.coverage [--tables 100] [--replicates 500] [--study stepwise|percentile|covariate|hidden|all] [--json]`
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from meldroute.domain.estimation import (
    Bootstrap,
    Classified,
    Model,
    Stepwise,
    Table,
    bootstrap,
    estimate_with_covariate,
    fit_model,
    hidden_lists,
    read_csv,
)
from meldroute.domain.estimation.simulate import draw, log_linear_shares, shares_of

DATA = Path(__file__).resolve().parents[1] / "tests/domain/estimation/data"


@dataclass(frozen=True)
class Coverage:
    study: str
    truth: float
    tables: int
    covered: int
    below: int
    above: int
    without_estimate: int
    median: float
    cpu_seconds: float

    @property
    def share(self) -> float:
        return self.covered / max(self.tables - self.without_estimate, 1)


Interval = tuple[float, float, float]


def study(name: str, truth: float, tables: int, one: Callable[[int], Interval | None]) -> Coverage:
    """Run `one` (n, lo, hi) for every number of a table."""
    began = time.process_time()
    found = [answer for answer in map(one, range(tables)) if answer is not None]
    below = sum(1 for _, _, hi in found if hi < truth)
    above = sum(1 for _, lo, _ in found if lo > truth)
    median = float(np.median([n for n, _, _ in found])) if found else float("nan")
    return Coverage(
        name,
        truth,
        tables,
        len(found) - below - above,
        below,
        above,
        tables - len(found),
        median,
        time.process_time() - began,
    )


def uk_stepwise(tables: int, replicates: int) -> Coverage:
    """BCa limits on tables from the stepwise model of the UK table, the choice of model repeated inside."""
    return _uk("UK stepwise, BCa 95 %", tables, replicates, Bootstrap.limits)


def uk_percentile(tables: int, replicates: int) -> Coverage:
    """The same tables and resamples with plain percentile limits."""
    return _uk("UK stepwise, percentile 95 %", tables, replicates, Bootstrap.percentile)


def _uk(name: str, tables: int, replicates: int, limits: Callable[[Bootstrap], tuple[float, float]]) -> Coverage:
    table = read_csv((DATA / "UKdat_5.csv").read_text())
    model = Stepwise(5).choose(table)
    fit = None if model is None else fit_model(table, model)
    if fit is None:
        raise RuntimeError("the UK table has an estimate")
    shares, people = shares_of(fit), round(fit.n)
    rule = Stepwise(5)

    def one(number: int) -> Interval | None:
        drawn = draw(table.lists, people, shares, np.random.default_rng([11, number]))
        found = bootstrap(drawn, rule, replicates, number)
        return (found.estimate, *limits(found)) if np.isfinite(found.estimate) else None

    return study(name, people, tables, one)


LEVELS = ("2023", "2024")
PEOPLE = {"2023": 900, "2024": 1500}
CHANCES = {"2023": (0.25, 0.20, 0.30), "2024": (0.12, 0.28, 0.15)}
MISSING = {"2023": 0.35, "2024": 0.15}


def people_with_covariate(generator: np.random.Generator) -> Classified:
    """Three lists whose chances differ by year; the year is missing more often for one year."""
    people: dict[tuple[int, frozenset[str]], int] = {}
    for level in LEVELS:
        on = generator.random((PEOPLE[level], 3)) < np.array(CHANCES[level])
        unknown = generator.random(PEOPLE[level]) < MISSING[level]
        for history, hidden in zip((on @ np.array([1, 2, 4])).tolist(), unknown.tolist(), strict=True):
            if history:
                key = (history, frozenset[str]() if hidden else frozenset([level]))
                people[key] = people.get(key, 0) + 1
    return Classified.of("ABC", LEVELS, people)


def covariate(tables: int, replicates: int) -> Coverage:
    """A covariate with missing values, by EM."""

    def one(number: int) -> Interval | None:
        people = people_with_covariate(np.random.default_rng([12, number]))
        found = estimate_with_covariate(people, Model.of(3), replicates, number)
        return None if found is None else (found.n, found.lo, found.hi)

    return study("covariate with missing values, EM", sum(PEOPLE.values()), tables, one)


HIDDEN_TERMS = {0: 0.0, 1: -1.2, 2: -1.0, 4: -1.4, 8: -0.8}


def hidden(tables: int, replicates: int) -> Coverage:
    """Hidden-list check on independent lists: the size of the hidden list is known exactly."""
    shares = log_linear_shares(4, HIDDEN_TERMS)

    def one(number: int) -> Interval | None:
        drawn: Table = draw("ABCD", 3000, shares, np.random.default_rng([13, number]))
        check = hidden_lists(drawn)[0]
        if check.n is None or check.lo is None or check.hi is None:
            return None
        return check.n / check.truth, check.lo / check.truth, check.hi / check.truth

    return study("hidden list, ratio to its known size", 1.0, tables, one)


STUDIES = {"stepwise": uk_stepwise, "percentile": uk_percentile, "covariate": covariate, "hidden": hidden}


def main() -> None:
    parser = argparse.ArgumentParser(description="Coverage of the intervals on tables of known size.")
    parser.add_argument("--tables", type=int, default=100)
    parser.add_argument("--replicates", type=int, default=500)
    parser.add_argument("--study", choices=[*STUDIES, "all"], default="all")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    names = list(STUDIES) if wanted.study == "all" else [wanted.study]
    results = [STUDIES[name](wanted.tables, wanted.replicates) for name in names]
    if wanted.json:
        print(json.dumps([{**asdict(r), "share": r.share} for r in results], indent=2))
        return
    for r in results:
        print(
            f"{r.study:40} true {r.truth:>8.0f}  median {r.median:>9.2f}  covered {100 * r.share:5.1f} % of "
            f"{r.tables - r.without_estimate}  below {r.below}  above {r.above}  CPU {r.cpu_seconds:.0f} s"
        )


if __name__ == "__main__":
    main()
