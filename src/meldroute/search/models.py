"""The words of a file as keyed numbers, the keys of the years, and the questions that were asked."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from meldroute.vault.base import Sealed
from meldroute.vault.fields import SealedJSON


class YearKey(models.Model):
    """Which data key makes the numbers of the signals of one year in one municipality.

    While the key of a year is renewed there are two; a question asks with each of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    year = models.IntegerField()
    key_id = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("municipality_id", "year")),)


class Token(models.Model):
    """One word in one part of a file: 64 bits of an HMAC. Seen exactly when the file is (the wall is the route's).

    `source_id`: the observation, subject, line or mail that it came from; `field` a `domain.searching.Field`. The
    primary key is the index that a question is answered from.
    """

    pk = models.CompositePrimaryKey("municipality_id", "mac", "signal_id", "source_id", "field")
    municipality_id = models.UUIDField()
    mac = models.BigIntegerField()
    signal_id = models.UUIDField()
    source_id = models.UUIDField()
    field = models.SmallIntegerField()

    class Meta:
        indexes = (models.Index(fields=("signal_id", "source_id"), name="search_token_source"),)


class Question(Sealed):
    """What somebody asked, encrypted, so that no address, log or session holds it; gone within the day.

    `asked`: text, person (bool) and purpose.
    """

    user_id = models.UUIDField()
    asked = SealedJSON()
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("municipality_id", "user_id")),)
