"""Tables of overlaps, their estimations, and what was shared of them (plan §3.1). Numbers only; no people.

A run is the job: queued → running (with a fence and a lease) → done, failed or cancelled. A worker that dies leaves a
lease that ends, and another one takes the run over; a process without the right fence can write nothing.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from meldroute.domain.term import Term, gettext_noop


class RunState(Term):
    """Where an estimation is."""

    QUEUED = "queued", gettext_noop("wacht")
    RUNNING = "running", gettext_noop("bezig")
    DONE = "done", gettext_noop("klaar")
    FAILED = "failed", gettext_noop("mislukt")
    CANCELLED = "cancelled", gettext_noop("gestopt")


class Trouble(Term):
    """Why an estimation failed."""

    NONE = "", ""
    MEMORY = "memory", gettext_noop("De berekening vroeg te veel geheugen. Voeg lijsten samen.")
    STOPPED = "stopped", gettext_noop("De berekening is drie keer afgebroken. Vraag de beheerder naar het logboek.")
    FAULT = "fault", gettext_noop("Er ging iets mis in de berekening. Vraag de beheerder naar het logboek.")


class Audience(Term):
    """For whom a figure is shown; only inside stand counts below five."""

    INTERNAL = "intern", gettext_noop("alleen het cijferteam")
    PARTNERS = "partners", gettext_noop("bestuur en partners")
    PUBLIC = "openbaar", gettext_noop("iedereen")


class Overlap(models.Model):
    """A table of overlaps. `cells` history (bits over `lists`) → people; it never changes, another is another row.

    `definitions`: per list what it counts (`text`) and whether that is the `common` definition (`fits`).
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    lists = models.JSONField()
    cells = models.JSONField()
    common = models.CharField(max_length=400, blank=True)
    definitions = models.JSONField(default=dict)
    linked_by_chance = models.IntegerField(null=True)
    sha256 = models.CharField(max_length=64)
    file_sha256 = models.CharField(max_length=64)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)


class Run(models.Model):
    """One estimation of a table, with all that is needed to make the same figure again.

    `common` and `definitions` are those of the moment it was asked; `answer` is everything, `outside` what may be
    shown to others (`keeping.kept`).
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    overlap = models.ForeignKey(Overlap, on_delete=models.CASCADE, related_name="runs")
    methods = models.CharField(max_length=40)
    replicates = models.IntegerField()
    seed = models.IntegerField()
    common = models.CharField(max_length=400)
    definitions = models.JSONField()
    state = models.CharField(max_length=12, choices=RunState.choices(), default=RunState.QUEUED)
    fence = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    work = models.CharField(max_length=24, blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=12, choices=Trouble.choices(), default=Trouble.NONE, blank=True)
    version = models.CharField(max_length=16, blank=True)
    answer = models.JSONField(null=True)
    outside = models.JSONField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("state", "asked_at")),)


class Figure(models.Model):
    """What of a run was shared with the board: only what may be printed. It goes with its run."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="figure")
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    common = models.CharField(max_length=400)
    version = models.CharField(max_length=16)
    answer = models.JSONField()
    shared_by = models.UUIDField()
    shared_at = models.DateTimeField()
