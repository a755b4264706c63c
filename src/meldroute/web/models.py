"""When the worker last turned each of its ticks: of the installation, no municipality's."""

from __future__ import annotations

from django.db import models


class Pulse(models.Model):
    """One row per tick. `good_at` is when it last went well everywhere; `trouble` is the kind of its last failure."""

    name = models.CharField(primary_key=True, max_length=32)
    at = models.DateTimeField()
    good_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=100, blank=True)
