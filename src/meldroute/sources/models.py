"""Asking a source: whether there is a hit first, the content only after that (plan §3.3.3 step 3; protocol step 3)."""

from __future__ import annotations

from django.db import models

from meldroute.domain.term import Term, gettext_noop
from meldroute.vault.base import Sealed
from meldroute.vault.fields import SealedText


class Hit(Term):
    """What a source answered to the first question."""

    ASKED = "asked", gettext_noop("gevraagd")
    NONE = "none", gettext_noop("geen treffer")
    HIT = "hit", gettext_noop("treffer")


class Query(Sealed):
    """One question to one source of the register, under one decided check 1.

    `url`: for the open internet, the page that was read (the log asks page, time and reason).
    """

    signal_id = models.UUIDField()
    round = models.IntegerField()
    source = models.CharField(max_length=64)
    policy_version = models.IntegerField()
    check_id = models.UUIDField()
    question = SealedText()
    url = SealedText()
    hit = models.CharField(max_length=8, choices=Hit.choices(), default=Hit.ASKED)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    opened_by = models.UUIDField(null=True)
    opened_at = models.DateTimeField(null=True)
    opened_why = SealedText()
    observation_id = models.UUIDField(null=True)

    class Meta:
        indexes = (models.Index(fields=("signal_id",)),)
