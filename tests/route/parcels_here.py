"""A signal of Heemstede that was handed over to another municipality, ready to be sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from meldroute.domain.route import Answer, Decision, Given
from meldroute.domain.vocabulary import Category, Check, Purpose, Recipient, Weighing
from meldroute.people.unit import unit
from meldroute.route.actions import deciding, parcels, releasing
from meldroute.route.models import HandOver, Observation, Parcel, PrivacyCheck, Signal
from people_here import MONDAY, acting, here
from route import files
from signals_here import opened, person, place, reporter

GOES, STAYS = "Kanariefeit dat over de grens mag", "Kanarieziekte die hier blijft"
WHY = "Kanarievraag: het speelt bij u aan de overkant"
NAME, MAIL = "Kanarie Melder", "kanarie@melder.oefen.example"
LATER = timedelta(minutes=20)


def handed_over(at: datetime = MONDAY, **other: Any) -> HandOver:
    """Weighed (2B: not ours), checked 2B, released and decided: handed over to another municipality."""
    with unit(acting(at=at)) as by:
        signal = opened(by, **other)
        first = files.fact(signal, by=by, text=GOES)
        files.fact(signal, by=by, text=STAYS, category=Category.SPECIAL)
        person(by, signal)
        place(by, signal)
        reporter(by, signal, name=NAME, mail=MAIL)
        files.weigh(signal, (Weighing.ONE, Weighing.TWO_A), by=by)
        files.weigh(signal, (Weighing.TWO_B,), by=by, answer=Answer.NO)
    ids = tuple(fact.id for fact in (first, *_others(signal, at)))
    files.checked(
        signal,
        Check.TWO_B,
        recipient=Recipient.OTHER_MUNICIPALITY,
        purpose=Purpose.HAND_OVER,
        facts=ids,
        at=acting(at=at + timedelta(minutes=1)),
    )
    with unit(acting(at=at + timedelta(minutes=2))) as by:
        check = PrivacyCheck.objects.get(signal=signal)
        releasing.release(by=by, check=check, ids=ids)
        row = Signal.objects.get(id=signal.id)
        given = Given(reason="Kanariereden", recipient=Recipient.OTHER_MUNICIPALITY)
        deciding.decide(by=by, signal=row, version=row.version, decision=Decision.OTHER_AUTHORITY, given=given)
        return HandOver.objects.select_related("signal").get(signal=signal)


def _others(signal: Signal, at: datetime) -> list[Observation]:
    with unit(acting(at=at)):
        return list(Observation.objects.filter(signal=signal).exclude(text=b"").order_by("at")[1:])


def fact_ids(row: HandOver, at: datetime = MONDAY) -> list[UUID]:
    """The facts of it that may go."""
    with unit(acting(at=at + LATER)) as by:
        return [fact.id for fact in parcels.facts_for(HandOver.objects.get(id=row.id), by)]


def sent(row: HandOver, to: str = "BD", at: datetime = MONDAY) -> Parcel:
    """Sent by the meldpunt of Heemstede."""
    facts = fact_ids(row, at)
    with unit(acting(at=at + LATER)) as by:
        own = HandOver.objects.get(id=row.id)
        return parcels.send(by=by, row=own, to=here(to).id, facts=facts, reason=WHY)
