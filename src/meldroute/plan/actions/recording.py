"""What became of an occurrence, as people say it: status, day, reason, and what shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from meldroute.domain.plan.document import ProofKind
from meldroute.domain.plan.keeping import Status
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, Verdict, no, require, yes
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.vault import blobs, copies, scans

from ..models import Action, Occurrence, Proof
from ..proving import ON, settle
from ..roles import MANAGERS, may_manage, may_record

LARGEST = 25 * 1024 * 1024
"""Bytes; as for a mail (decisions.md, mail in)."""
SOURCE = "plan §4"


@dataclass(frozen=True)
class Recorded:
    """What somebody says of an occurrence; `version` is that of the page it was said on."""

    status: Status
    version: int
    done_on: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Given:
    """What somebody gives as proof: one of a text, a link, or a file with its name."""

    text: str = ""
    link: str = ""
    file_name: str = ""
    body: bytes = b""

    @property
    def kind(self) -> ProofKind:
        """Which of the three it is; a text may go with a link or a file."""
        return ProofKind.FILE if self.body else ProofKind.LINK if self.link else ProofKind.NOTE

    def __bool__(self) -> bool:
        return bool(self.body or self.link or self.text.strip())


def record(*, by: Acting, row: Occurrence, told: Recorded, given: Given | None = None) -> Occurrence:
    """Say what became of an occurrence, perhaps with what shows it. Raises Refused; then nothing is kept."""
    now = _locked(row, by)
    require(_fresh(now, told))
    if given:
        prove(by=by, row=now, given=given, on=told.done_on or by.today)
    require(_sound(now, told, by))
    settle(
        by=by,
        row=now,
        status=told.status,
        done_on=told.done_on if told.status is Status.DONE else None,
        reason=told.reason.strip()[:400],
    )
    return now


def undo(*, by: Acting, row: Occurrence, version: int) -> None:
    """Back to what was said before. Raises Refused."""
    now = _locked(row, by)
    require(_fresh(now, Recorded(Status(now.status), version)))
    before = list(now.events.order_by("-at", "-id")[1:2])
    if before:
        settle(by=by, row=now, status=Status(before[0].status), done_on=before[0].done_on, reason=before[0].reason)
    else:
        settle(by=by, row=now, status=Status.PLANNED)


def prove(*, by: Acting, row: Occurrence, given: Given, on: date) -> Proof:
    """Keep what shows that it was done; a file only when a copy of it can be given later. Raises Refused."""
    require(may_record(by, row.action))
    require(_may_be(given))
    if given.body:
        copies.bare_copy(given.body)
    blob_id = _stored(row, given.body) if given.body else None
    made = Proof.objects.create(
        municipality_id=row.municipality_id,
        occurrence=row,
        kind=given.kind,
        on=on,
        text=given.text.strip()[:400],
        link=given.link,
        blob_id=blob_id,
        file_name=given.file_name if given.body else "",
        by=by.user_id,
        at=by.at,
    )
    journal.record(by=by, act="plan.proof", on=ON, ids=[row.id, made.id])
    return made


def accept(*, by: Acting, proof: Proof) -> None:
    """What the program saw counts: it is done on that day. Raises Refused."""
    row = _locked(proof.occurrence, by)
    Proof.objects.filter(id=proof.id).update(accepted=True, removed_at=None)
    journal.record(by=by, act="plan.accept", on=ON, ids=[row.id, proof.id])
    if row.status in (Status.PLANNED, Status.UNDER_WAY):
        settle(by=by, row=row, status=Status.DONE, done_on=proof.on)


def remove(*, by: Acting, proof: Proof) -> None:
    """It shows nothing after all; it can be brought back. Raises Refused."""
    require(may_record(by, proof.occurrence.action))
    Proof.objects.filter(id=proof.id).update(removed_at=by.at)
    journal.record(by=by, act="plan.remove_proof", on=ON, ids=[proof.occurrence_id, proof.id])


def bring_back(*, by: Acting, proof: Proof) -> None:
    """Undo removing. Raises Refused."""
    require(may_record(by, proof.occurrence.action))
    Proof.objects.filter(id=proof.id).update(removed_at=None)
    journal.record(by=by, act="plan.bring_back_proof", on=ON, ids=[proof.occurrence_id, proof.id])


def fetch(*, by: Acting, proof: Proof) -> bytes:
    """A copy of the file without hidden data of its maker. Raises Refused as long as it was not scanned."""
    assert proof.blob_id is not None
    require(scans.may_leave(proof.blob_id))
    copy = copies.bare_copy(blobs.read(proof.blob_id))
    journal.record(by=by, act="look", on="plan.Proof", ids=[proof.id], fields=["copy"])
    return copy


def own(*, by: Acting, action: Action, owner: UUID | None, stand_in: UUID | None) -> Action:
    """Say who does it, and who stands in; both are accounts or nobody. Raises Refused."""
    require(may_manage(by))
    if owner is not None and owner == stand_in:
        reason = gettext_noop("Kies als waarnemer iemand anders dan de eigenaar.")
        raise Refused(no(reason, SOURCE, "plan.stand_in", MANAGERS))
    Action.objects.filter(id=action.id).update(owner=owner, stand_in=stand_in)
    journal.record(by=by, act="plan.own", on="plan.Action", ids=[action.id], fields=["owner", "stand_in"])
    return action


def _stored(row: Occurrence, body: bytes) -> UUID:
    key_id = row.action.plan.key_id
    return blobs.store(body, municipality_id=row.municipality_id, key_id=key_id).id


def _locked(row: Occurrence, by: Acting) -> Occurrence:
    """The row for who may record on it: the wall lets nobody else lock it. Raises Refused."""
    require(may_record(by, row.action))
    return Occurrence.objects.select_for_update(of=("self",)).select_related("action").get(id=row.id)


def _fresh(row: Occurrence, told: Recorded) -> Verdict:
    if row.version == told.version:
        return yes()
    reason = gettext_noop("Intussen legde iemand anders hier iets vast. Lees dat hieronder en sla daarna opnieuw op.")
    return no(reason, "architecture, habit 8", "plan.stale")


def _sound(row: Occurrence, told: Recorded, by: Acting) -> Verdict:
    if told.status is Status.SKIPPED and not told.reason.strip():
        return no(gettext_noop("Zeg waarom dit is overgeslagen."), SOURCE, "plan.reason")
    if told.status is not Status.DONE:
        return yes()
    if told.done_on is None:
        return no(gettext_noop("Zeg op welke dag het is gedaan."), SOURCE, "plan.done_on")
    if told.done_on > by.today:
        return no(gettext_noop("Deze dag moet nog komen. Kies 'bezig' als het loopt."), SOURCE, "plan.done_on")
    if not row.proofs.filter(removed_at=None, accepted=True).exists():
        reason = gettext_noop("Zeg waaruit blijkt dat het is gedaan: een korte tekst, een verwijzing of een bestand.")
        return no(reason, SOURCE, "plan.proof")
    return yes()


def _may_be(given: Given) -> Verdict:
    if not given:
        return no(gettext_noop("Geef een tekst, een verwijzing of een bestand."), SOURCE, "plan.proof")
    if len(given.body) > LARGEST:
        return no(gettext_noop("Het bestand is groter dan 25 MB."), "decisions.md", "plan.file")
    return yes()
