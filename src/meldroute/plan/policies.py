"""When somebody is reminded of the plan (`policies/plan.toml`), read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from django.conf import settings


@cache
def _limits() -> Mapping[str, int]:
    path = settings.MELDROUTE_POLICIES / "plan.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["limit"]
    return {row["id"]: int(row["value"]) for row in rows}


def limit(name: str) -> int:
    """One of the numbers, in days. Raises KeyError."""
    return _limits()[name]
