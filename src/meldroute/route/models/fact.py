"""What is known: observations, the subjects they are about, coded elements and attachments (domain rules §4)."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from meldroute.domain.vocabulary import (
    Capacity,
    Category,
    Confidence,
    SourceKind,
    SubjectKind,
    SubjectRole,
    Truth,
)
from meldroute.vault.base import Sealed
from meldroute.vault.fields import SealedJSON, SealedText

from .signal import Signal


class Subject(Sealed):
    """A person, address, business, vehicle, phone or website with a role in this signal only.

    `label` is what the screens show ("persoon A"); `told` holds the identity and opens with a reason. Keys of
    `told`: name, born, street, house_number, addition, postcode, town, number, plate, url, note.
    """

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="subjects")
    kind = models.CharField(max_length=16, choices=SubjectKind.choices())
    role = models.CharField(max_length=24, choices=SubjectRole.choices())
    label = models.CharField(max_length=40)
    minor = models.BooleanField(default=False)
    told = SealedJSON()
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()


class Lookup(models.Model):
    """A keyed hash of something equal (address with unit, phone, mail) to find earlier signals by."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="lookups")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, null=True, related_name="lookups")
    kind = models.CharField(max_length=16)
    mac = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=("municipality_id", "mac")),)


class Observation(Sealed):
    """A statement with what makes it weighable. Corrected by a new one, never edited."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="observations")
    truth = models.CharField(max_length=16, choices=Truth.choices())
    text = SealedText()
    source = SealedText()
    source_kind = models.CharField(max_length=32, choices=SourceKind.choices(), blank=True)
    observed_on = models.DateField(null=True)
    confidence = models.CharField(max_length=16, choices=Confidence.choices(), default=Confidence.UNKNOWN)
    capacity = models.CharField(max_length=16, choices=Capacity.choices(), default=Capacity.UNKNOWN)
    wpg_ground = SealedText()
    category = models.CharField(max_length=24, choices=Category.choices())
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, related_name="observations")
    query_id = models.UUIDField(null=True)
    task_id = models.UUIDField(null=True)
    expires_on = models.DateField(null=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    why_corrected = SealedText()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("observed_on", "at")


class Element(Sealed):
    """A coded observation of act, means or aim (art. 273f Sr; plan §2.1), each apart."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="elements")
    part = models.CharField(max_length=8, choices=(("act", "handeling"), ("means", "middel"), ("aim", "doel")))
    code = models.CharField(max_length=24)
    note = SealedText()
    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, null=True, related_name="elements")
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Attachment(Sealed):
    """A file that came with a signal or its mail: type by content, hash on arrival, never served inline."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="attachments")
    blob_id = models.UUIDField()
    name = SealedText()
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = SealedText()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
