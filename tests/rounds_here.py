"""How often a proof is repeated: a few times in the suite, often in `./meldroute prove`."""

from __future__ import annotations

import os


def rounds(suite: int, prove: int) -> int:
    """`suite` in the tests, `prove` when prove/ runs them."""
    return prove if os.environ.get("PROVE") else suite


def measured(what: str, value: float) -> None:
    """A figure for docs/operations/assurance.md; said only while something is proven."""
    if os.environ.get("PROVE"):
        print(f"\n    {what}: {value:,.0f}", flush=True)
