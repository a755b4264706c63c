"""Acute danger: share first, account for it the next working day. Nothing locks this path (domain rules §2)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from meldroute.domain.route import Event
from meldroute.domain.sharing import SharingVerdict
from meldroute.domain.term import gettext_noop
from meldroute.domain.terms import DANGER_ACCOUNT
from meldroute.domain.verdict import Refused, no
from meldroute.domain.vocabulary import Purpose, Recipient, Role
from meldroute.journal.acting import Acting

from ..models import HandOver, Signal
from ..situation import demand
from ..terms import terms_of
from .disclosing import Ground
from .handing_over import BY_HAND, register, written
from .releasing import allowed_checks, chosen, judge
from .timeline import tell

RECIPIENTS = (Recipient.POLICE, Recipient.TEAM_MENSENHANDEL, Recipient.VEILIG_THUIS, Recipient.CARE)
VITAL = gettext_noop("Acuut gevaar: AVG art. 6 lid 1 onder d (vitaal belang); achteraf te verantwoorden")


def share(
    *, by: Acting, signal: Signal, recipient: Recipient, told: str, reason: str, facts: Sequence[UUID] = ()
) -> HandOver:
    """Record what was shared at once; the account is due the next working day. Refused only without a reason."""
    demand(signal, by, Event.ACUTE_DANGER_SHARED, reason=reason)
    row = written(
        by=by,
        signal=signal,
        recipient=recipient,
        purpose=Purpose.PROTECT,
        facts=list(chosen(signal, facts).values_list("id", flat=True)),
        reason=reason,
        body=told.strip(),
        how=BY_HAND,
        acute=True,
        account_by=terms_of(signal.municipality_id).due_for(DANGER_ACCOUNT, by.today),
    )
    register(signal, row, _grounds(signal, row, by), by=by)
    tell(signal, by=by, kind="signal.acute_danger_shared", ids=(row.id,), to=recipient.value)
    return row


def _grounds(signal: Signal, row: HandOver, by: Acting) -> dict[Ground, list[UUID]]:
    """The row of the matrix where it has one; else the vital interest, to be accounted for. It locks nothing."""
    recipient = Recipient(row.recipient)
    judged = judge(
        signal,
        chosen(signal, row.observation_ids),
        recipient=recipient,
        purpose=Purpose.PROTECT,
        checks=allowed_checks(signal, recipient, by),
    )
    grounds: dict[Ground, list[UUID]] = {}
    for one in judged:
        grounds.setdefault(_ground(one.verdict), []).append(one.fact.id)
    return grounds or {Ground(VITAL): []}


def _ground(verdict: SharingVerdict) -> Ground:
    return Ground(verdict.ground, verdict.row) if verdict else Ground(VITAL)


def account(*, by: Acting, row: HandOver, account: str) -> None:
    """Why it was needed, what went out, and what is done now. Raises Refused without text or a second time."""
    demand(row.signal, by, Event.DANGER_ACCOUNTED, reason=account)
    if not row.acute or row.accounted_at is not None:
        reason = gettext_noop("Dit is al verantwoord.")
        raise Refused(no(reason, "domain rules §2", "danger.accounted", (Role.MELDPUNT,)))
    row.accounted_at, row.account = by.at, account.strip()
    row.save(update_fields=["accounted_at", "account"])
    tell(row.signal, by=by, kind="signal.danger_accounted", ids=(row.id,))
