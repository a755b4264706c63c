"""Data keys, and bytes in encrypted chunks. A destroyed key never comes back."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from .fields import SealedBytes
from .scanner import Scan


class DataKey(models.Model):
    """One key of one signal, mail or other thing that must be forgotten whole; wrapped by the master key."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    purpose = models.CharField(max_length=32)
    wrapped = models.BinaryField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField(null=True)


class Blob(models.Model):
    """A file: its size in bytes and, in chunks, its encrypted content.

    `scan` says whether it may be given to anybody (`scans.may_leave`); `scan_said` is the name of what was found.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    key_id = models.UUIDField()
    size = models.BigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    scan = models.CharField(max_length=16, choices=Scan.choices(), default=Scan.WAITING)
    scan_said = models.CharField(max_length=200, blank=True)
    scanned_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("municipality_id", "scanned_at"),
                condition=models.Q(scan__in=("waiting", "unreached")),
                name="vault_blob_to_scan",
            ),
        )


class Chunk(models.Model):
    """At most one mebibyte of a blob."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    key_id = models.UUIDField()
    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="chunks")
    number = models.IntegerField()
    body = SealedBytes()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("blob", "number"), name="vault_chunk_once"),)


class Canary(models.Model):
    """One known text under the master key: start refuses when it does not decrypt."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    sealed = models.BinaryField()


class Practice(models.Model):
    """Whether this installation is for practice: written when the database is made, never changed."""

    id = models.IntegerField(primary_key=True, default=1)
    practice = models.BooleanField()
