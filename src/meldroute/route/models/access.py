"""Who may see one signal beyond their role: with a reason and an end (architecture, walls)."""

from __future__ import annotations

from django.db import models

from meldroute.domain.term import Term, gettext_noop
from meldroute.vault.base import Sealed
from meldroute.vault.fields import SealedText

from .signal import Signal


class AccessKind(Term):
    """How much an access row opens."""

    FILE = "file", gettext_noop("het dossier")
    RELEASED = "released", gettext_noop("alleen wat voor het overleg is vrijgegeven")
    REPORTED = "reported", gettext_noop("alleen de eigen melding")


class Access(Sealed):
    """Read by the wall itself: live between `starts_at` and `until`, and not ended.

    `about_id` names what it was given for (a privacy check, a task), so that it ends with that.
    """

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="accesses")
    user_id = models.UUIDField()
    kind = models.CharField(max_length=16, choices=AccessKind.choices())
    meeting_id = models.UUIDField(null=True)
    sealed = models.BooleanField(default=False)
    why = SealedText()
    about_id = models.UUIDField(null=True)
    emergency = models.BooleanField(default=False)
    by = models.UUIDField(null=True)
    starts_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("user_id", "signal")), models.Index(fields=("signal",)))


class AccessRequest(Sealed):
    """Somebody asks to see a signal by its reference; the meldpunt answers."""

    reference = models.CharField(max_length=16)
    user_id = models.UUIDField()
    reason = SealedText()
    asked_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    answer = SealedText()
