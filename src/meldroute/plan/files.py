"""Plan files: read with the line of every error, written again as TOML (docs/plan-format.md)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import tomli_w

from meldroute.domain.plan.document import parse_plan
from meldroute.domain.policy import PolicyError
from meldroute.domain.toml_lines import line_of
from meldroute.sharing.parsing import no_toml, plain

MOST = 1_000_000
"""Characters of a plan file; Heemstede's has 15,000."""
ORDER = ("format", "plan", "document", "pillar", "action", "promise", "figure")


def read(text: str) -> dict[str, Any]:
    """The document in `text`, checked. Raises PolicyError; its message says on which line when that is known."""
    if len(text) > MOST:
        raise PolicyError(f"dit bestand is te groot: {len(text)} tekens, het mogen er {MOST} zijn")
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise PolicyError(no_toml(str(wrong))) from None
    try:
        parse_plan(told)
    except PolicyError as wrong:
        line = line_of(text, wrong.table, wrong.number, wrong.field)
        raise PolicyError(f"regel {line} van het bestand: {wrong}" if line else str(wrong)) from None
    body: dict[str, Any] = plain(told)
    return body


def write(body: Mapping[str, Any]) -> str:
    """The document as TOML, its parts in the order of the format."""
    told = {name: body[name] for name in ORDER if name in body}
    return tomli_w.dumps(_dated(told), multiline_strings=False)


_DAYS = ("begins", "ends", "adopted_on")


def _dated(value: Any, name: str = "") -> Any:
    """Days are dates in TOML, not texts."""
    if isinstance(value, Mapping):
        return {key: _dated(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_dated(one) for one in value]
    return tomllib.loads(f"day = {value}")["day"] if name in _DAYS else value
