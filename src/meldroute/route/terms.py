"""The municipality's terms and holidays, from its own policy."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from meldroute.domain.terms import Terms, parse_holidays, parse_terms
from meldroute.sharing.actions import policy
from meldroute.sharing.models import PolicyKind


def holidays_of(municipality_id: UUID) -> frozenset[date]:
    """The days that are no working days there, weekends apart."""
    return parse_holidays(policy(municipality_id, PolicyKind.HOLIDAYS).body)


def terms_of(municipality_id: UUID) -> Terms:
    """Working days per state, outcome and named duty (`receipt`, `interim`, …), with the holidays."""
    return parse_terms(policy(municipality_id, PolicyKind.TERMS).body, holidays_of(municipality_id))
