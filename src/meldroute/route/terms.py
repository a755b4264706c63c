"""The municipality's terms and holidays, from its own policy."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from uuid import UUID

from meldroute.domain.terms import Terms, parse_holidays, parse_terms
from meldroute.sharing.actions import newest, policy
from meldroute.sharing.models import Policy, PolicyKind

VERSIONS = 64
"""Of how many versions a process remembers what they say: a version never changes, and is known by its id."""


def holidays_of(municipality_id: UUID) -> frozenset[date]:
    """The days that are no working days there, weekends apart."""
    return _holidays(policy(municipality_id, PolicyKind.HOLIDAYS))


def terms_of(municipality_id: UUID) -> Terms:
    """Working days per state, outcome and named duty (`receipt`, `interim`, …), with the holidays. One statement."""
    found = newest(municipality_id, PolicyKind.TERMS, PolicyKind.HOLIDAYS)
    return _terms(found[PolicyKind.TERMS], found[PolicyKind.HOLIDAYS])


@lru_cache(VERSIONS)
def _holidays(row: Policy) -> frozenset[date]:
    return parse_holidays(row.body)


@lru_cache(VERSIONS)
def _terms(row: Policy, holidays: Policy) -> Terms:
    return parse_terms(row.body, _holidays(holidays))
