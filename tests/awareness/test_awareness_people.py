"""Invited, signed up, waited, moved, there, gone: people in a training, by mail, link, calendar and paper."""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta
from typing import Any

import pikepdf
import pytest
import vobject
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awareness.awareness_here import TITLE, group, ids, training, wanted
from meldroute.awareness import links, reading
from meldroute.awareness.actions import activities, inviting, signing_up
from meldroute.awareness.certificates import pdf
from meldroute.awareness.models import Activity, Invitation, Participant
from meldroute.awareness.ticking import forget_names
from meldroute.domain.verdict import Refused
from meldroute.journal.acting import AMSTERDAM, Acting
from meldroute.people.unit import system, unit
from meldroute.post.models import Outgoing
from meldroute.vault.keys import KeyGone
from papers_here import squeezed, text_of
from people_here import MONDAY, acting, here, user
from races_here import both

TEAM = "bwt@heemstede.oefen.example"
NAMES = ("Anna Voorbeeld", "Bram Oefening", "Cora Proef")


def invited(by: Acting, **other: Any) -> Invitation:
    """A training of tomorrow with one address invited."""
    row = training(by, groups=ids("Bouw"), **other)
    (one,) = inviting.invite(by=by, activity=row, group=group("Bouw"), mails=[TEAM])
    return one


def signed(invitation: Invitation, *names: str, at: datetime = MONDAY) -> list[Participant]:
    made = []
    for n, name in enumerate(names):
        with system(here().id, at + timedelta(minutes=n)) as by:
            made.append(signing_up.sign_up(by=by, invitation=invitation, group=invitation.group, name=name))
    return made


def standings(activity: Activity) -> dict[str, str]:
    with unit(acting()):
        return {one.name: one.standing for one in reading.people_of(Activity.objects.get(id=activity.id))}


def mails() -> list[tuple[str, str]]:
    with unit(acting()):
        return [
            (one.to, one.subject) for one in Outgoing.objects.filter(about="awareness.Invitation").order_by("queued_at")
        ]


def event_of(mail: Outgoing) -> Any:
    """The event in a mail's calendar file, read by another library than the one that wrote it."""
    return vobject.readOne(mail.attachments[inviting.FILE])


@pytest.mark.django_db
def test_an_invitation_goes_out_once_with_a_calendar_another_program_reads() -> None:
    with unit(acting()) as by:
        one = invited(by)
        assert inviting.invite(by=by, activity=one.activity, group=one.group, mails=[TEAM.upper()]) == []
    assert mails() == [(TEAM, f"Uitnodiging: {TITLE}")]
    with unit(acting()):
        mail = Outgoing.objects.get(about="awareness.Invitation")
        told = event_of(mail)
        assert told.method.value == "REQUEST"
        event = told.vevent
        assert event.uid.value == f"{one.activity_id}@meldroute"
        assert (event.sequence.value, event.status.value, event.location.value) == ("1", "CONFIRMED", "Raadhuis")
        starts = datetime.combine(one.activity.on, time(9, 30), AMSTERDAM)
        assert event.dtstart.value == starts
        assert event.dtend.value - event.dtstart.value == timedelta(minutes=150)
        assert event.attendee.value == f"mailto:{TEAM}"
        assert inviting.address_of(one) in mail.body
        assert "HS-" not in mail.body


@pytest.mark.django_db
def test_moving_and_cancelling_change_the_same_event_and_are_each_told_once() -> None:
    with unit(acting()) as by:
        one = invited(by)
        later = {"on": by.today + timedelta(days=8), "groups": ids("Bouw")}
    with unit(acting(at=MONDAY + timedelta(seconds=30))) as by:
        row = activities.change(by=by, activity=one.activity, wanted=wanted(**later))
    with unit(acting(at=MONDAY + timedelta(minutes=1))) as by:
        row = activities.change(by=by, activity=row, wanted=wanted(about="koffie", **later))
    with unit(acting(at=MONDAY + timedelta(minutes=2))) as by:
        activities.cancel(by=by, activity=row, because="ziek")
        assert not signing_open(row)
    assert [subject for _, subject in mails()] == [
        f"Uitnodiging: {TITLE}",
        f"Veranderd: {TITLE}",
        f"Gaat niet door: {TITLE}",
    ]
    with unit(acting()):
        told = [event_of(mail) for mail in Outgoing.objects.filter(about="awareness.Invitation").order_by("queued_at")]
    assert len({one.vevent.uid.value for one in told}) == 1
    assert [one.vevent.sequence.value for one in told] == ["1", "2", "3"]
    assert [one.method.value for one in told] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [one.vevent.status.value for one in told] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def signing_open(activity: Activity) -> bool:
    return bool(links.open_to_sign_up(Activity.objects.get(id=activity.id), acting().today))


@pytest.mark.django_db
def test_who_comes_after_the_last_place_waits_and_gets_the_first_that_is_free() -> None:
    with unit(acting()) as by:
        one = invited(by, places=1)
    first, *_ = signed(one, *NAMES)
    assert standings(one.activity) == {NAMES[0]: "signed_up", NAMES[1]: "waiting", NAMES[2]: "waiting"}
    with system(here().id, MONDAY + timedelta(hours=1)) as by:
        signing_up.leave(by=by, participant=first)
    assert standings(one.activity) == {NAMES[1]: "signed_up", NAMES[2]: "waiting"}
    with unit(acting(at=MONDAY + timedelta(hours=2))) as by:
        more = wanted(on=one.activity.on, groups=ids("Bouw"), places=5)
        activities.change(by=by, activity=one.activity, wanted=more)
    assert set(standings(one.activity).values()) == {"signed_up"}
    assert [subject for _, subject in mails()] == [f"Uitnodiging: {TITLE}", *[f"Er is een plaats: {TITLE}"] * 2]


def test_two_at_once_for_the_last_place_give_one_a_place_and_one_the_list(committed: str) -> None:
    with unit(acting()) as by:
        one = invited(by, places=1)

    def sign(name: str) -> Any:
        return lambda by: signing_up.sign_up(by=by, invitation=one, group=one.group, name=name)

    assert both(sign(NAMES[0]), sign(NAMES[1]), MONDAY) == ["won", "won"]
    assert sorted(standings(one.activity).values()) == ["signed_up", "waiting"]


@pytest.mark.django_db
def test_a_link_takes_so_many_and_no_more() -> None:
    with unit(acting()) as by:
        one = invited(by)
    signed(one, *(f"Naam {n}" for n in range(40)))
    with pytest.raises(Refused, match="veel mensen"):
        signed(one, "Nog iemand")


def public(page: str, token: str, **told: Any) -> Any:
    address, client = reverse(f"awareness:{page}", args=[token]), Client()
    return client.post(address, told) if told else client.get(address)


@pytest.mark.django_db
def test_signing_up_asks_a_name_and_a_team_and_nothing_else() -> None:
    with unit(acting(at=timezone.now())) as by:
        one = invited(by, places=1)
    token = links.token(links.SIGN_UP, here().id, one.id)
    shown = public("sign-up", token).content.decode()
    assert shown.count("<input") - shown.count('type="hidden"') == 1
    assert "Na 365 dagen wissen wij uw naam" in shown
    answer = public("sign-up", token, name=NAMES[0], group=str(one.group_id))
    assert answer.status_code == 302
    own = answer.url.rstrip("/").rsplit("/", 1)[1]
    told = public("own", own).content.decode()
    assert "U bent aangemeld" in told
    assert NAMES[0] in told
    second = public("sign-up", token, name=NAMES[1], group=str(one.group_id)).url
    assert "U staat op de wachtlijst" in Client().get(second).content.decode()
    assert NAMES[0] not in Client().get(second).content.decode()
    event = vobject.readOne(public("own-calendar", own).content.decode()).vevent
    assert event.summary.value == TITLE
    assert public("own-certificate", own).status_code == 404
    assert "U bent afgemeld" in public("own", own, leave="1").content.decode()
    assert public("own", own).status_code == 404
    assert "U bent aangemeld" in Client().get(second).content.decode()


@pytest.mark.django_db
def test_forged_foreign_and_expired_links_open_nothing() -> None:
    with unit(acting(at=timezone.now())) as by:
        one = invited(by)
    (row,) = signed(one, NAMES[0], at=timezone.now())
    good = links.token(links.SIGN_UP, here().id, one.id)
    own = links.token(links.OWN, here().id, row.id)
    forged = [good[:-4] + "AAA=", "onzin", own, links.token(links.SIGN_UP, here("BD").id, one.id)]
    assert [public("sign-up", token).status_code for token in forged] == [404] * 4
    assert public("own", good).status_code == 404
    assert public("own", links.token(links.OWN, here().id, one.id)).status_code == 404
    with unit(acting(at=timezone.now())) as by:
        Activity.objects.filter(id=one.activity_id).update(on=by.today - timedelta(days=30))
    assert "Aanmelden kan niet meer" in public("sign-up", good).content.decode()
    assert public("own", own).status_code == 200
    with unit(acting(at=timezone.now())) as by:
        Activity.objects.filter(id=one.activity_id).update(on=by.today - timedelta(days=31))
    assert [public("sign-up", good).status_code, public("own", own).status_code] == [410, 410]
    assert NAMES[0] not in public("own", own).content.decode()


@pytest.mark.django_db
def test_who_was_there_counts_once_and_gets_a_certificate_that_reads_back() -> None:
    with unit(acting()) as by:
        one = invited(by)
    there, absent = signed(one, *NAMES[:2])
    later = MONDAY + timedelta(days=1)
    with unit(acting(at=later)) as by:
        told = {"people": {group("Bouw").id: 3}, "present": [there.id]}
        row = activities.hold(by=by, activity=one.activity, **told)
        assert [reach.people for reach in row.reaches.all()] == [4]
        seen = {one.name: one.present for one in reading.people_of(row)}
        assert seen == {NAMES[0]: True, NAMES[1]: False}
        body = pdf(Participant.objects.select_related("activity").get(id=there.id))
    text = text_of(body)
    for part in (NAMES[0], TITLE, "24 november 2026", "150 minuten", "HVO-Querido", "Gemeente Heemstede"):
        assert squeezed(part) in text
    with pikepdf.open(io.BytesIO(body)) as paper:
        assert paper.Root.MarkInfo.Marked
        assert str(paper.Root.Lang).startswith("nl")
    client = Client()
    client.force_login(user("meldpunt"))
    assert client.get(reverse("awareness:certificate", args=[there.id])).content.startswith(b"%PDF")
    assert client.get(reverse("awareness:certificate", args=[absent.id])).status_code == 404


@pytest.mark.django_db
def test_names_go_after_their_term_and_numbers_stay() -> None:
    with unit(acting()) as by:
        one = invited(by)
    (row,) = signed(one, NAMES[0])
    with unit(acting(at=MONDAY + timedelta(days=1))) as by:
        activities.hold(by=by, activity=one.activity, present=[row.id])
    last = MONDAY + timedelta(days=1 + 365)
    assert forget_names(here().id, last) == 0
    assert forget_names(here().id, last + timedelta(days=1)) == 1
    assert forget_names(here().id, last + timedelta(days=2)) == 0
    with unit(acting()) as by:
        assert not Participant.objects.exists()
        assert not Invitation.objects.exists()
        activity = Activity.objects.get(id=one.activity_id)
        assert [reach.people for reach in activity.reaches.all()] == [1]
        mail = Outgoing.objects.filter(about="awareness.Invitation").first()
        assert mail is not None
        with pytest.raises(KeyGone):
            assert mail.body


@pytest.mark.django_db
def test_names_are_seen_by_who_keeps_the_register_and_never_next_door() -> None:
    with unit(acting()) as by:
        one = invited(by)
    signed(one, NAMES[0])
    counted = "SELECT (SELECT count(*) FROM awareness_participant) + (SELECT count(*) FROM awareness_invitation)"
    for name, code, expected in (
        ("meldpunt", "HS", 2), ("proceseigenaar", "HS", 2), ("burgemeester", "HS", 0), ("melder", "HS", 0),
        ("fg", "HS", 0), ("waarnemer", "BD", 0),
    ):  # fmt: skip
        with unit(acting(name, code=code)), connection.cursor() as cursor:
            cursor.execute(counted)
            assert cursor.fetchone() == (expected,), name
    with unit(acting("melder")), connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(
            "INSERT INTO awareness_participant "
            "(id, municipality_id, key_id, activity_id, group_id, name, standing, at) "
            "VALUES (gen_random_uuid(), mr_municipality(), %s, %s, %s, '', 'waiting', now())",
            [one.key_id, one.activity_id, one.group_id],
        )


@pytest.mark.django_db
def test_inviting_by_the_form_and_the_list_to_print() -> None:
    with unit(acting(at=timezone.now())) as by:
        row = training(by, groups=ids("Bouw"))
        team = group("Bouw").id
    client = Client()
    client.force_login(user("meldpunt"))
    address = reverse("awareness:invite", args=[row.id])
    wrong = client.post(address, {"group": str(team), "mails": "a@b.example\nonzin"})
    assert "“onzin” is geen mailadres." in wrong.content.decode()
    assert client.post(address, {"group": str(team), "mails": f"{TEAM}\nb@heemstede.oefen.example"}).status_code == 302
    with unit(acting(at=timezone.now())):
        one = Invitation.objects.first()
    assert one is not None
    (person,) = signed(one, NAMES[2], at=timezone.now())
    assert NAMES[2] in client.get(reverse("awareness:attendance", args=[row.id])).content.decode()
    assert NAMES[2] in client.get(reverse("awareness:activity", args=[row.id])).content.decode()
    assert NAMES[2] in client.get(reverse("awareness:hold", args=[row.id])).content.decode()
    other = Client()
    other.force_login(user("burgemeester"))
    assert NAMES[2] not in other.get(reverse("awareness:activity", args=[row.id])).content.decode()
    assert client.post(reverse("awareness:remove", args=[person.id])).status_code == 302
    assert standings(row) == {}


@pytest.mark.django_db
def test_nobody_is_invited_to_a_lesson_or_after_the_day() -> None:
    with unit(acting()) as by:
        row = activities.plan(by=by, wanted=wanted(activities.ActivityKind.LESSON))
        with pytest.raises(Refused) as wrong:
            inviting.invite(by=by, activity=row, group=group("Bouw"), mails=[TEAM])
        assert wrong.value.verdict.code == "awareness.no_invitations"
