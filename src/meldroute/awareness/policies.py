"""The policy of this chapter, as the installation has it."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from meldroute.domain.awareness.policy import Policy, parse
from meldroute.journal.acting import Acting

from .roles import sees_all


@lru_cache(maxsize=4)
def _read(folder: Path) -> Policy:
    return parse(tomllib.loads((folder / "awareness.toml").read_text(encoding="utf-8")))


def policy() -> Policy:
    """What `policies/awareness.toml` says."""
    return _read(settings.MELDROUTE_POLICIES)


def smallest_for(by: Acting) -> int:
    """Numbers under this are not shown to `by`; 0 for who sees all."""
    return 0 if sees_all(by) else policy().terms["smallest"]
