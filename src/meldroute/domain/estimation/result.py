"""What the estimator gives back."""

from __future__ import annotations

from dataclasses import dataclass

from .checks import Check
from .message import Message
from .table import Table

POINT, RANGE = "point", "range"


@dataclass(frozen=True)
class Estimate:
    """Number of presumed victims, seen and unseen, by one method.

    `limits` says what `lo` and `hi` are: `bca` (bootstrap with model choice inside), `wald` (given the
    model, so too narrow) or `posterior`. With `headline` "range" a screen shows `spread`, not `n`.
    """

    method: str
    model: str
    n: float
    lo: float
    hi: float
    level: float
    lo80: float
    hi80: float
    bic: float | None
    limits: str
    headline: str = POINT
    spread: tuple[float, float] | None = None
    replicates: int = 0
    dropped: int = 0
    cpu_seconds: float | None = None


@dataclass(frozen=True)
class Existence:
    """Which models have a unique estimate. Codes: 0 yes, 1 no estimate, 2 not identifiable, 3 both."""

    main_effects: int
    all_pairs: int | None
    pairs: dict[str, int]
    tried: int
    with_estimate: int
    exhaustive: bool


@dataclass(frozen=True)
class ModelPoint:
    """One model of the ranking, for the model-range plot."""

    model: str
    n: float
    bic: float


@dataclass(frozen=True)
class Assessment:
    """Everything about one table. When `refused` holds reasons, `estimates` is empty."""

    table: Table
    refused: tuple[Message, ...]
    estimates: tuple[Estimate, ...]
    warnings: tuple[Message, ...]
    existence: Existence
    models: tuple[ModelPoint, ...]
    hidden: tuple[Check, ...]
    left_out: tuple[Check, ...]
    merged: tuple[Check, ...]
    seed: int
    replicates: int
