"""Answering the self-scan: each answer is kept beside the earlier ones; a gap can become an action."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from meldroute.domain.plan.self_scan import Answer, Criterion, Scan, parse_self_scan
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no, require
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.sharing.actions import policy
from meldroute.sharing.models import PolicyKind

from ..models import ScanAnswer
from ..roles import MANAGERS, may_manage

ON = "plan.ScanAnswer"


@dataclass(frozen=True)
class Said:
    """An answer with what shows it."""

    answer: Answer
    proof: str = ""
    link: str = ""


def scan_of(place: UUID) -> Scan:
    """The self-scan of the entered municipality."""
    return parse_self_scan(policy(place, PolicyKind.SELF_SCAN).body)


def newest() -> dict[str, ScanAnswer]:
    """The answer that counts, per criterion."""
    rows = ScanAnswer.objects.order_by("criterion", "-at").distinct("criterion")
    return {row.criterion: row for row in rows}


def answer(*, by: Acting, criterion: Criterion, said: Said) -> ScanAnswer:
    """Keep an answer. Raises Refused: yes needs something that shows it."""
    require(may_manage(by))
    if said.answer is Answer.MET and not (said.proof.strip() or said.link):
        reason = gettext_noop("Zeg waaruit dat blijkt: een korte tekst of een verwijzing.")
        raise Refused(no(reason, "plan R4.0", "plan.proof", MANAGERS))
    before = newest().get(criterion.id)
    return _keep(by, criterion, said, before.action_code if before else "")


def became(*, by: Acting, criterion: Criterion, action_code: str) -> ScanAnswer:
    """The gap is an action of the plan now. Raises Refused."""
    require(may_manage(by))
    before = newest().get(criterion.id)
    said = Said(Answer(before.answer), before.proof, before.link) if before else Said(Answer.OPEN)
    return _keep(by, criterion, said, action_code)


def _keep(by: Acting, criterion: Criterion, said: Said, action_code: str) -> ScanAnswer:
    row = ScanAnswer.objects.create(
        municipality_id=by.place,
        criterion=criterion.id,
        text=criterion.text[:400],
        answer=said.answer,
        proof=said.proof.strip()[:400],
        link=said.link,
        action_code=action_code,
        by=by.person,
        at=by.at,
    )
    journal.record(by=by, act="plan.scan", on=ON, ids=[row.id], fields=[criterion.id])
    return row
