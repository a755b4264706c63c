"""The outbox against real servers: each mail once, whatever breaks; what did not go is always to be seen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction

from meldroute.domain.verdict import Refused
from meldroute.journal.models import Entry
from meldroute.people.unit import system, unit
from meldroute.post import actions
from meldroute.post.models import Delivery, Outgoing
from meldroute.post.sending import BACK_OFF, LEASE, Smtp, empty, send_one, sweep
from meldroute.vault import keys
from people_here import MONDAY, acting, here

from .mails import PLAIN, queued
from .wires import Does, FakeWire, Point, Server, smtp_at

TESTS = Path(__file__).resolve().parents[1]


def one() -> Outgoing:
    with unit(acting(None)):
        return Outgoing.objects.get()


def put(**other: object) -> Outgoing:
    with unit(acting()) as by:
        return queued(by, **other)


@pytest.mark.django_db
def test_a_mail_goes_once_and_a_second_run_finds_nothing(settings: object) -> None:
    put()
    with Server() as server:
        settings.MELDROUTE_SMTP = smtp_at(server.port)
        assert empty(system, here().id, MONDAY, Smtp()) == 1
        assert empty(system, here().id, MONDAY, Smtp()) == 0
        assert len(server.delivered) == 1
    mail = one()
    assert (mail.state, mail.attempts) == (Delivery.SENT, 1)
    message = message_from_bytes(server.delivered[0], policy=SMTP)
    assert message["Message-ID"] == mail.message_id


@pytest.mark.django_db
def test_an_act_has_one_mail() -> None:
    with unit(acting()) as by:
        key_id = keys.make(municipality_id=by.place, purpose="test")
        told = {"by": by, "key_id": key_id, "about": "route.Feedback", "about_id": uuid4()} | PLAIN
        actions.queue(**told)
        with pytest.raises(IntegrityError), transaction.atomic():
            actions.queue(**told)
        assert Outgoing.objects.count() == 1


@pytest.mark.django_db
def test_what_may_pass_is_tried_later_and_each_time_with_more_patience(settings: object) -> None:
    put()
    at = MONDAY
    with Server(Point.RCPT, Does.BUSY) as server:
        settings.MELDROUTE_SMTP = smtp_at(server.port)
        for minutes in (*BACK_OFF, BACK_OFF[-1]):
            assert send_one(system, here().id, at, Smtp()) is not None
            mail = one()
            assert mail.state == Delivery.QUEUED
            assert mail.trouble == "SMTP 450"
            assert send_one(system, here().id, at + timedelta(seconds=30), Smtp()) is None
            wait = mail.not_before - at
            assert timedelta(minutes=minutes) <= wait < timedelta(minutes=minutes, seconds=30)
            at = mail.not_before
        server.point = None
        send_one(system, here().id, at, Smtp())
    assert one().state == Delivery.SENT
    assert len(server.delivered) == 1


@pytest.mark.django_db
def test_what_was_refused_is_not_tried_again_by_itself() -> None:
    put()
    wire = FakeWire(Point.RCPT, Does.REFUSE)
    send_one(system, here().id, MONDAY, wire)
    assert one().state == Delivery.FAILED
    assert send_one(system, here().id, MONDAY + timedelta(days=30), wire) is None


@pytest.mark.django_db
@pytest.mark.parametrize("gone", ["key", "content"])
def test_a_mail_that_cannot_be_written_fails_and_holds_nobody_up(gone: str) -> None:
    first, wire = put(), FakeWire()
    with unit(acting(None)) as by:
        if gone == "key":
            keys.destroy(first.key_id, at=by.at)
        else:
            first.to = "kees@oefen.example\r\nBcc: x@oefen.example"
            first.save(update_fields=["to"])
    put(subject="de volgende")
    assert empty(system, here().id, MONDAY, wire) == 2
    with unit(acting()):
        assert Counter(Outgoing.objects.values_list("state", flat=True)) == {"failed": 1, "sent": 1}
    assert len(wire.delivered) == 1


@pytest.mark.django_db
def test_after_the_lease_a_lost_mail_is_uncertain_and_stays_so() -> None:
    mail = put()
    wire = FakeWire()
    with unit(acting(None)):
        Outgoing.objects.update(state=Delivery.SENDING, fence=uuid4(), leased_until=MONDAY + LEASE)
    for later, swept in ((LEASE, 0), (LEASE + timedelta(seconds=1), 1), (timedelta(days=9), 0)):
        with unit(acting(None, at=MONDAY + later)) as by:
            assert sweep(by=by) == swept
    assert empty(system, here().id, MONDAY + timedelta(days=30), wire) == 0
    assert one().state == Delivery.UNCERTAIN
    with unit(acting()):
        assert Entry.objects.filter(act="mail.uncertain", ids__contains=[mail.id]).count() == 1


@pytest.mark.django_db
def test_an_answer_that_comes_after_the_lease_is_still_believed() -> None:
    mail = put()

    class Slow(FakeWire):
        def deliver(self, letter: object) -> object:
            with unit(acting(None, at=MONDAY + LEASE * 2)) as by:
                assert sweep(by=by) == 1
            return super().deliver(letter)

    send_one(system, here().id, MONDAY, Slow())
    assert one().state == Delivery.SENT
    assert one().message_id == mail.message_id


@pytest.mark.django_db
def test_a_person_settles_what_is_uncertain_once() -> None:
    mail = put()
    wire = FakeWire(Point.END)
    send_one(system, here().id, MONDAY, wire)
    with unit(acting()) as by:
        actions.send_again(by=by, mail=Outgoing.objects.get())
        with pytest.raises(Refused):
            actions.say_arrived(by=by, mail=Outgoing.objects.get())
    send_one(system, here().id, MONDAY, again := FakeWire())
    assert [message_from_bytes(data)["Message-ID"] for data in (*wire.delivered, *again.delivered)] == [
        mail.message_id,
        mail.message_id,
    ]
    with unit(acting()) as by:
        for act in (actions.send_again, actions.say_arrived, actions.give_up):
            with pytest.raises(Refused):
                act(by=by, mail=Outgoing.objects.get())


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["handhaver", "privacy", "proceseigenaar", "fg"])
def test_others_settle_nothing(who: str) -> None:
    mail = put()
    send_one(system, here().id, MONDAY, FakeWire(Point.END))
    with unit(acting(who)) as by, pytest.raises(Refused):
        actions.say_arrived(by=by, mail=mail)
    assert one().state == Delivery.UNCERTAIN


@pytest.mark.django_db
def test_a_sealed_mail_is_seen_by_who_queued_it_and_goes_out() -> None:
    with unit(acting("integriteit")) as by:
        queued(by, sealed=True)
        assert Outgoing.objects.count() == 1
    with unit(acting()):
        assert Outgoing.objects.count() == 0
    send_one(system, here().id, MONDAY, wire := FakeWire())
    assert len(wire.delivered) == 1


@pytest.mark.django_db
def test_another_municipality_sends_and_sees_nothing_of_it() -> None:
    put()
    assert send_one(system, here("BD").id, MONDAY, wire := FakeWire()) is None
    assert wire.delivered == []
    with unit(acting("bloemendaal", code="BD")):
        assert Outgoing.objects.count() == 0


def test_two_senders_and_200_mails_each_exactly_once(committed: str, settings: object) -> None:
    with unit(acting()) as by:
        ids = {queued(by, subject=f"nummer {number}").message_id for number in range(200)}
    place = here().id

    def sender(_: int) -> int:
        try:
            return empty(system, place, MONDAY, Smtp(), most=250)
        finally:
            connections.close_all()

    with Server() as server, ThreadPoolExecutor(2) as pool:
        settings.MELDROUTE_SMTP = smtp_at(server.port)
        counts = list(pool.map(sender, range(2)))
    assert sum(counts) == 200
    assert min(counts) > 0
    assert Counter(message_from_bytes(data)["Message-ID"] for data in server.delivered) == dict.fromkeys(ids, 1)
    with unit(acting()):
        assert set(Outgoing.objects.values_list("state", flat=True)) == {Delivery.SENT}


KILLED = [
    (Point.CONNECT, 0),
    (Point.HELLO, 0),
    (Point.MAIL, 0),
    (Point.RCPT, 0),
    (Point.DATA, 0),
    (Point.CONTENT, 0),
    (Point.END, 1),
    (Point.QUIT, 1),
]


@pytest.mark.parametrize(("point", "taken"), KILLED)
def test_a_killed_sender_never_sends_twice_and_what_it_left_is_visible(
    committed: str, settings: object, point: Point, taken: int
) -> None:
    mail = put()
    with Server(point, Does.STALL) as server:
        command = [sys.executable, "-m", "post.sender", committed, str(server.port), str(here().id)]
        child = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": f"{TESTS.parent / 'src'}:{TESTS}"})
        assert server.reached.wait(30)
        child.send_signal(signal.SIGKILL)
        child.wait(10)
        server.released.set()
    assert one().state == Delivery.SENDING
    with Server() as good:
        settings.MELDROUTE_SMTP = smtp_at(good.port)
        assert empty(system, here().id, MONDAY + LEASE / 2, Smtp()) == 0
        assert empty(system, here().id, MONDAY + LEASE * 2, Smtp()) == 0
        assert (one().state, len(server.delivered), len(good.delivered)) == (Delivery.UNCERTAIN, taken, 0)
        with unit(acting()) as by:
            actions.send_again(by=by, mail=Outgoing.objects.get())
        assert empty(system, here().id, MONDAY + LEASE * 3, Smtp()) == 1
        assert [message_from_bytes(data)["Message-ID"] for data in good.delivered] == [mail.message_id]
