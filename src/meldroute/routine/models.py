"""The routine of a month with its steps, and the test mails. No case and no name of anybody in a case is in it.

A month is that of Europe/Amsterdam, named as `domain/cadence.py` names it ("2026-11").
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from meldroute.domain.routine import Sees
from meldroute.domain.term import Term, gettext_noop


class Standing(Term):
    """What became of a step."""

    OPEN = "open", gettext_noop("open")
    DONE = "done", gettext_noop("gedaan")
    NOT_DONE = "not_done", gettext_noop("niet gedaan")


class Month(models.Model):
    """The routine of one month, with the version of the policy that its steps came from.

    `signal_id`: the practice signal that was started in it; `key_id`: the data key of its test mails.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    key = models.CharField(max_length=7)
    begins = models.DateField()
    due = models.DateField()
    key_id = models.UUIDField()
    policy_version = models.IntegerField()
    signal_id = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("municipality_id", "key"), name="routine_month_once"),)


class Step(models.Model):
    """A step as the policy had it when the month began, and what became of it.

    `seen` is what the program itself saw then (a code and its values, `seeing.py`); `by` None: the program said it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    month = models.ForeignKey(Month, on_delete=models.PROTECT, related_name="steps")
    code = models.CharField(max_length=80)
    place = models.IntegerField()
    name = models.CharField(max_length=120)
    why = models.CharField(max_length=400)
    sees = models.CharField(max_length=16, choices=Sees.choices())
    standing = models.CharField(max_length=16, choices=Standing.choices(), default=Standing.OPEN)
    reason = models.CharField(max_length=400, blank=True)
    seen = models.JSONField(default=dict)
    version = models.IntegerField(default=0)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=("month", "code"), name="routine_step_once"),)


class Event(models.Model):
    """What was said of a step, each time (append-only)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="events")
    number = models.IntegerField()
    standing = models.CharField(max_length=16, choices=Standing.choices())
    reason = models.CharField(max_length=400, blank=True)
    seen = models.JSONField(default=dict)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("step", "number"), name="routine_event_once"),)


class MailTest(models.Model):
    """A test mail to our own mailbox. `mac`: the keyed hash of its token, which stands in the mail and nowhere else.

    `mail_id`: the mail of the ledger that held the token. `whole`: it was word for word what we sent, so that it left
    triage. `looked_at`, `post` (state of the outbox while it waits) and `box` (trouble of the mailbox): the last look.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    month = models.ForeignKey(Month, on_delete=models.PROTECT, related_name="tests")
    mac = models.BinaryField(unique=True)
    outgoing_id = models.UUIDField()
    by = models.UUIDField()
    at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    mail_id = models.UUIDField(null=True)
    whole = models.BooleanField(default=False)
    looked_at = models.DateTimeField(null=True)
    post = models.CharField(max_length=16, blank=True)
    box = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = (models.Index(fields=("municipality_id", "-at")),)
