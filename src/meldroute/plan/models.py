"""The plan as it is followed. What the plan says is a version (a whole document); what people did is an occurrence.

Texts here hold no case and no person; a file is kept encrypted, as every file.
"""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from meldroute.domain.plan.document import ProofKind
from meldroute.domain.plan.keeping import Status
from meldroute.domain.plan.self_scan import Answer
from meldroute.domain.term import Term, gettext_noop


class Plan(models.Model):
    """A plan of a municipality. `code` is its id in the file; `followed_from` since when it is followed here."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    begins = models.DateField()
    ends = models.DateField()
    adopted_on = models.DateField()
    followed_from = models.DateField()
    version = models.IntegerField(default=1)
    key_id = models.UUIDField()
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("municipality_id", "code"), name="plan_plan_once"),)


class Version(models.Model):
    """What the plan said from a moment on: the whole document, and who decided so (append-only)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    body = models.JSONField()
    changed = models.CharField(max_length=400)
    decision = models.CharField(max_length=400)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="plan_version_once"),)


class Action(models.Model):
    """An action as the newest version has it; `pillar` 0 is a promise outside the actions, counted apart.

    `owner_role` is the plan's function; `owner` and `stand_in` are the accounts that are reminded.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    code = models.CharField(max_length=80)
    place = models.IntegerField()
    pillar = models.IntegerField()
    theme = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200)
    cadence = models.CharField(max_length=200)
    owner_role = models.CharField(max_length=120)
    proof = ArrayField(models.CharField(max_length=16, choices=ProofKind.choices()), default=list)
    shared = ArrayField(models.CharField(max_length=80), default=list)
    ends = models.DateField(null=True)
    owner = models.UUIDField(null=True)
    stand_in = models.UUIDField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan", "code"), name="plan_action_once"),)


class Occurrence(models.Model):
    """One time that an action falls due: from `begins` up to and including `due`. `version` guards stale forms."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="occurrences")
    key = models.CharField(max_length=16)
    begins = models.DateField()
    due = models.DateField()
    status = models.CharField(max_length=16, choices=Status.choices(), default=Status.PLANNED)
    done_on = models.DateField(null=True)
    reason = models.CharField(max_length=400, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("action", "key"), name="plan_occurrence_once"),)
        indexes = (models.Index(fields=("municipality_id", "due")),)


class Event(models.Model):
    """What was recorded of an occurrence, each time (append-only)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="events")
    status = models.CharField(max_length=16, choices=Status.choices())
    done_on = models.DateField(null=True)
    reason = models.CharField(max_length=400, blank=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()


class Proof(models.Model):
    """What shows that it was done. `about`/`about_id`: what the program knows itself; else text, link or file.

    `accepted` False: the program saw something that may count, and waits for a person to say so.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=16, choices=ProofKind.choices())
    on = models.DateField()
    text = models.CharField(max_length=400, blank=True)
    link = models.URLField(max_length=500, blank=True)
    blob_id = models.UUIDField(null=True)
    file_name = models.CharField(max_length=120, blank=True)
    about = models.CharField(max_length=64, blank=True)
    about_id = models.UUIDField(null=True)
    accepted = models.BooleanField(default=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("occurrence", "about", "about_id"), name="plan_proof_once"),)


class ScanAnswer(models.Model):
    """An answer to a criterion of the self-scan (append-only; the newest counts). `text` is what was asked then.

    `action_code` is the action that the gap became.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    criterion = models.CharField(max_length=80)
    text = models.CharField(max_length=400)
    answer = models.CharField(max_length=16, choices=Answer.choices())
    proof = models.CharField(max_length=400, blank=True)
    link = models.URLField(max_length=500, blank=True)
    action_code = models.CharField(max_length=80, blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("municipality_id", "criterion", "at")),)


class Rung(Term):
    """Which word a reminder is."""

    AHEAD = "ahead", gettext_noop("bijna aan de beurt")
    LATE = "late", gettext_noop("over de datum")
    STAND_IN = "stand_in", gettext_noop("ook aan de waarnemer")


class Reminder(models.Model):
    """That somebody was reminded of an occurrence: once per rung and `since` (the day the rung began).

    No foreign key: only the person and the system see the row, and it may not hold up a change of the plan.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    occurrence_id = models.UUIDField()
    user_id = models.UUIDField()
    rung = models.CharField(max_length=16, choices=Rung.choices())
    since = models.DateField()
    digest_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("occurrence_id", "user_id", "rung", "since"), name="plan_reminder_once"),
        )


class Feed(models.Model):
    """Somebody's private calendar address: what it shows follows from who owns what; a new number ends the old."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    user_id = models.UUIDField()
    number = models.IntegerField(default=1)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("municipality_id", "user_id"), name="plan_feed_once"),)
