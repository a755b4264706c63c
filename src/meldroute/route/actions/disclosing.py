"""The register of disclosures: a row for everything that goes out, with the row of the matrix it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from meldroute.domain.vocabulary import Purpose, Recipient
from meldroute.journal.acting import Acting
from meldroute.sharing.models import Disclosure, Release

from ..models import Observation, Signal
from ..policies import matrix_of
from .releasing import Judged


@dataclass(frozen=True)
class Going:
    """What goes out: to whom, what for, how, and which row of which table it is about."""

    recipient: Recipient
    purpose: Purpose
    how: str
    about: str
    about_id: UUID
    organisation_id: UUID | None = None


@dataclass(frozen=True)
class Ground:
    """On what facts go out: the row of the matrix with its version, or another ground in words."""

    ground: str
    row: str = ""
    version: int | None = None


def disclose(signal: Signal, going: Going, facts: dict[Ground, list[UUID]], *, by: Acting) -> list[Disclosure]:
    """Enter it in the register, one row per ground."""
    return [
        Disclosure.objects.create(
            municipality_id=signal.municipality_id,
            signal_id=signal.id,
            observation_ids=ids,
            categories=_categories(ids),
            recipient=going.recipient,
            organisation_id=going.organisation_id,
            purpose=going.purpose,
            ground=ground.ground,
            row=ground.row,
            policy_version=ground.version,
            how=going.how,
            about=going.about,
            about_id=going.about_id,
            by=by.user_id,
            at=by.at,
        )
        for ground, ids in facts.items()
    ]


def _categories(ids: Sequence[UUID]) -> list[str]:
    return sorted(set(Observation.objects.filter(id__in=ids).values_list("category", flat=True)))


def by_release(rows: Sequence[Release]) -> dict[Ground, list[UUID]]:
    """Released facts by the ground that they were released on; a fact counts once."""
    facts: dict[Ground, list[UUID]] = {}
    seen: set[UUID] = set()
    for row in rows:
        if row.observation_id not in seen:
            seen.add(row.observation_id)
            facts.setdefault(Ground(row.ground, row.row, row.policy_version), []).append(row.observation_id)
    return facts


def by_judgement(judged: Sequence[Judged], municipality_id: UUID) -> dict[Ground, list[UUID]]:
    """Allowed facts by the row of the matrix."""
    _, version = matrix_of(municipality_id)
    facts: dict[Ground, list[UUID]] = {}
    for one in judged:
        if one.verdict:
            facts.setdefault(Ground(one.verdict.ground, one.verdict.row, version), []).append(one.fact.id)
    return facts
