"""Keeping policy as data: a change is a new version; what is shipped is a proposal and says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from meldroute.domain.policy_changes import adopted
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, Verdict, no, require, yes
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from .models import Policy, PolicyKind

NEWEST = """
SELECT DISTINCT ON (kind) * FROM sharing_policy
WHERE municipality_id = %s AND kind = ANY(%s) ORDER BY kind, version DESC
"""
PROPOSAL = gettext_noop("voorstel, nog niet vastgesteld")
MAY_SETTLE = (Role.PROCESS_OWNER,)


@dataclass(frozen=True)
class Wanted:
    """A new version as its reader checked it: `after` is the version it was compared with.

    `decision` (who decided, when, under which number) adopts every row; without it the version stays a proposal.
    """

    kind: PolicyKind
    body: dict[str, Any]
    after: int
    decision: str = ""


def settle(*, by: Acting, wanted: Wanted) -> Policy:
    """The process owner makes a new version count, at once and from now on. Raises Refused.

    Who compared with a version that is no longer the newest is refused, so that nobody undoes a colleague unseen.
    """
    require(_may_settle(by))
    if policy(by.place, wanted.kind).version != wanted.after:
        raise Refused(_stale())
    decision = wanted.decision.strip()
    body = adopted(wanted.body, decision) if decision else wanted.body
    try:
        with transaction.atomic():
            return _make(by, wanted.kind, body, decision or PROPOSAL, version=wanted.after + 1)
    except IntegrityError:
        raise Refused(_stale()) from None


def _stale() -> Verdict:
    told = gettext_noop("Intussen is er een nieuwere versie. Vergelijk opnieuw.")
    return no(told, "architecture, habit 8", "policy.stale")


def _may_settle(by: Acting) -> Verdict:
    if by.is_any(*MAY_SETTLE):
        return yes()
    told = gettext_noop("De proceseigenaar stelt het beleid vast, na advies van de functionaris gegevensbescherming.")
    return no(told, "plan R4.1", "policy.role", MAY_SETTLE)


def adopt(*, by: Acting, kind: PolicyKind, body: dict[str, Any], status: str = PROPOSAL) -> Policy:
    """Make `body` the newest version of this policy in the active municipality."""
    last = Policy.objects.filter(municipality_id=by.place, kind=kind).order_by("-version").first()
    return _make(by, kind, body, status, version=last.version + 1 if last else 1)


def _make(by: Acting, kind: PolicyKind, body: dict[str, Any], status: str, *, version: int) -> Policy:
    made = Policy.objects.create(
        municipality_id=by.place, kind=kind, version=version, body=body, status=status, by=by.user_id, at=by.at
    )
    journal.record(by=by, act="policy.adopt", on="sharing.Policy", ids=[made.id], fields=[kind.value])
    return made


def policy(municipality_id: UUID, kind: PolicyKind, version: int | None = None) -> Policy:
    """The newest version, or the one named. Raises Policy.DoesNotExist."""
    if version is None:
        return newest(municipality_id, kind)[kind]
    return Policy.objects.get(municipality_id=municipality_id, kind=kind, version=version)


def newest(municipality_id: UUID, *kinds: PolicyKind) -> dict[str, Policy]:
    """The newest version of each kind, by kind, in one statement. Raises Policy.DoesNotExist when one is lacking."""
    rows = Policy.objects.raw(NEWEST, [municipality_id, [kind.value for kind in kinds]])
    found = {row.kind: row for row in rows}
    if lacking := sorted(set(kinds) - set(found)):
        raise Policy.DoesNotExist(", ".join(lacking))
    return found


def not_settled(by: Acting) -> int:
    """How many kinds of policy stand as a proposal in the active municipality; reads no content."""
    newest = Policy.objects.filter(municipality_id=by.place).order_by("kind", "-version").distinct("kind")
    return sum(status == PROPOSAL for status in newest.values_list("status", flat=True))
