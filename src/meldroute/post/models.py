"""The outbox: one row per mail that an act decided on. The row is the job; there is no other queue.

queued → sending (with a fence, committed before SMTP DATA) → sent. After a kill in that window the row becomes
uncertain and is shown as "onzeker, kijk na": it is never re-sent by itself. failed: refused for good.
given_up: a person chose another way.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from meldroute.domain.term import Term, gettext_noop
from meldroute.vault.fields import SealedJSON, SealedText


class Delivery(Term):
    """Where a mail is on its way out."""

    QUEUED = "queued", gettext_noop("in de wachtrij")
    SENDING = "sending", gettext_noop("wordt verstuurd")
    SENT = "sent", gettext_noop("verstuurd")
    UNCERTAIN = "uncertain", gettext_noop("onzeker, kijk na")
    FAILED = "failed", gettext_noop("niet aangekomen")
    GIVEN_UP = "given_up", gettext_noop("niet aangekomen, anders opgelost")


class Outgoing(models.Model):
    """A mail to send exactly once. `sealed`: about a sealed signal; only who queued it and the system see it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    key_id = models.UUIDField()
    about = models.CharField(max_length=64)
    about_id = models.UUIDField()
    to = SealedText()
    subject = SealedText()
    body = SealedText()
    attachments = SealedJSON()
    reply_token = models.CharField(max_length=64, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=16, choices=Delivery.choices(), default=Delivery.QUEUED)
    fence = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    not_before = models.DateTimeField()
    queued_by = models.UUIDField(null=True)
    queued_at = models.DateTimeField()
    sealed = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("about", "about_id"), name="post_once_per_act"),)
        indexes = (models.Index(fields=("state", "not_before")),)
