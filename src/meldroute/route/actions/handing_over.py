"""Handing over to another authority: the text, the facts, the proof of sending, the receipt (R3.1g)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from meldroute.domain.route import Event
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no
from meldroute.domain.vocabulary import Confidence, Purpose, Recipient, Role, Truth
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality, Organisation
from meldroute.post import actions as post

from ..models import Decision, HandOver, Observation, Signal
from ..models import Event as Happened
from ..situation import demand
from .disclosing import Going, Ground, by_judgement, by_release, disclose
from .releasing import Judged, allowed_checks, chosen, judge, live
from .timeline import tell

EVENTS = {
    Recipient.TEAM_MENSENHANDEL: Event.HAND_OVER_TEAM_MENSENHANDEL,
    Recipient.VEILIG_THUIS: Event.HAND_OVER_VEILIG_THUIS,
}
PURPOSES = {Recipient.TEAM_MENSENHANDEL: Purpose.HAND_OVER, Recipient.VEILIG_THUIS: Purpose.PROTECT}
BY_MAIL = "mail"
BY_HAND = "by hand"
BY_DECISION = "decision"
HOW = {
    BY_MAIL: gettext_noop("per mail"),
    BY_HAND: gettext_noop("zelf overgedragen"),
    BY_DECISION: gettext_noop("bij besluit"),
}


@dataclass(frozen=True)
class Preview:
    """What would go out: the facts that may, those that may not with why, and the whole text."""

    may: tuple[Judged, ...]
    may_not: tuple[Judged, ...]
    text: str


def organisation_for(recipient: Recipient, by: Acting) -> Organisation | None:
    """The partner that this kind of recipient is here; one that can be mailed comes first."""
    known = Organisation.objects.filter(municipality_id=by.place, recipient=recipient, ended_on__isnull=True)
    return known.exclude(mail="").first() or known.first()


def preview(*, by: Acting, signal: Signal, recipient: Recipient, facts: Sequence[UUID], reason: str) -> Preview:
    """The hand-over as it would go out now."""
    judged = judge(
        signal,
        chosen(signal, facts),
        recipient=recipient,
        purpose=PURPOSES.get(recipient, Purpose.HAND_OVER),
        checks=allowed_checks(signal, recipient, by),
    )
    may = tuple(one for one in judged if one.verdict)
    text = text_of(by=by, signal=signal, facts=[one.fact for one in may], reason=reason)
    return Preview(may, tuple(one for one in judged if not one.verdict), text)


def text_of(*, by: Acting, signal: Signal, facts: Sequence[Observation], reason: str) -> str:
    """The fixed text, always in Dutch: reference, facts with what kind of truth they are, reason, whom to call."""
    place = Municipality.objects.get(id=signal.municipality_id)
    rows = [
        {
            "truth": Truth(fact.truth).label,
            "text": fact.text,
            "on": fact.observed_on,
            "confidence": Confidence(fact.confidence).label,
        }
        for fact in facts
    ]
    told = {"signal": signal, "place": place, "facts": rows, "reason": reason.strip(), "today": by.today}
    with override("nl"):
        return render_to_string("route/hand_over.txt", told)


def hand_over(
    *, by: Acting, signal: Signal, recipient: Recipient, facts: Sequence[UUID], reason: str, by_mail: bool = True
) -> HandOver:
    """Hand over beside the route, at any step. Only facts that the matrix allows go along. Raises Refused."""
    demand(signal, by, EVENTS[recipient], reason=reason, recipient=recipient)
    going = preview(by=by, signal=signal, recipient=recipient, facts=facts, reason=reason)
    row = written(
        by=by,
        signal=signal,
        recipient=recipient,
        purpose=PURPOSES[recipient],
        facts=[one.fact.id for one in going.may],
        reason=reason,
        body=going.text,
    )
    send(row, by=by, by_mail=by_mail)
    register(signal, row, by_judgement(going.may, signal.municipality_id), by=by)
    tell(signal, by=by, kind=f"signal.{EVENTS[recipient].value}", ids=(row.id,), how=row.how)
    return row


def written(
    *,
    by: Acting,
    signal: Signal,
    recipient: Recipient,
    purpose: Purpose,
    facts: Sequence[UUID],
    reason: str,
    body: str = "",
    how: str = BY_HAND,
    organisation_id: UUID | None = None,
    **acute: object,
) -> HandOver:
    """The record of a hand-over."""
    partner = None if organisation_id else organisation_for(recipient, by)
    return HandOver.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        recipient=recipient,
        organisation_id=organisation_id or (partner.id if partner else None),
        observation_ids=list(facts),
        purpose=purpose,
        reason=reason.strip(),
        body=body,
        how=how,
        by=by.person,
        at=by.at,
        **acute,
    )


def send(row: HandOver, *, by: Acting, by_mail: bool) -> None:
    """Queue the mail when the partner has an address; otherwise somebody hands it over and that is recorded.

    A practice signal of a real installation never leaves.
    """
    partner = Organisation.objects.filter(id=row.organisation_id).first() if row.organisation_id else None
    if not (by_mail and partner and partner.mail and post.leaves(practice=row.signal.practice)):
        return
    with override("nl"):
        subject = _("Overdracht %(reference)s") % {"reference": row.signal.reference}
    mail = post.queue(
        by=by,
        key_id=row.key_id,
        about="route.HandOver",
        about_id=row.id,
        to=partner.mail,
        subject=subject,
        body=row.body,
        sealed=row.signal.sealed,
    )
    row.how, row.outgoing_id = BY_MAIL, mail.id
    row.save(update_fields=["how", "outgoing_id"])


def register(signal: Signal, row: HandOver, facts: dict[Ground, list[UUID]], *, by: Acting) -> None:
    """In the register of disclosures; a hand-over without facts is entered too."""
    going = Going(
        Recipient(row.recipient), Purpose(row.purpose), row.how, "route.HandOver", row.id, row.organisation_id
    )
    disclose(signal, going, facts or {Ground(gettext_noop("zonder feiten uit het dossier")): []}, by=by)


def with_decision(signal: Signal, made: Decision, recipient: Recipient, *, reason: str, by: Acting) -> HandOver:
    """What goes to another with a decision: only facts that were released for that recipient."""
    facts = by_release(list(live(signal, recipient, by)))
    ids = [fact for group in facts.values() for fact in group]
    row = written(
        by=by,
        signal=signal,
        recipient=recipient,
        purpose=Purpose.HAND_OVER,
        facts=ids,
        reason=reason,
        body=text_of(by=by, signal=signal, facts=list(chosen(signal, ids)), reason=reason),
        how=BY_DECISION,
        organisation_id=made.organisation_id,
    )
    register(signal, row, facts, by=by)
    return row


def receive(*, by: Acting, row: HandOver, from_whom: str) -> None:
    """Somebody there confirmed that it arrived. Raises Refused when that was recorded, or nobody is named."""
    if row.receipt_at is not None or not from_whom.strip():
        reason = gettext_noop("Schrijf op wie de ontvangst bevestigde. Dat kan één keer.")
        raise Refused(no(reason, "domain rules §2", "hand_over.receipt", (Role.MELDPUNT,)))
    row.receipt_at, row.receipt_from = by.at, from_whom.strip()
    row.save(update_fields=["receipt_at", "receipt_from"])
    tell(row.signal, by=by, kind="hand_over.receipt", ids=(row.id,), to=row.recipient)


def add_follow_up(*, by: Acting, signal: Signal, told: str) -> Happened:
    """What came of it later (enforcement, result at the RIEC), also after closing. Raises Refused."""
    demand(signal, by, Event.FOLLOW_UP_ADDED, reason=told)
    made = Happened.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        kind=Event.FOLLOW_UP_ADDED,
        told=told.strip(),
        by=by.user_id,
        at=by.at,
    )
    tell(signal, by=by, kind="signal.follow_up_added", ids=(made.id,))
    return made
