"""What somebody was asked to do, and what was handed over to whom."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from meldroute.domain.term import Term, gettext_noop
from meldroute.domain.vocabulary import Capacity, Purpose, Recipient
from meldroute.vault.base import Sealed
from meldroute.vault.fields import SealedText

from .signal import Decision, Signal


class TaskKind(Term):
    """What is asked. Never to follow persons, lie in wait or use a false profile (domain rules §3)."""

    OBSERVE = "observe", gettext_noop("ter plaatse kijken")
    INSPECT = "inspect", gettext_noop("controle")
    INFORMATION = "information", gettext_noop("informatie geven")
    ACTION = "action", gettext_noop("actie")


class TaskState(Term):
    """Where a task is."""

    OPEN = "open", gettext_noop("open")
    ANSWERED = "answered", gettext_noop("beantwoord")
    WITHDRAWN = "withdrawn", gettext_noop("ingetrokken")


class Task(Sealed):
    """A question to one person with a date; the assignee sees this row, not the file."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=16, choices=TaskKind.choices())
    question = SealedText()
    place = SealedText()
    assignee_id = models.UUIDField()
    due_on = models.DateField()
    state = models.CharField(max_length=16, choices=TaskState.choices(), default=TaskState.OPEN)
    version = models.IntegerField(default=1)
    answer = SealedText()
    capacity = models.CharField(max_length=16, choices=Capacity.choices(), blank=True)
    result = models.CharField(max_length=32, blank=True)
    observation_id = models.UUIDField(null=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="tasks")
    meeting_id = models.UUIDField(null=True)
    by = models.UUIDField()
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    chased_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = SealedText()

    class Meta:
        ordering = ("due_on",)
        indexes = (models.Index(fields=("assignee_id", "state")),)


class HandOver(Sealed):
    """A hand-over to another authority; to Team Mensenhandel possible at every step (append-only but receipt).

    `body` is the text that went out; `outgoing_id` its mail in the outbox, if it went by mail.
    """

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="hand_overs")
    recipient = models.CharField(max_length=32, choices=Recipient.choices())
    organisation_id = models.UUIDField(null=True)
    observation_ids = ArrayField(models.UUIDField(), default=list)
    purpose = models.CharField(max_length=32, choices=Purpose.choices())
    reason = SealedText()
    body = SealedText()
    outgoing_id = models.UUIDField(null=True)
    acute = models.BooleanField(default=False)
    account_by = models.DateField(null=True)
    accounted_at = models.DateTimeField(null=True)
    account = SealedText()
    how = models.CharField(max_length=32)
    by = models.UUIDField()
    at = models.DateTimeField()
    receipt_at = models.DateTimeField(null=True)
    receipt_from = SealedText()
