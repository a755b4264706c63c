"""A report: numbers as they were when it was made, texts that people change until it is adopted, and who adopted it.

Numbers and breakdowns here name nobody and no case. Once adopted nothing changes any more (the database refuses); a
better one is a new version beside it.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from meldroute.domain.reporting.kinds import Audience, Kind
from meldroute.domain.term import Term, gettext_noop


class ReportState(Term):
    """Where a report is."""

    DRAFT = "draft", gettext_noop("concept")
    ADOPTED = "adopted", gettext_noop("vastgesteld")


class Report(models.Model):
    """One version. `numbers`: tables per section, ready to print; `printed`: what was protected, for later reports.

    `texts`: section → paragraphs. `plan`: the draft of the next plan (a plan document), only there. `counted_at`: when
    the numbers were taken; `edition` guards two people who write at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    kind = models.CharField(max_length=16, choices=Kind.choices())
    audience = models.CharField(max_length=16, choices=Audience.choices())
    begins = models.DateField()
    ends = models.DateField()
    version = models.IntegerField()
    title = models.CharField(max_length=200)
    numbers = models.JSONField()
    printed = models.JSONField(default=list)
    texts = models.JSONField()
    plan = models.JSONField(null=True)
    practice = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=ReportState.choices(), default=ReportState.DRAFT)
    edition = models.IntegerField(default=1)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    counted_at = models.DateTimeField()
    adopted_by = models.UUIDField(null=True)
    adopted_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=400, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-ends", "kind", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("municipality_id", "kind", "begins", "ends", "version"), name="reports_version_once"
            ),
            models.CheckConstraint(
                name="reports_adopted_with_decision",
                condition=models.Q(state="draft") | (models.Q(adopted_at__isnull=False) & ~models.Q(decision="")),
            ),
        )
