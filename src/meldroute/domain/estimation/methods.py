"""The three methods, each giving an estimate with limits or a reason why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from . import cautions, refusals
from .bic import Ranking
from .bma import FEWEST_LISTS, MOST_LISTS, average_models
from .bootstrap import bootstrap
from .message import Message
from .pointfit import PointFit, fit_model
from .progress import Progress
from .result import Estimate
from .rules import BestBic, Rule, Stepwise
from .table import Table
from .thresholds import Thresholds

STEPWISE, BIC, BMA = "stepwise", "bic", "bma"
METHODS = (STEPWISE, BIC, BMA)
INNER_LEVEL = 0.80


@dataclass(frozen=True)
class Outcome:
    """Either an estimate or a refusal."""

    method: str
    estimate: Estimate | None
    refused: Message | None


def run(
    method: str,
    table: Table,
    ranking: Ranking,
    replicates: int,
    seed: int,
    level: float,
    limits: Thresholds,
    progress: Progress,
    clock: Callable[[], float] | None,
) -> Outcome:
    """One method on one table; `ValueError` for an unknown method."""
    if method not in METHODS:
        raise ValueError(f"unknown method {method!r}")
    began = clock() if clock else 0.0
    if method == BMA:
        outcome = _averaged(table, level, limits, progress)
    else:
        rule = _rule(method, table, ranking, limits)
        outcome = _selected(method, rule, table, replicates, seed, level, limits, progress)
    if clock is None or outcome.estimate is None:
        return outcome
    return replace(outcome, estimate=replace(outcome.estimate, cpu_seconds=clock() - began))


def _rule(method: str, table: Table, ranking: Ranking, limits: Thresholds) -> Rule:
    if method == STEPWISE:
        return Stepwise(len(table.lists), limits.p_value)
    return BestBic(table, limits.order, limits.top_models, ranking)


def _selected(
    method: str,
    rule: Rule,
    table: Table,
    replicates: int,
    seed: int,
    level: float,
    limits: Thresholds,
    progress: Progress,
) -> Outcome:
    model = rule.choose(table)
    fit = None if model is None else fit_model(table, model)
    if fit is None:
        return Outcome(method, None, refusals.no_model(1))
    if not replicates:
        return _checked(_with_wald(method, fit, table, level), limits)
    boot = bootstrap(table, rule, replicates, seed, progress)
    too_many = refusals.dropped_refusal(boot.dropped, replicates, limits)
    if too_many:
        return Outcome(method, None, too_many)
    lo, hi = boot.limits(level)
    lo80, hi80 = boot.limits(INNER_LEVEL)
    return _checked(
        Estimate(
            method,
            fit.label(table),
            fit.n,
            lo,
            hi,
            level,
            lo80,
            hi80,
            fit.bic,
            "bca",
            replicates=replicates,
            dropped=boot.dropped,
        ),
        limits,
    )


def _with_wald(method: str, fit: PointFit, table: Table, level: float) -> Estimate:
    lo, hi = fit.wald(level)
    lo80, hi80 = fit.wald(INNER_LEVEL)
    return Estimate(method, fit.label(table), fit.n, lo, hi, level, lo80, hi80, fit.bic, "wald")


def _averaged(table: Table, level: float, limits: Thresholds, progress: Progress) -> Outcome:
    if not FEWEST_LISTS <= len(table.lists) <= MOST_LISTS:
        return Outcome(BMA, None, cautions.not_available(BMA, len(table.lists)))
    posterior = average_models(table, progress=progress)
    lo, hi = posterior.interval(level)
    lo80, hi80 = posterior.interval(INNER_LEVEL)
    model = f"gemiddelde over {posterior.averaged} decomposabele grafen"
    median = posterior.quantile(0.5)
    return _checked(Estimate(BMA, model, median, lo, hi, level, lo80, hi80, None, "posterior"), limits)


def _checked(estimate: Estimate, limits: Thresholds) -> Outcome:
    too_wide = refusals.interval_refusal(estimate.lo, estimate.hi, limits)
    return Outcome(estimate.method, None if too_wide else estimate, too_wide)
