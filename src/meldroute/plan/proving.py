"""How another chapter says that something of the plan was done: `offer`, the one way in.

A chapter that knows of something (a training held, a meeting closed, a report adopted, a DPIA settled) calls::

    offer(by=by, proof=Offered(ProofKind.TRAINING, "plan.Training", training.id, training.held_on, "Training BWT"))

The plan finds the actions that ask for that kind of proof and the time in which the day falls. The proof counts at
once when it is clear which action it shows and who acts may record it: the chapter named the `actions`, or one action
alone asks for this kind. Otherwise it waits at each action that asks for it, until a person says that it counts.
Saying the same twice changes nothing; `withdraw` takes it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from meldroute.domain.plan.document import ProofKind
from meldroute.domain.plan.keeping import Status
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from .models import Action, Event, Occurrence, Proof
from .roles import may_record

ON = "plan.Occurrence"


@dataclass(frozen=True)
class Offered:
    """Something that shows that a promise was kept on a day: an object of a chapter, and a text without case facts.

    `actions` are the codes that it counts for; empty: the plan decides.
    """

    kind: ProofKind
    about: str
    about_id: UUID
    on: date
    text: str
    actions: tuple[str, ...] = ()


def offer(*, by: Acting, proof: Offered) -> list[Proof]:
    """Keep a proof with every occurrence it can belong to; gives those that are new."""
    times = _times(by, proof)
    clear = bool(proof.actions) or len({time.action_id for time in times}) == 1
    made = [_kept(by, time, proof, clear=clear) for time in times]
    return [one for one in made if one is not None]


def withdraw(*, by: Acting, about: str, about_id: UUID) -> None:
    """It did not happen after all: the proof goes, and what was done by it alone is planned again."""
    for one in Proof.objects.filter(about=about, about_id=about_id, removed_at=None).select_related("occurrence"):
        Proof.objects.filter(id=one.id).update(removed_at=by.at)
        row = one.occurrence
        others = row.proofs.filter(removed_at=None, accepted=True)
        if row.status == Status.DONE and not others.exists():
            settle(by=by, row=row, status=Status.PLANNED)


def settle(*, by: Acting, row: Occurrence, status: Status, done_on: date | None = None, reason: str = "") -> None:
    """Write what became of an occurrence, with its history."""
    row.status, row.done_on, row.reason = status, done_on, reason
    row.version += 1
    row.save(update_fields=["status", "done_on", "reason", "version"])
    Event.objects.create(
        municipality_id=row.municipality_id,
        occurrence=row,
        status=status,
        done_on=done_on,
        reason=reason,
        by=by.user_id,
        at=by.at,
    )
    journal.record(by=by, act=f"plan.{status.value}", on=ON, ids=[row.id], fields=["status"])


def _times(by: Acting, proof: Offered) -> list[Occurrence]:
    asking = Action.objects.filter(municipality_id=by.place)
    asking = asking.filter(code__in=proof.actions) if proof.actions else asking.filter(proof__contains=[proof.kind])
    times = Occurrence.objects.filter(action__in=asking, begins__lte=proof.on, due__gte=proof.on)
    return list(times.select_related("action").order_by("id"))


def _kept(by: Acting, row: Occurrence, proof: Offered, *, clear: bool) -> Proof | None:
    accepted = clear and may_record(by, row.action).allowed
    if accepted:  # the wall lets nobody else lock it
        row = Occurrence.objects.select_for_update(of=("self",)).select_related("action").get(id=row.id)
    found, made = Proof.objects.get_or_create(
        occurrence=row,
        about=proof.about,
        about_id=proof.about_id,
        defaults={
            "municipality_id": row.municipality_id,
            "kind": proof.kind,
            "on": proof.on,
            "text": proof.text[:400],
            "accepted": accepted,
            "by": by.user_id,
            "at": by.at,
        },
    )
    if not made:
        return None
    journal.record(by=by, act="plan.proof", on=ON, ids=[row.id, found.id])
    if accepted and row.status in (Status.PLANNED, Status.UNDER_WAY):
        settle(by=by, row=row, status=Status.DONE, done_on=proof.on)
    return found
