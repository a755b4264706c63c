"""Series of meetings, their meetings, agendas and who was there (plan §3.3.3 steps 4 and 5, §3.3.4)."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from meldroute.domain.term import Term, gettext_noop
from meldroute.domain.vocabulary import MeetingKind
from meldroute.route.models import Decision, Signal
from meldroute.vault.base import Sealed
from meldroute.vault.fields import SealedText


class MeetingState(Term):
    """Where a meeting is."""

    PLANNED = "planned", gettext_noop("gepland")
    OPEN = "open", gettext_noop("bezig")
    CLOSED = "closed", gettext_noop("gesloten")
    NOT_NEEDED = "not_needed", gettext_noop("niet nodig")


class ItemState(Term):
    """What became of an agenda item."""

    OPEN = "open", gettext_noop("te bespreken")
    DECIDED = "decided", gettext_noop("besloten")
    CARRIED = "carried", gettext_noop("doorgeschoven")
    GONE = "gone", gettext_noop("niet meer aan de orde")


class Told(Term):
    """Why somebody got an invitation."""

    ADDED = "added", gettext_noop("uitgenodigd")
    MOVED = "moved", gettext_noop("verplaatst")
    CANCELLED = "cancelled", gettext_noop("vervallen")
    ENDED = "ended", gettext_noop("niet meer uitgenodigd")


class Series(models.Model):
    """A meeting that returns: every `every_weeks` weeks on `weekday` (0 is Monday) from `starts_on`.

    `version` grows with every change, for calendars; `key_id` locks what belongs to no signal (invitations, topics).
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    kind = models.CharField(max_length=24, choices=MeetingKind.choices())
    name = models.CharField(max_length=80)
    weekday = models.IntegerField()
    at = models.TimeField()
    minutes = models.IntegerField(default=60)
    every_weeks = models.IntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    place = models.CharField(max_length=120, blank=True)
    chair_id = models.UUIDField(null=True)
    version = models.IntegerField(default=1)
    key_id = models.UUIDField(null=True)


class SeriesMember(models.Model):
    """Somebody who is invited to a series, with the own ground to be there."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="members")
    user_id = models.UUIDField()
    organisation_id = models.UUIDField(null=True)
    ground = models.TextField(blank=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("series", "user_id"), name="meetings_member_once"),)


class Meeting(models.Model):
    """One meeting of a series; `planned_for` is its moment in the rhythm, also after it was moved."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=24, choices=MeetingKind.choices())
    planned_for = models.DateTimeField()
    starts_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=MeetingState.choices(), default=MeetingState.PLANNED)
    version = models.IntegerField(default=1)
    chair_id = models.UUIDField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    not_needed_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("starts_at",)
        constraints = (models.UniqueConstraint(fields=("series", "planned_for"), name="meetings_meeting_once"),)
        indexes = (models.Index(fields=("municipality_id", "state", "starts_at")),)


class Attendance(models.Model):
    """Who was invited, with the own ground to be there, and who was there. Without a ground no fact opens."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    user_id = models.UUIDField()
    organisation_id = models.UUIDField(null=True)
    ground = models.TextField(blank=True)
    present = models.BooleanField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("meeting", "user_id"), name="meetings_attends_once"),)


class Item(Sealed):
    """A signal on an agenda. Restricted items come last; who leaves for them is recorded."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="items")
    position = models.IntegerField()
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="carried_to")
    restricted = models.BooleanField(default=False)
    state = models.CharField(max_length=16, choices=ItemState.choices(), default=ItemState.OPEN)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="items")
    note = SealedText()
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("meeting", "signal"), name="meetings_item_once"),)


class Leave(models.Model):
    """ "X verlaat het overleg": somebody who was not there for one item."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="leaves")
    user_id = models.UUIDField()
    at = models.DateTimeField()


class Recurring(models.Model):
    """A point that comes back on the agendas of a series, as often as `cadence` says in Dutch words of the plan.

    `action` names the action of the plan that asks for it, if any. It never changes: another one is another row.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="recurring")
    title = models.CharField(max_length=200)
    cadence = models.CharField(max_length=120)
    action = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    ends_on = models.DateField(null=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)


class Topic(Sealed):
    """A point that is no signal: a matter outside Meldroute, or what the staf veiligheid or the Driehoek discuss.

    With `recurring` it stands there for `period` ("2026-H1"); it counts as held when the meeting closes, unless it was
    `carried` over to the next one.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="topics")
    recurring = models.ForeignKey(Recurring, on_delete=models.PROTECT, null=True, related_name="topics")
    period = models.CharField(max_length=12, blank=True)
    carried = models.BooleanField(default=False)
    title = SealedText()
    note = SealedText()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)
        constraints = (models.UniqueConstraint(fields=("meeting", "recurring", "period"), name="meetings_topic_once"),)


class Invitation(models.Model):
    """Something that must be told to one person's calendar; the worker queues its mail (`queued_at`), once."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="invitations")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="invitations")
    user_id = models.UUIDField()
    told = models.CharField(max_length=16, choices=Told.choices())
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    queued_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at",)
        indexes = (models.Index(fields=("municipality_id", "queued_at")),)


class Sheet(models.Model):
    """A numbered information sheet, minutes or decision list that was made of a meeting."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sheets")
    kind = models.CharField(max_length=16)
    number = models.IntegerField()
    made_for = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("meeting", "kind", "number"), name="meetings_sheet_once"),)
