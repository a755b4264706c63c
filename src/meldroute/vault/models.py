"""Data keys, and bytes in encrypted chunks. A destroyed key never comes back."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from .fields import SealedBytes


class DataKey(models.Model):
    """One key of one signal, mail or other thing that must be forgotten whole; wrapped by the master key."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    purpose = models.CharField(max_length=32)
    wrapped = models.BinaryField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField(null=True)


class Blob(models.Model):
    """A file: its size in bytes and, in chunks, its encrypted content."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    key_id = models.UUIDField()
    size = models.BigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)


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
