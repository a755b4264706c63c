"""What the municipality agreed about the routine, and about going over roles."""

from __future__ import annotations

from functools import lru_cache
from json import dumps, loads

from meldroute.domain.routine import Routine, parse_routine
from meldroute.domain.signing_in import SignIn, parse_sign_in
from meldroute.journal.acting import Acting
from meldroute.sharing.actions import policy
from meldroute.sharing.models import PolicyKind


def routine_here(by: Acting) -> tuple[Routine, int]:
    """The policy of the routine in the active municipality, with its version."""
    row = policy(by.place, PolicyKind.ROUTINE)
    return _parsed(dumps(row.body)), row.version


@lru_cache(maxsize=16)
def _parsed(body: str) -> Routine:
    return parse_routine(loads(body))


def access_here(by: Acting) -> SignIn:
    """The policy of signing in and access there."""
    return parse_sign_in(policy(by.place, PolicyKind.ACCOUNTS).body)
