"""Keeping policy as data: a change is a new version; what is shipped is a proposal and says so."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from .models import Policy, PolicyKind

PROPOSAL = "voorstel, nog niet vastgesteld"


def adopt(*, by: Acting, kind: PolicyKind, body: dict[str, Any], status: str = PROPOSAL) -> Policy:
    """Make `body` the newest version of this policy in the active municipality."""
    last = Policy.objects.filter(municipality_id=by.place, kind=kind).order_by("-version").first()
    policy = Policy.objects.create(
        municipality_id=by.place,
        kind=kind,
        version=last.version + 1 if last else 1,
        body=body,
        status=status,
        by=by.user_id,
        at=by.at,
    )
    journal.record(by=by, act="policy.adopt", on="sharing.Policy", ids=[policy.id], fields=[kind.value])
    return policy


def policy(municipality_id: UUID, kind: PolicyKind, version: int | None = None) -> Policy:
    """The newest version, or the one named. Raises Policy.DoesNotExist."""
    found = Policy.objects.filter(municipality_id=municipality_id, kind=kind)
    return found.get(version=version) if version is not None else found.latest("version")
