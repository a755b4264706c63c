"""What every row with encrypted fields has."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class Sealed(models.Model):
    """A row of one municipality whose encrypted fields are locked by the data key `key_id`."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    key_id = models.UUIDField()

    class Meta:
        abstract = True
