"""The same address again: number, year and outcome of earlier signals; content only after a reason (rules §2)."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from .models import Lookup, Signal

YEAR = timedelta(days=365)


def earlier(signal: Signal) -> QuerySet[Signal]:
    """Other signals that share a keyed look-up value with this one (address with unit, phone, plate …)."""
    macs = Lookup.objects.filter(signal=signal).values("mac")
    same = Lookup.objects.filter(municipality_id=signal.municipality_id, mac__in=macs).exclude(signal=signal)
    return Signal.objects.filter(id__in=same.values("signal_id")).order_by("-received_at")


def is_repeat(signal: Signal) -> bool:
    """Whether an earlier signal about the same came in within the twelve months before this one."""
    since = signal.received_at - YEAR
    return earlier(signal).filter(received_at__gte=since, received_at__lt=signal.received_at).exists()
