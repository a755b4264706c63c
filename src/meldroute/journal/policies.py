"""How long the journal is kept (`policies/journal.toml`)."""

from __future__ import annotations

import tomllib

from django.conf import settings

from meldroute.domain.policy import PolicyError, rows


def years_kept() -> int:
    """Whole years after the end of a month. Raises PolicyError."""
    document = tomllib.loads((settings.MELDROUTE_POLICIES / "journal.toml").read_text(encoding="utf-8"))
    for row in rows(document, "retention"):
        row.standing()
        if row.name == "journal":
            return row.number("years")
    raise PolicyError("journal.toml: there is no retention row journal")
