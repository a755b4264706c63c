"""A hand-over to another municipality of this installation: sent, answered once with a receipt, and then empty.

Each side acts in a unit of work of its own; the parcel is the only row that both see. The sender's own file stays what
it was: its retention begins when the receipt is noted there (domain rules §6).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from meldroute.domain.observing import Statement
from meldroute.domain.term import gettext_noop
from meldroute.domain.terms import RECEIPT
from meldroute.domain.verdict import Refused, no
from meldroute.domain.vocabulary import (
    Capacity,
    Category,
    Channel,
    Confidence,
    Form,
    Purpose,
    Recipient,
    Role,
    SourceKind,
    State,
    Truth,
    Urgency,
    Weighing,
)
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.people.models import Municipality
from meldroute.people.unit import system
from meldroute.post.actions import leaves

from ..models import HandOver, Observation, Parcel, ParcelState, Reporter, SendBack, Signal
from ..terms import terms_of
from ..visible import must_work
from .disclosing import Going, by_release, disclose
from .facts import current, note
from .opening import open_signal
from .releasing import live
from .timeline import tell

GROUND = "domain rules §2, weighing 2B"
HOW = "parcel"
ON = "route.Parcel"
NEVER = (Category.POLICE_DATA, Category.MMA, Category.REPORTER)
"""Stays here whatever a matrix says: police data its owner provides, who reported is the meldpunt's (rules §4)."""


def _refuse(reason: str, code: str) -> None:
    raise Refused(no(reason, GROUND, f"parcel.{code}", (Role.MELDPUNT,)))


def to_whom(by: Acting) -> list[Municipality]:
    """The other municipalities here that have somebody at the meldpunt today."""
    rows = Municipality.objects.exclude(id=by.place)
    return [row for row in rows if places.members(row.id, Role.MELDPUNT, today=by.today).exists()]


def facts_for(row: HandOver, by: Acting) -> QuerySet[Observation]:
    """The facts that may go: part of the hand-over, still released for another municipality, and not corrected."""
    released = live(row.signal, Recipient.OTHER_MUNICIPALITY, by).values("observation_id")
    return current(row.signal).filter(id__in=row.observation_ids).filter(id__in=released).exclude(category__in=NEVER)


def may_send(row: HandOver, by: Acting) -> None:
    """Raises Refused with why this hand-over cannot go as a parcel now."""
    must_work(row.signal, by)
    if row.recipient != Recipient.OTHER_MUNICIPALITY:
        _refuse(gettext_noop("Dit is geen overdracht aan een andere gemeente."), "recipient")
    if row.signal.sealed:
        _refuse(gettext_noop("Een verzegeld signaal gaat niet zo. Bel de gemeentesecretaris daar."), "sealed")
    if not row.signal.weighings.filter(round=row.signal.round, weighing=Weighing.TWO_B).exists():
        _refuse(gettext_noop("Beantwoord eerst weging 2B: is het ons grondgebied?"), "weighing")
    if not leaves(practice=row.signal.practice):
        _refuse(gettext_noop("Een oefensignaal gaat niet naar een andere gemeente."), "practice")
    if sent_of(row).filter(state__in=(ParcelState.SENT, ParcelState.TAKEN_IN)).exists():
        _refuse(gettext_noop("Deze overdracht is al verstuurd."), "twice")


def sent_of(row: HandOver) -> QuerySet[Parcel]:
    """The parcels of one hand-over, the newest first."""
    return Parcel.objects.filter(hand_over_id=row.id, municipality_id=row.municipality_id)


def send(*, by: Acting, row: HandOver, to: UUID, facts: Sequence[UUID], reason: str) -> Parcel:
    """Send the chosen facts of this hand-over to the meldpunt of `to`. Raises Refused."""
    row = HandOver.objects.select_for_update().select_related("signal").get(id=row.id)
    may_send(row, by)
    if to not in [place.id for place in to_whom(by)]:
        _refuse(gettext_noop("Kies een gemeente waar nu iemand bij het meldpunt werkt."), "receiver")
    chosen = list(facts_for(row, by).filter(id__in=facts))
    if not chosen or len(chosen) != len(set(facts)):
        _refuse(gettext_noop("Kies alleen feiten die nu gedeeld mogen worden, ten minste één."), "facts")
    if not reason.strip():
        raise Refused(no(gettext_noop("Schrijf op waarom."), GROUND, "need.reason"))
    due_on = terms_of(by.place).due_for(RECEIPT, by.today)
    parcel = Parcel(
        municipality_id=by.place, receiver_id=to, hand_over_id=row.id, practice=row.signal.practice, due_on=due_on
    )
    parcel.sent_at = by.at
    parcel.fill(_content(row.signal, chosen, reason))
    parcel.save(force_insert=True)
    going = Going(Recipient.OTHER_MUNICIPALITY, Purpose(row.purpose), HOW, ON, parcel.id)
    rows = live(row.signal, Recipient.OTHER_MUNICIPALITY, by).filter(observation_id__in=facts)
    disclose(row.signal, going, by_release(list(rows)), by=by)
    tell(row.signal, by=by, kind="parcel.send", ids=(parcel.id,), place=name_of(to), count=len(chosen))
    return parcel


def _content(signal: Signal, facts: Sequence[Observation], reason: str) -> dict[str, Any]:
    """What crosses: the facts with what kind of truth they are, and why. No subject, reporter, source or file."""
    return {
        "reference": signal.reference,
        "reason": reason.strip(),
        "forms": list(signal.forms),
        "minor": signal.minor_possible,
        "facts": [
            {
                "truth": fact.truth,
                "text": fact.text,
                "category": fact.category,
                "on": fact.observed_on.isoformat() if fact.observed_on else "",
                "confidence": fact.confidence,
                "capacity": fact.capacity,
            }
            for fact in facts
        ],
    }


def incoming(by: Acting) -> QuerySet[Parcel]:
    """What was sent here and nobody answered yet, the oldest first."""
    return Parcel.objects.filter(receiver_id=by.place, state=ParcelState.SENT).order_by("sent_at")


def take_in(*, by: Acting, parcel: Parcel, urgency: Urgency) -> Signal:
    """The parcel becomes a report in step 1 here, and the sender gets its number. Raises Refused."""
    row = _waiting(by, parcel)
    told, sender = row.content(), Municipality.objects.get(id=row.municipality_id)
    signal = open_signal(
        by=by,
        source_kind=SourceKind.OTHER_PARTNER,
        channel=Channel.MUNICIPALITY,
        received_at=row.sent_at,
        state=State.RECEIVED,
        forms=[Form(form) for form in told["forms"]],
        minor_possible=told["minor"] or urgency is Urgency.MINOR,
        practice=row.practice,
    )
    tell(signal, by=by, kind="signal.urgency", urgency=urgency.value)
    _reporter(signal, sender, told["reference"], by=by)
    for statement in _statements(told, sender.name):
        note(by=by, signal=signal, statement=statement)
    _answer(row, ParcelState.TAKEN_IN, by=by, answer_reference=signal.reference)
    tell(signal, by=by, kind="parcel.take_in", ids=(row.id,), place=sender.name)
    return signal


def _reporter(signal: Signal, sender: Municipality, reference: str, *, by: Acting) -> None:
    """The sending meldpunt is who hears what came of it; the receipt is the answer to the parcel itself."""
    Reporter.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        source_kind=SourceKind.OTHER_PARTNER,
        name=f"Meldpunt {sender.name}, {reference}",
        mail=sender.meldpunt_mail,
        phone=sender.meldpunt_phone,
        mail_safe=bool(sender.meldpunt_mail),
        at=by.at,
    )


def _statements(told: dict[str, Any], sender: str) -> list[Statement]:
    reason = Statement(
        truth=Truth.IMPRESSION,
        text=told["reason"],
        category=Category.NARRATIVE,
        source=f"meldpunt {sender}",
        source_kind=SourceKind.OTHER_PARTNER,
    )
    return [reason, *(_statement(fact, sender) for fact in told["facts"])]


def _statement(fact: dict[str, Any], sender: str) -> Statement:
    return Statement(
        truth=Truth(fact["truth"]),
        text=fact["text"],
        category=Category(fact["category"]),
        source=f"meldpunt {sender}",
        source_kind=SourceKind.OTHER_PARTNER,
        observed_on=date.fromisoformat(fact["on"]) if fact["on"] else None,
        confidence=Confidence(fact["confidence"]),
        capacity=Capacity(fact["capacity"]),
    )


def send_back(*, by: Acting, parcel: Parcel, why: SendBack) -> None:
    """Refuse it: nothing of it stays here. Raises Refused."""
    row = _waiting(by, parcel)
    _answer(row, ParcelState.SENT_BACK, by=by, why=why)
    journal.record(by=by, act="parcel.send_back", on=ON, ids=[row.id])


def withdraw(*, by: Acting, parcel: Parcel, row: HandOver) -> None:
    """Take it back while nobody answered. Raises Refused."""
    must_work(row.signal, by)
    own = _locked(parcel)
    if own.municipality_id != by.place or own.hand_over_id != row.id:
        _refuse(gettext_noop("Alleen wie verstuurde, kan intrekken."), "sender")
    _open(own)
    _take_back(own, row.signal, by=by)


def withdraw_all(signal: Signal, *, by: Acting) -> None:
    """Take back everything of this signal that nobody answered yet, when it is closed to others here too."""
    on_its_way = Parcel.objects.filter(hand_over_id__in=signal.hand_overs.values("id"), state=ParcelState.SENT)
    for row in on_its_way.select_for_update():
        _take_back(row, signal, by=by)


def _take_back(row: Parcel, signal: Signal, *, by: Acting) -> None:
    _answer(row, ParcelState.WITHDRAWN, by=by)
    Parcel.objects.filter(id=row.id).update(noted_at=by.at)
    tell(signal, by=by, kind="parcel.withdraw", ids=(row.id,), place=name_of(row.receiver_id))


def note_answers(place: UUID, at: datetime) -> int:
    """Put the answers that came in the files of the sender; how many. The system does so, once for each.

    What was taken in confirms the receipt, from which the term of the content runs; what came back waits for somebody.
    """
    with system(place, at) as by:
        rows = Parcel.objects.filter(municipality_id=place, noted_at__isnull=True).exclude(state=ParcelState.SENT)
        found = list(rows.select_for_update())
        for parcel in found:
            _note(parcel, by=by)
    return len(found)


def _note(parcel: Parcel, *, by: Acting) -> None:
    row = HandOver.objects.select_related("signal").filter(id=parcel.hand_over_id).first()
    where = name_of(parcel.receiver_id)
    if row is None:  # its signal was destroyed or sealed meanwhile: no file to put it in
        journal.record(by=by, act="parcel.receipt", on=ON, ids=[parcel.id])
    elif parcel.state == ParcelState.TAKEN_IN:
        if row.receipt_at is None:
            row.receipt_at, row.receipt_from = parcel.answered_at, f"{where}, {parcel.answer_reference}"
            row.save(update_fields=["receipt_at", "receipt_from"])
        tell(row.signal, by=by, kind="parcel.receipt", ids=(parcel.id,), place=where, number=parcel.answer_reference)
    else:
        tell(row.signal, by=by, kind="parcel.came_back", ids=(parcel.id,), place=where, why=parcel.why)
    Parcel.objects.filter(id=parcel.id).update(noted_at=by.at)


def _waiting(by: Acting, parcel: Parcel) -> Parcel:
    """The parcel, locked, when it waits for this municipality. Raises Refused."""
    if not by.is_any(Role.MELDPUNT):
        _refuse(gettext_noop("Alleen het meldpunt neemt een overdracht in of stuurt haar terug."), "role")
    row = _locked(parcel)
    if row.receiver_id != by.place:
        _refuse(gettext_noop("Deze overdracht is niet voor deze gemeente."), "receiver")
    _open(row)
    return row


def _locked(parcel: Parcel) -> Parcel:
    """The row as it is when everybody who was first has finished."""
    return Parcel.objects.select_for_update().get(id=parcel.id)


def _open(row: Parcel) -> None:
    if row.state != ParcelState.SENT:
        _refuse(gettext_noop("Deze overdracht is intussen al beantwoord of ingetrokken."), "answered")


def _answer(row: Parcel, state: ParcelState, *, by: Acting, answer_reference: str = "", why: str = "") -> None:
    """Answer, and destroy the content with its key."""
    row.state, row.answered_at, row.answer_reference, row.why = state, by.at, answer_reference, why
    row.wrapped = row.body = None
    row.save(update_fields=["state", "answered_at", "answer_reference", "why", "wrapped", "body"])


def name_of(place: UUID) -> str:
    """The name of a municipality."""
    return Municipality.objects.get(id=place).name
