"""Who reported, and what they are told back (plan §3.3.3 step 6)."""

from __future__ import annotations

from django.db import models

from meldroute.domain.term import Term, gettext_noop
from meldroute.domain.vocabulary import NoFeedback, SourceKind
from meldroute.vault.base import Sealed
from meldroute.vault.fields import SealedText

from .signal import Signal


class FeedbackKind(Term):
    """Why a reporter hears something."""

    RECEIPT = "receipt", gettext_noop("ontvangstbevestiging")
    INTERIM = "interim", gettext_noop("tussenbericht")
    FEEDBACK = "feedback", gettext_noop("terugkoppeling")


class Reporter(Sealed):
    """Who reported, kept apart from the facts and seen by the meldpunt only: the wall of the table says so too.

    `protected`: opens only with a reason and a second person, the From line included.
    """

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="reporters")
    source_kind = models.CharField(max_length=32, choices=SourceKind.choices())
    organisation_id = models.UUIDField(null=True)
    user_id = models.UUIDField(null=True)
    name = SealedText()
    mail = SealedText()
    phone = SealedText()
    how_safe = SealedText()
    mail_safe = models.BooleanField(default=False)
    wants_feedback = models.BooleanField(default=True)
    anonymous = models.BooleanField(default=False)
    protected = models.BooleanField(default=False)
    may_call_back = models.BooleanField(default=False)
    thread_mac = models.BinaryField(default=b"")
    at = models.DateTimeField()


class Reveal(Sealed):
    """A request to see a protected reporter: reason, second person, short time."""

    reporter = models.ForeignKey(Reporter, on_delete=models.PROTECT, related_name="reveals")
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="+")
    reason = SealedText()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    agreed_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="route_reveal_second_person",
                condition=models.Q(agreed_by__isnull=True) | ~models.Q(agreed_by=models.F("asked_by")),
            ),
        )


class Feedback(Sealed):
    """A word owed to a reporter: due on a day, given or not given with a reason.

    With a level and not given yet it waits for a second reader: `by` composed it and `kept_why` says why what was
    marked stays. `outgoing_id` names the latest mail it went out with.
    """

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="feedbacks")
    reporter = models.ForeignKey(Reporter, on_delete=models.PROTECT, related_name="feedbacks")
    kind = models.CharField(max_length=16, choices=FeedbackKind.choices())
    round = models.IntegerField()
    due_on = models.DateField()
    level = models.CharField(max_length=16, blank=True)
    subject_line = SealedText()
    text = SealedText()
    how = models.CharField(max_length=16, blank=True)
    outgoing_id = models.UUIDField(null=True)
    second_reader = models.UUIDField(null=True)
    kept_why = SealedText()
    none_because = models.CharField(max_length=16, choices=NoFeedback.choices(), blank=True)
    none_reason = SealedText()
    by = models.UUIDField(null=True)
    given_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due_on",)
        constraints = (
            models.UniqueConstraint(fields=("reporter", "kind", "round"), name="route_feedback_once"),
            models.CheckConstraint(
                name="route_feedback_second_reader",
                condition=models.Q(second_reader__isnull=True) | ~models.Q(second_reader=models.F("by")),
            ),
        )
        indexes = (models.Index(fields=("municipality_id", "given_at", "due_on")),)
