"""The policies of the intake, read once: words for proposals, hints against excess, and lives of drafts and links."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings

from meldroute.domain import excess

from .proposal import Words


def _document(name: str) -> dict[str, Any]:
    path = settings.MELDROUTE_POLICIES / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def words() -> Words:
    """The word lists for proposals (`policies/intake-words.toml`)."""
    return Words.of(_document("intake-words"))


@cache
def too_much() -> tuple[excess.Category, ...]:
    """What a report can mostly do without (`policies/excess.toml`)."""
    return excess.load(_document("excess"))


@cache
def _limits() -> Mapping[str, int]:
    return {row["id"]: int(row["value"]) for row in _document("intake")["limit"]}


def limit(name: str) -> int:
    """One of the numbers of `policies/intake.toml`. Raises KeyError."""
    return _limits()[name]
