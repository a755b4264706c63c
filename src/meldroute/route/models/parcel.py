"""What goes from one municipality of this installation to another, as long as it is on its way (weighing 2B)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import models

from meldroute.domain.term import Term, gettext_noop
from meldroute.vault.transit import pack, unpack


class ParcelState(Term):
    """Where a parcel is; only the first can change."""

    SENT = "sent", gettext_noop("onderweg")
    TAKEN_IN = "taken_in", gettext_noop("ingenomen")
    SENT_BACK = "sent_back", gettext_noop("teruggestuurd")
    WITHDRAWN = "withdrawn", gettext_noop("ingetrokken")


class SendBack(Term):
    """Why a parcel comes back: a closed list, so that no word of a file crosses with it."""

    NOT_HERE = "not_here", gettext_noop("het speelt niet in onze gemeente")
    NO_TASK = "no_task", gettext_noop("het is geen taak van onze gemeente")
    TOO_LITTLE = "too_little", gettext_noop("er staat te weinig in om iets mee te doen")
    TOO_MUCH = "too_much", gettext_noop("er staat meer in dan wij mogen hebben")
    CALL = "call", gettext_noop("dit moet anders: bel ons")


class Parcel(models.Model):
    """Both municipalities see this row, and nothing else of each other.

    `municipality_id` is the sender; `hand_over_id` names the sender's own record and means nothing to the receiver.
    `wrapped` and `body` hold the content until somebody answers; then they are empty for good. `answer_reference` is
    the receiver's number, `noted_at` when the sender put the answer in the own file.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    municipality_id = models.UUIDField()
    receiver_id = models.UUIDField()
    hand_over_id = models.UUIDField()
    practice = models.BooleanField(default=False)
    state = models.CharField(max_length=16, choices=ParcelState.choices(), default=ParcelState.SENT)
    wrapped = models.BinaryField(null=True)
    body = models.BinaryField(null=True)
    sent_at = models.DateTimeField()
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True)
    answer_reference = models.CharField(max_length=16, blank=True)
    why = models.CharField(max_length=16, choices=SendBack.choices(), blank=True)
    noted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-sent_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("hand_over_id",),
                condition=models.Q(state__in=("sent", "taken_in")),
                name="route_parcel_once",
            ),
            models.CheckConstraint(
                name="route_parcel_empty_when_answered",
                condition=models.Q(state="sent", wrapped__isnull=False, body__isnull=False)
                | (~models.Q(state="sent") & models.Q(wrapped__isnull=True, body__isnull=True)),
            ),
            models.CheckConstraint(
                name="route_parcel_to_another", condition=~models.Q(municipality_id=models.F("receiver_id"))
            ),
        )

    @property
    def _bound(self) -> str:
        return f"route_parcel|{self.id}|{self.municipality_id}|{self.receiver_id}|{self.practice}"

    def fill(self, told: Mapping[str, Any]) -> None:
        """Lock the content in."""
        self.wrapped, self.body = pack(told, self._bound)

    def content(self) -> dict[str, Any]:
        """What is in it; empty once it was answered."""
        if self.wrapped is None or self.body is None:
            return {}
        return unpack(bytes(self.wrapped), bytes(self.body), self._bound)
