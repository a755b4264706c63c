"""The signal itself: state, outcome, decisions, holds, links and its timeline (plan §3.3.3)."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from meldroute.domain.vocabulary import Channel, Form, Outcome, SourceKind, State
from meldroute.vault.base import Sealed
from meldroute.vault.fields import SealedJSON, SealedText


class Counter(models.Model):
    """The last number given in a municipality in a year; numbers never repeat, gaps are fine."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("municipality_id", "year"), name="route_counter_once"),)


class Signal(Sealed):
    """One signal. Plain: ids, state, outcome, forms, sector, dates; all content lies encrypted beside it.

    `version` guards every change (two people at once: the second is told). `sealed`: about somebody who works,
    governs or meets here; only those with an own access row see it. `round` grows when it is reopened.
    """

    year = models.IntegerField()
    number = models.IntegerField()
    reference = models.CharField(max_length=16)
    round = models.IntegerField(default=1)
    version = models.IntegerField(default=1)
    state = models.CharField(max_length=24, choices=State.choices())
    held_from = models.CharField(max_length=24, choices=State.choices(), blank=True)
    outcome = models.CharField(max_length=24, choices=Outcome.choices(), blank=True)
    forms = ArrayField(models.CharField(max_length=16, choices=Form.choices()), default=list)
    sector = models.CharField(max_length=32, blank=True)
    source_kind = models.CharField(max_length=32, choices=SourceKind.choices())
    channel = models.CharField(max_length=32, choices=Channel.choices())
    urgency_asked = models.BooleanField(default=False)
    minor_possible = models.BooleanField(default=False)
    sealed = models.BooleanField(default=False)
    practice = models.BooleanField(default=False)
    handler_id = models.UUIDField(null=True)
    received_at = models.DateTimeField()
    registered_at = models.DateTimeField(null=True)
    state_since = models.DateTimeField()
    due_on = models.DateField(null=True)
    outcome_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("municipality_id", "year", "number"), name="route_number_once"),)
        indexes = (
            models.Index(fields=("municipality_id", "state", "received_at")),
            models.Index(fields=("municipality_id", "-received_at")),
            models.Index(
                fields=("municipality_id", "received_at", "id"),
                name="route_signal_open",
                condition=~models.Q(state=State.CLOSED),
            ),
        )

    def __str__(self) -> str:
        return self.reference


class Decision(Sealed):
    """A decision on a signal (append-only); a correction is a new one that names the old."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="decisions")
    round = models.IntegerField()
    from_state = models.CharField(max_length=24, choices=State.choices())
    to_state = models.CharField(max_length=24, choices=State.choices())
    decision = models.CharField(max_length=40)
    outcome = models.CharField(max_length=24, choices=Outcome.choices(), blank=True)
    reason = SealedText()
    recipient = models.CharField(max_length=32, blank=True)
    organisation_id = models.UUIDField(null=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    meeting_id = models.UUIDField(null=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)


class Event(Sealed):
    """Something done about a signal that moves no state: danger shared, later follow-up, a reminder sent."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=40)
    told = SealedText()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()


class Hold(Sealed):
    """On hold at the request of OM or police: no inspection and no feedback with content meanwhile."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="holds")
    asked_by = SealedText()
    reason = SealedText()
    review_on = models.DateField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Link(Sealed):
    """Two signals that belong together; link first, never merge by itself."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="linked_from")
    reason = SealedText()
    by = models.UUIDField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class TimelineEntry(Sealed):
    """One line of the file's timeline; `kind` is an act code, `told` its parameters (encrypted)."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="timeline")
    kind = models.CharField(max_length=64)
    told = SealedJSON()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)
        indexes = (models.Index(fields=("signal", "-at")),)
