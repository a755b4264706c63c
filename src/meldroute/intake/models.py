"""What came in: the mailboxes, the ledger of mails, drafts of the form and links for partners."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from meldroute.domain.vocabulary import Triage
from meldroute.route.models import Signal
from meldroute.vault.base import Sealed
from meldroute.vault.fields import SealedJSON, SealedText


class Mailbox(Sealed):
    """A mailbox of a municipality; its address and secret are encrypted."""

    address = SealedText()
    active = models.BooleanField(default=True)
    polled_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)


class Mail(Sealed):
    """The ledger: one row per message, stored and committed before anything is parsed.

    `mac` = keyed hash of the raw bytes (of size and headers when over 25 MB) and is the identity. The row outlives
    the mail: when the data key is destroyed, subject and body are gone, the row stays. `tries` = how often reading
    it was begun, so that bytes which kill the process are not read for ever.
    """

    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, null=True, related_name="mails")
    mac = models.BinaryField()
    size = models.BigIntegerField()
    blob_id = models.UUIDField(null=True)
    came_at = models.DateTimeField()
    too_large = models.BooleanField(default=False)
    state = models.CharField(max_length=16, choices=Triage.choices(), default=Triage.NEW)
    version = models.IntegerField(default=1)
    read_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    sender = SealedText()
    subject_line = SealedText()
    reading = SealedJSON()
    problem = models.CharField(max_length=300, blank=True)
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, null=True, related_name="mails")
    proposed_signal_id = models.UUIDField(null=True)
    protected = models.BooleanField(default=False)
    sealed = models.BooleanField(default=False)
    practice = models.BooleanField(default=False)
    settled_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_why = SealedText()
    content_until = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("municipality_id", "mac"), name="intake_mail_once"),)
        indexes = (models.Index(fields=("municipality_id", "state", "came_at")),)


class Glimpse(models.Model):
    """Where in a mailbox a mail of the ledger was seen (UIDVALIDITY and UID, or a file): progress, never identity."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    mailbox_key = models.CharField(max_length=64)
    ref = models.CharField(max_length=120)
    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="glimpses")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("municipality_id", "mailbox_key", "ref"), name="intake_glimpse_once"),
        )


class Draft(Sealed):
    """An unfinished report; it survives, but not for long.

    `user_id` is the account, or the system's for a partner with a link; `kind` tells their drafts apart. Files wait
    with it under its own data key, which goes when it is sent or thrown away.
    """

    user_id = models.UUIDField()
    kind = models.CharField(max_length=16)
    body = SealedJSON()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("municipality_id", "user_id", "kind"), name="intake_draft_once"),
        )


class PartnerLink(models.Model):
    """An expiring signed link to the form, bound to one organisation."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    organisation_id = models.UUIDField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    uses = models.IntegerField(default=1)
    uses_left = models.IntegerField(default=1)
    ended_at = models.DateTimeField(null=True)
