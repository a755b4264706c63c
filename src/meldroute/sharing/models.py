"""What may be shared, what was released, and what went out (pillar 1; plan R4.1).

Releases and disclosures hold ids only: the content stays in the file that it belongs to.
"""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from meldroute.domain.term import Term, gettext_noop
from meldroute.domain.vocabulary import Category, Purpose, Recipient


class PolicyKind(Term):
    """The kinds of policy that a municipality keeps as data."""

    SHARING = "sharing", gettext_noop("deelmatrix")
    WEIGHINGS = "weighings", gettext_noop("wegingen en toetsen")
    TERMS = "terms", gettext_noop("termijnen")
    SOURCES = "sources", gettext_noop("bronnenregister")
    FORMS = "forms", gettext_noop("vormen van uitbuiting")
    INDICATORS = "indicators", gettext_noop("signalen per vorm")
    FEEDBACK = "feedback", gettext_noop("teksten voor terugkoppeling")
    HOLIDAYS = "holidays", gettext_noop("feestdagen")
    ACCOUNTS = "accounts", gettext_noop("aanmelden en toegang")
    SELF_SCAN = "self-scan", gettext_noop("zelfscan")
    ROUTINE = "routine", gettext_noop("maandelijkse routine")


class Policy(models.Model):
    """One version of one policy of one municipality; a change is a new version (append-only)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    kind = models.CharField(max_length=16, choices=PolicyKind.choices())
    version = models.IntegerField()
    body = models.JSONField()
    status = models.CharField(max_length=160)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("municipality_id", "kind", "version"), name="sharing_policy_once"),
        )


class Release(models.Model):
    """A fact that may be seen by a kind of recipient, or in one meeting, until a moment."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    signal_id = models.UUIDField()
    observation_id = models.UUIDField()
    recipient = models.CharField(max_length=32, choices=Recipient.choices())
    purpose = models.CharField(max_length=32, choices=Purpose.choices())
    meeting_id = models.UUIDField(null=True)
    check_id = models.UUIDField()
    row = models.CharField(max_length=80)
    policy_version = models.IntegerField()
    ground = models.TextField()
    pseudonymised = models.BooleanField(default=False)
    by = models.UUIDField()
    at = models.DateTimeField()
    until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("observation_id",)), models.Index(fields=("meeting_id",)))


class Disclosure(models.Model):
    """The register: what went to whom, why, on what ground (append-only)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    signal_id = models.UUIDField()
    observation_ids = ArrayField(models.UUIDField(), default=list)
    categories = ArrayField(models.CharField(max_length=32, choices=Category.choices()), default=list)
    recipient = models.CharField(max_length=32, choices=Recipient.choices())
    organisation_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=32, choices=Purpose.choices())
    ground = models.TextField()
    row = models.CharField(max_length=80)
    policy_version = models.IntegerField(null=True)
    how = models.CharField(max_length=32)
    about = models.CharField(max_length=64)
    about_id = models.UUIDField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("signal_id",)),)
