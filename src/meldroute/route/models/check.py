"""Weighings and privacy checks, as answered on a versioned form; rows are added, never changed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from meldroute.domain.route import Answer
from meldroute.domain.vocabulary import Check, Purpose, Question, Recipient, Weighing
from meldroute.vault.base import Sealed
from meldroute.vault.fields import SealedJSON, SealedText

from .signal import Signal


class WeighingAnswer(Sealed):
    """The answer to one weighing or question in one round; `opens` says whether it lets the signal go on.

    `answers` holds the form's answers by question id; `reason` is the motive. There is no score.
    """

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="weighings")
    round = models.IntegerField()
    weighing = models.CharField(max_length=20, choices=[*Weighing.choices(), *Question.choices()])
    policy_version = models.IntegerField()
    answers = SealedJSON()
    answer = models.CharField(max_length=8, choices=Answer.choices())
    reason = SealedText()
    opens = models.BooleanField()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)


class PrivacyCheck(Sealed):
    """A request for check 1, 2A or 2B: which sources, or which facts, for whom and for what.

    `pseudonymised`: the asker read the facts and no name or trait of a person stands in them ("persoon A").
    `due_on`: the last day for the advice.
    """

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="checks")
    round = models.IntegerField()
    check_kind = models.CharField(max_length=4, choices=Check.choices())
    policy_version = models.IntegerField()
    question = SealedText()
    sources = ArrayField(models.CharField(max_length=64), default=list)
    observation_ids = ArrayField(models.UUIDField(), default=list)
    recipient = models.CharField(max_length=32, choices=Recipient.choices(), blank=True)
    purpose = models.CharField(max_length=32, choices=Purpose.choices(), blank=True)
    pseudonymised = models.BooleanField(default=False)
    due_on = models.DateField()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)


class PrivacyAdvice(Sealed):
    """What the privacy officer advises (never a decision)."""

    check_asked = models.ForeignKey(PrivacyCheck, on_delete=models.PROTECT, related_name="advices")
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="+")
    positive = models.BooleanField()
    advice = SealedText()
    sources = ArrayField(models.CharField(max_length=64), default=list)
    observation_ids = ArrayField(models.UUIDField(), default=list)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)


class PrivacyDecision(Sealed):
    """What the process owner decides; departing from the advice needs a reason and is shown to the FG.

    `without_advice`: a stand-in, named in `stand_in`, advised by word of mouth; a privacy officer confirms it by
    `confirm_by`, or the decision stops counting.
    """

    check_asked = models.ForeignKey(PrivacyCheck, on_delete=models.PROTECT, related_name="outcomes")
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="+")
    allowed = models.BooleanField()
    reason = SealedText()
    sources = ArrayField(models.CharField(max_length=64), default=list)
    observation_ids = ArrayField(models.UUIDField(), default=list)
    departs = models.BooleanField(default=False)
    without_advice = models.BooleanField(default=False)
    stand_in = SealedText()
    confirm_by = models.DateField(null=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)
        constraints = (models.UniqueConstraint(fields=("check_asked",), name="route_check_decided_once"),)
