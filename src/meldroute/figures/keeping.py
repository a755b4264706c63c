"""Answers as JSON in a row, and back: everything for the figures staff, and what may be shown outside."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from typing import Any

from meldroute.domain.estimation import Assessment, Check, Estimate, Existence, Message, ModelPoint, Table
from meldroute.domain.estimation.cautions import significant
from meldroute.domain.estimation.protection import Shown, everything, protected, without_counts

MOST_POINTS = 200


@dataclass(frozen=True)
class Answer:
    """What was found and what of the table may be shown with it."""

    found: Assessment
    shown: Shown
    digest: str


def whole(found: Assessment, digest: str) -> Answer:
    """Everything; `digest` is the SHA-256 of the file."""
    return Answer(found, everything(found.table), digest)


def outside(found: Assessment) -> Answer:
    """What may be shown to others: no small counts, nothing from which they can be worked out.

    No hash (of a small table it can be guessed), no checks per list, two significant digits.
    """
    shown = protected(found.table)
    return Answer(
        replace(
            found,
            table=Table.of(shown.lists, shown.cells),
            refused=without_counts(found.refused),
            warnings=without_counts(found.warnings),
            estimates=tuple(_rounded(e) for e in found.estimates),
            existence=replace(found.existence, pairs={}),
            models=tuple(replace(m, n=float(significant(m.n)), bic=round(m.bic, 1)) for m in found.models),
            hidden=(),
            left_out=(),
            merged=(),
        ),
        shown,
        "",
    )


def _rounded(estimate: Estimate) -> Estimate:
    def told(value: float) -> float:
        return float(significant(value))

    e = estimate
    return replace(
        e,
        n=told(e.n),
        lo=told(e.lo),
        hi=told(e.hi),
        lo80=told(e.lo80),
        hi80=told(e.hi80),
        spread=None if e.spread is None else (told(e.spread[0]), told(e.spread[1])),
        bic=None if e.bic is None else round(e.bic, 1),
        cpu_seconds=None,
    )


def kept(answer: Answer) -> dict[str, Any]:
    """JSON without NaN or infinity (those become null)."""
    told = asdict(answer.found)
    table = told.pop("table")
    told["models"] = told["models"][:MOST_POINTS]
    shown = asdict(answer.shown)
    cells = {"table": _pairs(answer.found.table.cells), "shown": _pairs(answer.shown.cells)}
    plain: dict[str, Any] = _finite({**told, "lists": table["lists"], "shown": shown, "digest": answer.digest})
    plain["shown"].pop("cells")
    return plain | {"cells": cells}


def _pairs(cells: dict[int, int]) -> list[list[int]]:
    return [[history, count] for history, count in cells.items()]


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    return [_finite(item) for item in value] if isinstance(value, (list, tuple)) else value


def opened(told: dict[str, Any]) -> Answer:
    """What `kept` put away."""
    cells = {name: dict(pairs) for name, pairs in told["cells"].items()}
    lists = tuple(told["lists"])
    sizes = {name: told["shown"]["sizes"][name] for name in lists}  # jsonb keeps no order
    shown = Shown(**{**told["shown"], "lists": lists, "sizes": sizes}, cells=cells["shown"])
    found = Assessment(
        table=Table.of(lists, cells["table"]),
        refused=_messages(told["refused"]),
        estimates=tuple(_estimate(one) for one in told["estimates"]),
        warnings=_messages(told["warnings"]),
        existence=Existence(**told["existence"]),
        models=tuple(ModelPoint(**one) for one in told["models"]),
        hidden=_checks(told["hidden"]),
        left_out=_checks(told["left_out"]),
        merged=_checks(told["merged"]),
        seed=told["seed"],
        replicates=told["replicates"],
    )
    return Answer(found, shown, told["digest"])


def _messages(rows: list[dict[str, Any]]) -> tuple[Message, ...]:
    return tuple(Message(**{**row, "lists": tuple(row["lists"])}) for row in rows)


def _estimate(row: dict[str, Any]) -> Estimate:
    spread = row["spread"] and tuple(row["spread"])
    return Estimate(**{**row, "spread": spread})


def _checks(rows: list[dict[str, Any]]) -> tuple[Check, ...]:
    return tuple(Check(**{**row, "lists": tuple(row["lists"]), "refused": _messages(row["refused"])}) for row in rows)
