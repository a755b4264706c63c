"""Two answers to one parcel at the same moment: one counts, the other is told, nothing exists twice (T11)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections

from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Channel, Urgency
from meldroute.journal.acting import Acting
from meldroute.people.unit import unit
from meldroute.route.actions import parcels
from meldroute.route.models import HandOver, Parcel, ParcelState, SendBack, Signal
from people_here import MONDAY, acting, here
from rounds_here import measured, rounds
from route import parcels_here as parcel_of

pytestmark = pytest.mark.usefixtures("committed")
Act = tuple[str, str, Callable[[Acting, Parcel], object]]


def take(by: Acting, parcel: Parcel) -> object:
    return parcels.take_in(by=by, parcel=parcel, urgency=Urgency.NONE)


def refuse(by: Acting, parcel: Parcel) -> object:
    return parcels.send_back(by=by, parcel=parcel, why=SendBack.NOT_HERE)


def take_back(by: Acting, parcel: Parcel) -> object:
    return parcels.withdraw(by=by, parcel=parcel, row=HandOver.objects.get(id=parcel.hand_over_id))


RECEIVERS = ("bloemendaal", "waarnemer")
RACES: dict[str, tuple[Act, Act]] = {
    "two receivers take in": ((RECEIVERS[0], "BD", take), (RECEIVERS[1], "BD", take)),
    "one takes in, one sends back": ((RECEIVERS[0], "BD", take), (RECEIVERS[1], "BD", refuse)),
    "taken in while withdrawn": ((RECEIVERS[0], "BD", take), ("meldpunt", "HS", take_back)),
    "sent back while withdrawn": ((RECEIVERS[0], "BD", refuse), ("meldpunt", "HS", take_back)),
    "withdrawn twice": (("meldpunt", "HS", take_back), ("waarnemer", "HS", take_back)),
}


def raced(acts: tuple[Act, Act], parcel: Parcel, second: int) -> list[str]:
    """What became of each: won, or the code of the refusal."""
    barrier, results = Barrier(2), ["", ""]

    def run(place: int, name: str, code: str, act: Callable[[Acting, Parcel], object]) -> None:
        try:
            with unit(acting(name, code=code, at=MONDAY + timedelta(hours=2, seconds=second))) as by:
                barrier.wait(timeout=60)
                act(by, parcel)
            results[place] = "won"
        except Refused as refused:
            results[place] = refused.verdict.code
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place, *told)) for place, told in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=120)
    return results


def made_there() -> int:
    with unit(acting(None, code="BD")):
        return Signal.objects.filter(channel=Channel.MUNICIPALITY).count()


def test_every_pair_of_answers_has_one_winner_and_leaves_one_state() -> None:
    row, taken = parcel_of.handed_over(), 0
    for name, acts in RACES.items():
        for second in range(rounds(1, 200)):
            parcel = parcel_of.sent(row)
            before = made_there()
            results = raced(acts, parcel, second)
            assert sorted(results) == ["parcel.answered", "won"], (name, results)
            with unit(acting(None)):
                left = Parcel.objects.get(id=parcel.id)
            assert (left.wrapped, left.body) == (None, None)
            assert made_there() - before == (left.state == ParcelState.TAKEN_IN), name
            if left.state == ParcelState.TAKEN_IN:  # that hand-over has arrived: the next race needs another
                taken += 1
                row = parcel_of.handed_over(MONDAY - timedelta(days=taken))
        measured(f"races: {name}, one winner in each", rounds(1, 200))


def test_sending_one_hand_over_twice_at_once_sends_one_parcel() -> None:
    row = parcel_of.handed_over()
    facts = parcel_of.fact_ids(row)
    barrier, results = Barrier(2), ["", ""]

    def run(place: int, name: str, to: str) -> None:
        try:
            with unit(acting(name, at=MONDAY + timedelta(hours=1))) as by:
                own = HandOver.objects.select_related("signal").get(id=row.id)
                barrier.wait(timeout=60)
                parcels.send(by=by, row=own, to=here(to).id, facts=facts, reason="omdat het daar speelt")
            results[place] = "won"
        except Refused as refused:
            results[place] = refused.verdict.code
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=told) for told in ((0, "meldpunt", "BD"), (1, "waarnemer", "BD"))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=120)
    assert sorted(results) == ["parcel.twice", "won"]
    with unit(acting()):
        assert Parcel.objects.count() == 1
