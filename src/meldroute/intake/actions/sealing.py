"""Sealing a signal afterwards, with the mails that belong to it."""

from __future__ import annotations

from django.db.models import Q

from meldroute.journal.acting import Acting
from meldroute.route.actions.sealing import sealed_afterwards
from meldroute.route.models import Signal

from ..models import Mail
from .triage import OPEN


def seal(*, by: Acting, signal: Signal, version: int, why: str) -> None:
    """Only the trusted readers see the signal and its mails from now on; an answer that waits in the box goes with it.

    Raises Refused, Conflict.
    """
    with sealed_afterwards(by=by, signal=signal, version=version, why=why):
        waiting = Q(proposed_signal_id=signal.id, signal__isnull=True, state__in=OPEN)
        Mail.objects.filter(waiting | Q(signal=signal)).update(signal=signal, sealed=True)
