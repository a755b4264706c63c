"""The municipality's terms and holidays, from its own policy."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from meldroute.domain.route import Terms
from meldroute.people.models import Municipality
from meldroute.sharing import policy_files
from meldroute.sharing.actions import policy
from meldroute.sharing.models import PolicyKind


def holidays_of(municipality_id: UUID) -> frozenset[date]:
    """The days that are no working days there, weekends apart."""
    own = Municipality.objects.values_list("own_holidays", flat=True).get(id=municipality_id)
    return policy_files.holidays(policy(municipality_id, PolicyKind.HOLIDAYS).body, own=own)


def terms_of(municipality_id: UUID) -> Terms:
    """Working days per state and outcome, and the holidays."""
    body = policy(municipality_id, PolicyKind.TERMS).body
    return policy_files.terms(body, holidays_of(municipality_id))


def working_days(municipality_id: UUID, name: str) -> int:
    """One named term in working days, such as `receipt`, `interim`, `advice`."""
    return policy_files.named_term(policy(municipality_id, PolicyKind.TERMS).body, name)
