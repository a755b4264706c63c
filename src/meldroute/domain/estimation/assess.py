"""From a table to everything that may be said about it: the one function most callers need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from . import cautions, checks, refusals
from .bic import Ranking, rank_models
from .catalogue import MOST_LISTS_EXHAUSTIVE, all_models
from .existence import OK, existence_code
from .existence import Existence as Known
from .message import Message
from .methods import METHODS, Outcome, run
from .progress import Progress, silent
from .result import POINT, RANGE, Assessment, Estimate, Existence, ModelPoint
from .table import Table
from .terms import Model, Space, all_pairs, term_label
from .thresholds import DEFAULT, Thresholds

MOST_MODEL_POINTS = 200


@dataclass(frozen=True)
class Question:
    """What is asked. `definitions` list → definition, None when nobody said; `years` in the table;
    `probabilistic_share` of the links (0 to 1), None when the lists were not linked by probability."""

    methods: Sequence[str] = METHODS
    replicates: int = 1000
    seed: int = 1
    level: float = 0.95
    limits: Thresholds = DEFAULT
    definitions: Mapping[str, str] | None = None
    probabilistic_share: float | None = None
    years: int = 1


def assess(
    table: Table,
    question: Question | None = None,
    progress: Progress = silent,
    clock: Callable[[], float] | None = None,
) -> Assessment:
    """Refuse or estimate. `clock` (CPU seconds) times the methods; the domain has no clock of its own."""
    asked = question or Question()
    refused = refusals.table_refusals(table, asked.limits)
    refused += refusals.definition_refusals(table, asked.definitions)
    if refused:
        return _refused(table, asked, refused, None)
    ranking = rank_models(table, asked.limits.order)
    if not len(ranking):
        return _refused(table, asked, [refusals.no_model(ranking.tried)], ranking)
    outcomes = [
        run(m, table, ranking, asked.replicates, asked.seed, asked.level, asked.limits, progress, clock)
        for m in asked.methods
    ]
    if not any(o.estimate for o in outcomes):
        return _refused(table, asked, _distinct(o.refused for o in outcomes if o.refused), ranking)
    return _answered(table, asked, ranking, outcomes)


def _distinct(messages: Iterable[Message]) -> list[Message]:
    return list(dict.fromkeys(messages))


def _refused(table: Table, asked: Question, reasons: list[Message], ranking: Ranking | None) -> Assessment:
    said = () if asked.definitions is not None else (cautions.definitions_missing(len(table.lists)),)
    points = _points(table, ranking) if ranking is not None else ()
    return Assessment(
        table,
        tuple(reasons),
        (),
        said,
        existence_of(table, ranking),
        points,
        (),
        (),
        (),
        asked.seed,
        asked.replicates,
    )


def _answered(table: Table, asked: Question, ranking: Ranking, outcomes: list[Outcome]) -> Assessment:
    said = [cautions.withheld(o.method, o.refused) for o in outcomes if o.refused]
    estimates = []
    spread = _spread(table, ranking, asked)
    for outcome in outcomes:
        if outcome.estimate is not None:
            estimate, warned = _headline(outcome.estimate, spread, asked)
            estimates.append(estimate)
            said += [warned] if warned else []
    fit = checks.stepwise_fit(table, asked.limits)
    n = fit.n if fit is not None else estimates[0].n
    hidden = checks.hidden_lists(table, asked.limits)
    left_out = checks.left_out(table, n, asked.limits)
    said += _warnings(table, asked, ranking, None if fit is None else fit.n, hidden, left_out)
    if fit is not None and asked.probabilistic_share:
        bounds = checks.under_linkage_error(table, fit.model, asked.limits.linkage_error)
        said.append(cautions.linkage(asked.probabilistic_share, bounds, asked.limits.linkage_error))
    return Assessment(
        table,
        (),
        tuple(estimates),
        tuple(_distinct(said)),
        existence_of(table, ranking),
        _points(table, ranking),
        hidden,
        left_out,
        checks.merged_pairs(table, n, asked.limits),
        asked.seed,
        asked.replicates,
    )


def _spread(table: Table, ranking: Ranking, asked: Question) -> tuple[float, float] | None:
    """Range of N over the models close to the best; not asked for without replicates."""
    if not asked.replicates:
        return None
    close = table.seen + ranking.within(asked.limits.bic_distance)
    return float(close.min()), float(close.max())


def _headline(
    estimate: Estimate, spread: tuple[float, float] | None, asked: Question
) -> tuple[Estimate, Message | None]:
    if spread is None:
        return estimate, None
    warned = cautions.wide_spread(spread, estimate.lo, estimate.hi, asked.limits)
    return replace(estimate, spread=spread, headline=RANGE if warned else POINT), warned


def _warnings(
    table: Table,
    asked: Question,
    ranking: Ranking,
    stepwise: float | None,
    hidden: Sequence[checks.Check],
    left_out: Sequence[checks.Check],
) -> list[Message]:
    best = table.seen + float(ranking.unseen[0])
    found = [
        cautions.methods_differ(stepwise, best, asked.limits) if stepwise is not None else None,
        cautions.hidden_misses(hidden),
        cautions.one_list_moves(left_out, asked.limits),
        cautions.two_lists() if len(table.lists) == 2 else None,
        cautions.years_pooled(asked.years) if asked.years > 1 else None,
        cautions.definitions_missing(len(table.lists)) if asked.definitions is None else None,
        None if ranking.exhaustive else cautions.greedy_search(ranking.tried),
    ]
    return [message for message in found if message is not None]


def existence_of(table: Table, ranking: Ranking | None = None) -> Existence:
    """Existence codes of main effects, of each single pair and of all pairs; how many models can be used."""
    lists = len(table.lists)
    pairs = all_pairs(lists)
    codes = {
        term_label(1 << a | 1 << b, table.lists): existence_code(Model.with_pairs(lists, [(a, b)]), table.array)
        for a, b in pairs
    }
    tried, usable, exhaustive = _usable(table, ranking)
    every = existence_code(Model.with_pairs(lists, pairs), table.array) if pairs else None
    return Existence(existence_code(Model.of(lists), table.array), every, codes, tried, usable, exhaustive)


def _usable(table: Table, ranking: Ranking | None) -> tuple[int, int, bool]:
    if ranking is not None:
        return ranking.tried, len(ranking), ranking.exhaustive
    lists = len(table.lists)
    if lists > MOST_LISTS_EXHAUSTIVE:
        main = existence_code(Model.of(lists), table.array)
        return 1, int(main == OK), False
    space = Space.up_to(lists, min(2, max(1, lists - 1)))
    active = all_models(space)
    tables = np.repeat(table.array[:, None], active.shape[1], axis=1)
    return active.shape[1], int(Known(space).admissible(active, tables).sum()), True


def _points(table: Table, ranking: Ranking) -> tuple[ModelPoint, ...]:
    shown = min(len(ranking), MOST_MODEL_POINTS)
    return tuple(
        ModelPoint(ranking.model(i).label(table.lists), table.seen + float(ranking.unseen[i]), float(ranking.bic[i]))
        for i in range(shown)
    )
