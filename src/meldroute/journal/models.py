"""The journal: who did and who saw what, when, from where, with what result.

Rows hold ids and field names, never values, and carry no foreign keys, so that they outlive what they are about.
One chain per municipality and one for the installation (chain id zero).
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

INSTALLATION = UUID(int=0)


class Head(models.Model):
    """The last link of a chain; locked while a link is added, so that a chain cannot fork."""

    chain = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    mac = models.BinaryField(default=b"")


class Entry(models.Model):
    """One act or look. The six BIO2 fields (8.15.01): act, object, result, origin, actor, time."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    chain = models.UUIDField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    roles = ArrayField(models.CharField(max_length=32), default=list)
    act = models.CharField(max_length=64)
    on = models.CharField(max_length=64)
    ids = ArrayField(models.UUIDField(), default=list)
    fields = ArrayField(models.CharField(max_length=64), default=list)
    result = models.CharField(max_length=16)
    origin = models.CharField(max_length=64)
    mac = models.BinaryField()

    class Meta:
        ordering = ("chain", "seq")
        constraints = (models.UniqueConstraint(fields=("chain", "seq"), name="journal_one_link"),)
        indexes = (models.Index(fields=("chain", "-at")),)


class SignedHead(models.Model):
    """Where a chain was at a moment, signed: once a day, and at the end of each month.

    `day` is the local date, or the first of the month that ended. Copies lie with a second party. A month that is
    over its term is removed; its row stays, with `removed_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    chain = models.UUIDField()
    kind = models.CharField(max_length=8)
    day = models.DateField()
    seq = models.BigIntegerField()
    mac = models.BinaryField()
    at = models.DateTimeField()
    signature = models.BinaryField()
    filed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("chain", "seq")
        constraints = (models.UniqueConstraint(fields=("chain", "kind", "day"), name="journal_signed_once"),)
