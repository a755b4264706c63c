"""Activities, whom they are for, how many came, and short notes of calls. No case, and no name but of who signed up."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from meldroute.domain.awareness.activities import ActivityKind, ActivityState, GroupKind, Language
from meldroute.domain.awareness.activities import Reach as Width
from meldroute.domain.term import Term, gettext_noop
from meldroute.vault.base import Sealed
from meldroute.vault.fields import SealedText


class Standing(Term):
    """Whether somebody who signed up has a place."""

    SIGNED_UP = "signed_up", gettext_noop("aangemeld")
    WAITING = "waiting", gettext_noop("op de wachtlijst")


class Offer(Term):
    """Where a training stands that one municipality offers to another."""

    OFFERED = "offered", gettext_noop("aangeboden")
    ACCEPTED = "accepted", gettext_noop("doet mee")
    DECLINED = "declined", gettext_noop("doet niet mee")
    WITHDRAWN = "withdrawn", gettext_noop("ingetrokken")


class Group(models.Model):
    """A team or organisation that the municipality wants to reach; `source` says who says so."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    kind = models.CharField(max_length=16, choices=GroupKind.choices())
    name = models.CharField(max_length=80)
    source = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField()
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ("kind", "position", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("municipality_id", "name"), condition=models.Q(ended_on=None), name="awareness_group_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """Something that is done to make people alert, on the day `on`.

    `begins` and `minutes`: for what people come to. `places`: how many can come (None: no limit). `copies`,
    `languages`: of leaflets, at the shelter `place`. `actions` are the codes of the plan that it shows. `version`
    grows with every change that calendars must hear (SEQUENCE). `key_id` locks names and addresses of who signed up.
    `share_id`: another municipality gives it; `share_version` is the version of that offer that this row follows.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    kind = models.CharField(max_length=16, choices=ActivityKind.choices())
    state = models.CharField(max_length=16, choices=ActivityState.choices(), default=ActivityState.PLANNED)
    title = models.CharField(max_length=120)
    about = models.CharField(max_length=400, blank=True)
    on = models.DateField()
    begins = models.TimeField(null=True)
    minutes = models.PositiveSmallIntegerField(default=0)
    place = models.CharField(max_length=120, blank=True)
    given_by = models.CharField(max_length=120, blank=True)
    places = models.PositiveSmallIntegerField(null=True)
    link = models.URLField(max_length=300, blank=True)
    width = models.CharField(max_length=16, choices=Width.choices(), blank=True)
    copies = models.PositiveIntegerField(null=True)
    languages = ArrayField(models.CharField(max_length=2, choices=Language.choices()), default=list)
    actions = ArrayField(models.CharField(max_length=80), default=list)
    version = models.IntegerField(default=1)
    cancelled_because = models.CharField(max_length=200, blank=True)
    key_id = models.UUIDField(null=True)
    share_id = models.UUIDField(null=True)
    share_version = models.IntegerField(default=0)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-on", "-made_at")
        indexes = (models.Index(fields=("municipality_id", "on")),)

    def __str__(self) -> str:
        return self.title


class Reach(models.Model):
    """That an activity is for a group, and how many of it came; None: nobody was counted."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="reaches")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="reaches")
    people = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("activity", "group"), name="awareness_reach_once"),)


class Talk(Sealed):
    """What a call ("Even sparren") was about: topics of a list, and a short note without names."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="talk")
    caller = models.CharField(max_length=16, choices=GroupKind.choices())
    topics = ArrayField(models.CharField(max_length=32), default=list)
    note = SealedText()


class Invitation(Sealed):
    """An address that was invited, of a team, an organisation or one person; its link lets people sign up."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="invitations")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="invitations")
    mail = SealedText()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)


class Participant(Sealed):
    """Somebody who signed up: a name and a team, nothing else. Goes after a while; the number per group stays."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="participants")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, null=True, related_name="participants")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="participants")
    name = SealedText()
    standing = models.CharField(max_length=16, choices=Standing.choices())
    present = models.BooleanField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")


class Share(models.Model):
    """A training that `municipality_id` gives and offers to `receiver_id`: what, when and where, and nobody's name.

    The one row that two municipalities see. The giver writes what it is, the receiver only the answer; a trigger
    holds that. `activity_id` is the giver's own row, which the receiver never sees.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    receiver_id = models.UUIDField()
    activity_id = models.UUIDField()
    kind = models.CharField(max_length=16, choices=ActivityKind.choices())
    title = models.CharField(max_length=120)
    on = models.DateField()
    begins = models.TimeField(null=True)
    minutes = models.PositiveSmallIntegerField(default=0)
    place = models.CharField(max_length=120, blank=True)
    given_by = models.CharField(max_length=120, blank=True)
    version = models.IntegerField(default=1)
    state = models.CharField(max_length=16, choices=Offer.choices(), default=Offer.OFFERED)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at",)
        constraints = (models.UniqueConstraint(fields=("activity_id", "receiver_id"), name="awareness_share_once"),)
