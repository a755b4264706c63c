"""The JSON of `meldroute estimate --json`."""

from __future__ import annotations

import math
from dataclasses import asdict

from meldroute.domain.estimation import VERSION, Assessment, Check, Estimate
from meldroute.domain.estimation.protection import Shown, everything


def as_dict(found: Assessment, digest: str, shown: Shown | None = None) -> dict[str, object]:
    """`digest` is the SHA-256 of the file; `content_sha256` does not depend on the order of lists and rows.

    `shown` is what may be printed; when that is not everything, hidden numbers and both hashes are null.
    """
    table = shown or everything(found.table)
    return {
        "table": {
            "lists": list(table.lists),
            "sizes": table.sizes,
            "seen": table.seen,
            "seen_twice": table.seen_twice,
            "overlap": _overlap(table),
            "sha256": digest or None,
            "content_sha256": found.table.sha256 if digest else None,
        },
        "refused": {"reasons": [m.as_dict() for m in found.refused]} if found.refused else None,
        "estimates": [_estimate(e) for e in found.estimates],
        "warnings": [m.as_dict() for m in found.warnings],
        "existence": asdict(found.existence),
        "checks": {
            "hidden": [_check(c) for c in found.hidden],
            "left_out": [_check(c) for c in found.left_out],
            "merged": [_check(c) for c in found.merged],
        },
        "seed": found.seed,
        "version": VERSION,
    }


def _overlap(table: Shown) -> list[dict[str, object]]:
    """The overlap table: every combination of lists that occurs; given also when there is no estimate."""
    return [
        {"lists": [name for i, name in enumerate(table.lists) if h >> i & 1], "count": count}
        for h, count in table.cells.items()
    ]


def _estimate(estimate: Estimate) -> dict[str, object]:
    low, high = estimate.spread or (None, None)
    return {
        "method": estimate.method,
        "model": estimate.model,
        "n": _number(estimate.n),
        "lo": _number(estimate.lo),
        "hi": _number(estimate.hi),
        "level": estimate.level,
        "lo80": _number(estimate.lo80),
        "hi80": _number(estimate.hi80),
        "bic": _number(estimate.bic),
        "limits": estimate.limits,
        "headline": estimate.headline,
        "range": None if low is None else [_number(low), _number(high)],
        "replicates": estimate.replicates,
        "dropped": estimate.dropped,
        "cpu_seconds": _number(estimate.cpu_seconds),
    }


def _check(check: Check) -> dict[str, object]:
    return {
        "lists": list(check.lists),
        "truth": _number(check.truth),
        "n": _number(check.n),
        "lo": _number(check.lo),
        "hi": _number(check.hi),
        "refused": [m.as_dict() for m in check.refused],
    }


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
