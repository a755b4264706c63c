"""A training shared between municipalities: given once, counted on both sides, and nobody's name crosses."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awareness.awareness_here import TITLE, group, ids, training, wanted
from meldroute.awareness import reading
from meldroute.awareness.actions import activities, inviting, sharing, signing_up
from meldroute.awareness.models import Activity, Offer, Share
from meldroute.awareness.ticking import follow_neighbours
from meldroute.domain.awareness.activities import ActivityKind, ActivityState
from meldroute.domain.plan.keeping import Status
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Role
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.people.unit import system, unit
from meldroute.plan.actions import versions
from meldroute.plan.models import Occurrence, Proof
from meldroute.post.models import Outgoing
from people_here import MONDAY, acting, here, user
from plan.plans_here import body, followed

pytestmark = pytest.mark.django_db
TOMORROW = MONDAY + timedelta(days=1)
NAME = "Anna Voorbeeld"
SHARED_COLUMNS = {
    "id", "municipality_id", "receiver_id", "activity_id", "kind", "title", "on", "begins", "minutes", "place",
    "given_by", "version", "state", "at", "answered_at",
}  # fmt: skip


def there(at: datetime = MONDAY) -> Acting:
    """The meldpunt of Bloemendaal."""
    return acting("waarnemer", code="BD", at=at)


def plan_there() -> None:
    """Bloemendaal follows a plan with the same actions."""
    told = body()
    told["plan"] = told["plan"] | {"id": "bloemendaal-2024-2026", "municipality": "Bloemendaal"}
    with unit(there()) as by:
        versions.bring(by=by, body=told, followed_from=date(2024, 4, 1))


def offered(**other: Any) -> UUID:
    """A training of tomorrow with somebody in it, offered to Bloemendaal; gives the offer."""
    with unit(acting()) as by:
        row = training(by, groups=ids("Bouw"), actions=("R4.4",), **other)
        (one,) = inviting.invite(by=by, activity=row, group=group("Bouw"), mails=["bwt@heemstede.oefen.example"])
        share = sharing.offer(by=by, activity=row, receiver=here("BD"))
    with system(here().id, MONDAY) as by:
        signing_up.sign_up(by=by, invitation=one, group=one.group, name=NAME)
    return share.id


def accepted(share_id: UUID) -> UUID:
    with unit(there()) as by:
        row = sharing.answer(by=by, share=Share.objects.get(id=share_id), accept=True)
        assert row is not None
        return row.id


def ours() -> Activity:
    return Activity.objects.get(municipality_id=here().id)


def theirs() -> Activity:
    with unit(there()):
        return Activity.objects.get()


def test_given_once_it_counts_in_both_plans_and_each_counts_its_own_people() -> None:
    followed()
    plan_there()
    own = accepted(offered())
    with unit(acting(at=TOMORROW)) as by:
        activities.hold(by=by, activity=ours(), people={group("Bouw").id: 7})
        assert Occurrence.objects.get(action__code="R4.4", key="2026").status == Status.DONE
        assert {one.name: one.at_least.number for one in reading.covered(by, 2026)}[
            "Bouw- en Woningtoezicht (BWT)"
        ] == 7
    with unit(there(TOMORROW)) as by:
        row = Activity.objects.get(id=own)
        team = group("Publieks")
        activities.change(by=by, activity=row, wanted=same(row, groups=(team.id,)))
        activities.hold(by=by, activity=row, people={team.id: 5})
        assert Occurrence.objects.get(action__code="R4.4", key="2026").status == Status.DONE
        assert Proof.objects.get(about_id=own, occurrence__action__code="R4.4").text == f"Training: {TITLE}"
        told = {one.name: one.at_least.number for one in reading.covered(by, 2026)}
        assert told["Publiekszaken"] == 5
        assert told["Bouw- en Woningtoezicht (BWT)"] == 0


def same(row: Activity, **other: Any) -> activities.Wanted:
    """What the row is, with something of its own."""
    told = {name: getattr(row, name) for name in ("title", "on", "begins", "minutes", "place", "given_by")}
    return wanted(ActivityKind(row.kind), **told | {"actions": tuple(row.actions)} | other)


def test_the_giver_decides_what_it_is_and_the_receiver_follows() -> None:
    share_id = offered()
    own = accepted(share_id)
    with unit(there()) as by:
        row = Activity.objects.get(id=own)
        inviting.invite(by=by, activity=row, group=group("Publieks"), mails=["pz@bloemendaal.oefen.example"])
        with pytest.raises(Refused) as wrong:
            activities.change(by=by, activity=row, wanted=same(row, title="Anders"))
        assert wrong.value.verdict.code == "awareness.shared"
    with unit(acting()) as by:
        moved = same(ours(), on=by.today + timedelta(days=9), place="Zaal 2", groups=ids("Bouw"))
        activities.change(by=by, activity=ours(), wanted=moved)
    for _ in range(2):
        follow_neighbours(here("BD").id, MONDAY + timedelta(hours=1))
    row = theirs()
    assert (row.place, row.on, row.version) == ("Zaal 2", acting().today + timedelta(days=9), 2)
    with unit(there()):
        subjects = list(Outgoing.objects.filter(about="awareness.Invitation").values_list("id", flat=True))
    assert len(subjects) == 2


def test_taking_back_ends_it_on_both_sides_and_is_told_once() -> None:
    followed()
    plan_there()
    own = accepted(offered())
    with unit(acting()) as by:
        activities.cancel(by=by, activity=ours(), because="geen gastspreker")
    for minutes in (1, 2):
        follow_neighbours(here("BD").id, MONDAY + timedelta(minutes=minutes))
    row = theirs()
    assert (row.id, row.state) == (own, ActivityState.CANCELLED)
    with unit(there()):
        mails = Outgoing.objects.filter(about="awareness.Share")
        assert {(one.to, one.subject) for one in mails} == {
            (one, f"Heemstede trekt in: {TITLE}") for one in meldpunt_of("BD")
        }
        assert not [one for one in mails if NAME in one.body]
        assert mails.count() == len(meldpunt_of("BD"))


def meldpunt_of(code: str) -> list[str]:
    return [one.email for one in places.members(here(code).id, Role.MELDPUNT, today=acting().today)]


def test_both_sides_hear_of_each_other() -> None:
    share_id = offered()
    follow_neighbours(here("BD").id, MONDAY)
    accepted(share_id)
    for _ in range(2):
        follow_neighbours(here().id, MONDAY)
    with unit(there()):
        assert {one.subject for one in Outgoing.objects.filter(about="awareness.Share")} == {
            f"Heemstede biedt aan: {TITLE}"
        }
    with unit(acting()):
        told = [one.subject for one in Outgoing.objects.filter(about="awareness.Share")]
        assert told == [f"Bloemendaal doet mee: {TITLE}"] * len(meldpunt_of("HS"))


def test_declining_withdrawing_and_offering_again() -> None:
    share_id = offered()
    with unit(there()) as by:
        assert list(reading.offers(by).values_list("id", flat=True)) == [share_id]
        assert sharing.answer(by=by, share=Share.objects.get(id=share_id), accept=False) is None
        assert not Activity.objects.exists()
        with pytest.raises(Refused) as wrong:
            sharing.answer(by=by, share=Share.objects.get(id=share_id), accept=True)
        assert wrong.value.verdict.code == "awareness.answered"
    with unit(acting()) as by:
        with pytest.raises(Refused):
            sharing.offer(by=by, activity=ours(), receiver=here("BD"))
        sharing.withdraw(by=by, share=Share.objects.get(id=share_id))
        sharing.offer(by=by, activity=ours(), receiver=here("BD"))
    with unit(there()) as by:
        assert sharing.answer(by=by, share=Share.objects.get(id=share_id), accept=True)


def test_the_receiver_can_stop_and_the_giver_sees_it() -> None:
    own = accepted(offered())
    with unit(there()) as by:
        activities.cancel(by=by, activity=Activity.objects.get(id=own), because="te druk")
    with unit(acting()):
        assert Share.objects.get().state == Offer.DECLINED
        assert ours().state == ActivityState.PLANNED


def changed(sql: str, *values: object) -> int:
    """How many rows a statement touched; -1 when the database refused it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.rowcount
    except DatabaseError:
        return -1


def test_what_crosses_is_the_offer_and_nothing_of_people() -> None:
    """With raw SQL as Bloemendaal: the one row and its columns; no participant, invitation or activity of Heemstede."""
    share_id = offered()
    with unit(there()), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM awareness_share")
        assert {column.name for column in cursor.description or ()} == SHARED_COLUMNS
        (row,) = cursor.fetchall()
        assert not [value for value in row if isinstance(value, str) and NAME in value]
        for name in ("activity", "participant", "invitation", "reach", "talk"):
            cursor.execute(f"SELECT count(*) FROM awareness_{name}")
            assert cursor.fetchone() == (0,), name
    assert share_id


WRITES = [
    ("UPDATE awareness_share SET state = 'accepted', answered_at = now()", -1, 1),
    ("UPDATE awareness_share SET state = 'withdrawn'", 1, -1),
    ("UPDATE awareness_share SET title = 'x', version = 2", 1, -1),
    ("UPDATE awareness_share SET receiver_id = gen_random_uuid()", -1, -1),
    ("UPDATE awareness_share SET municipality_id = receiver_id, receiver_id = municipality_id", -1, -1),
    ("UPDATE awareness_share SET activity_id = gen_random_uuid()", -1, -1),
    ("DELETE FROM awareness_share", -1, -1),
]


@pytest.mark.parametrize(("sql", "giver", "receiver"), WRITES)
def test_each_side_writes_its_own_part_only(sql: str, giver: int, receiver: int) -> None:
    offered()
    for who, expected in ((acting(), giver), (there(), receiver), (acting("waarnemer", code="BD"), receiver)):
        with unit(who), transaction.atomic():
            assert changed(sql) == expected
            transaction.set_rollback(True)
    for who in (acting("burgemeester"), acting("melder")):
        with unit(who):
            assert changed(sql) in (0, -1)


def test_a_third_municipality_sees_nothing_and_nobody_offers_what_is_not_theirs() -> None:
    offered()
    with system(here("ZV").id, MONDAY):
        assert not Share.objects.exists()
    with unit(acting()):
        foreign = ours().id
    made = (
        "INSERT INTO awareness_share (id, municipality_id, receiver_id, activity_id, kind, title, "
        '"on", minutes, place, given_by, version, state, at) '
        "VALUES (gen_random_uuid(), %s, %s, %s, 'training', 'x', now(), 5, '', '', 1, %s, now())"
    )
    with unit(there()) as by:
        own = training(by).id
        assert changed(made, by.place, here("ZV").id, foreign, "offered") == -1
        assert changed(made, here().id, by.place, foreign, "offered") == -1
        assert changed(made, by.place, by.place, own, "offered") == -1
        assert changed(made, by.place, here("ZV").id, own, "accepted") == -1
        assert changed(made, by.place, here("ZV").id, own, "offered") == 1


def client_of(name: str, code: str) -> Client:
    client = Client()
    client.force_login(user(name))
    session = client.session
    session["municipality"] = str(here(code).id)
    session.save()
    return client


def test_offering_and_answering_by_the_buttons() -> None:
    with unit(acting(at=timezone.now())) as by:
        row = training(by)
    giver, receiver = client_of("meldpunt", "HS"), client_of("waarnemer", "BD")
    page = reverse("awareness:activity", args=[row.id])
    assert "Bied aan: Bloemendaal" in giver.get(page).content.decode()
    share = reverse("awareness:share", args=[row.id])
    assert giver.post(share, {"receiver": "onzin"}).status_code == 302
    giver.post(share, {"receiver": str(here("BD").id)})
    assert "Bloemendaal: aangeboden" in giver.get(page).content.decode()
    told = receiver.get(reverse("awareness:list")).content.decode()
    assert "Aangeboden door een andere gemeente" in told
    with unit(there(timezone.now())):
        share_id = Share.objects.get().id
    answer = reverse("awareness:answer", args=[share_id])
    assert giver.post(answer, {"answer": "yes"}).status_code == 404
    receiver.post(answer, {"answer": "yes"})
    assert "Heemstede geeft dit" in receiver.get(reverse("awareness:activity", args=[theirs().id])).content.decode()
    assert "Bloemendaal: doet mee" in giver.get(page).content.decode()
    assert receiver.post(reverse("awareness:unshare", args=[share_id])).status_code == 404
    giver.post(reverse("awareness:unshare", args=[share_id]))
    assert "Bloemendaal: ingetrokken" in giver.get(page).content.decode()
    receiver.post(answer, {"answer": "yes"})
    assert "al beantwoord of ingetrokken" in receiver.get(reverse("awareness:list")).content.decode()
