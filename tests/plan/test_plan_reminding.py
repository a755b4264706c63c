"""Reminders against a moving clock: each rung once, none after something was said, one mail a day per person."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from meldroute.domain.plan.keeping import Status
from meldroute.people.models import User
from meldroute.people.unit import system, unit
from meldroute.plan.actions import recording
from meldroute.plan.actions.recording import Given, Recorded
from meldroute.plan.models import Action, Occurrence, Reminder, Rung
from meldroute.plan.ticking import remind_all
from meldroute.post.models import Outgoing
from people_here import acting, here, user
from plan.plans_here import followed

pytestmark = pytest.mark.django_db
PLACE = ZoneInfo("Europe/Amsterdam")


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=PLACE)


def begun(*, owner: str = "handhaver", stand_in: str | None = "bwt", since: date = date(2026, 10, 1)) -> None:
    """The plan followed from the last quarter on, in which only R4.16 … R4.19 can still be asked."""
    followed(at(date(2026, 10, 1)), since)
    with unit(acting(at=at(date(2026, 10, 1)))) as by:
        for action in Action.objects.exclude(code="R4.15"):
            action.occurrences.all().update(status=Status.SKIPPED)
        action = Action.objects.get(code="R4.15")
        recording.own(by=by, action=action, owner=user(owner).id, stand_in=user(stand_in).id if stand_in else None)


def every_day(first: date, last: date) -> None:
    """The worker, several times a day."""
    day = first
    while day <= last:
        for hour in (7, 8, 23):
            remind_all(here().id, at(day, hour))
        day += timedelta(days=1)


def said() -> list[tuple[str, str, date]]:
    """Who was told what, and on which day."""
    with system(here().id, at(date(2027, 6, 1))):
        names = dict(User.objects.values_list("id", "email"))
        rows = Reminder.objects.order_by("at", "rung")
        return [(names[row.user_id].partition("@")[0], row.rung, row.at.astimezone(PLACE).date()) for row in rows]


def mails() -> list[Outgoing]:
    with system(here().id, at(date(2027, 6, 1))):
        rows = list(Outgoing.objects.filter(about="plan.Digest").order_by("queued_at"))
        assert all(row.body for row in rows)
        return rows


def test_a_whole_winter_each_rung_comes_once_and_on_a_working_day() -> None:
    begun()
    every_day(date(2026, 12, 1), date(2027, 2, 5))
    assert said() == [
        ("handhaver", Rung.AHEAD, date(2026, 12, 17)),
        ("handhaver", Rung.LATE, date(2027, 1, 4)),
        ("handhaver", Rung.LATE, date(2027, 1, 15)),
        ("bwt", Rung.STAND_IN, date(2027, 1, 15)),
        ("handhaver", Rung.LATE, date(2027, 1, 29)),
        ("bwt", Rung.STAND_IN, date(2027, 1, 29)),
    ]
    assert len(mails()) == 6


def test_the_mail_says_what_when_why_and_where_and_no_case() -> None:
    begun()
    every_day(date(2026, 12, 17), date(2026, 12, 17))
    (mail,) = mails()
    assert mail.to == "handhaver@oefen.example"
    assert mail.subject == "Plan: 1 afspraak vraagt aandacht"
    assert "Toezicht in de horeca: uiterlijk 31 december 2026 (nog 14 dagen)" in mail.body
    assert "U krijgt deze mail als eigenaar" in mail.body
    assert "/plan/termijn/" in mail.body


def test_nothing_after_it_was_done_or_skipped_and_again_when_that_is_undone() -> None:
    begun()
    every_day(date(2026, 12, 17), date(2026, 12, 20))
    assert len(mails()) == 1
    with unit(acting("handhaver", at=at(date(2026, 12, 21)))) as by:
        row = Occurrence.objects.select_related("action").get(action__code="R4.15", key="2026-Q4")
        told = Recorded(Status.DONE, 0, done_on=by.today)
        recording.record(by=by, row=row, told=told, given=Given(text="Tien zaken bezocht (oefening)"))
    every_day(date(2026, 12, 21), date(2027, 1, 20))
    assert len(mails()) == 1
    with unit(acting("handhaver", at=at(date(2027, 1, 20)))) as by:
        row = Occurrence.objects.select_related("action").get(action__code="R4.15", key="2026-Q4")
        recording.undo(by=by, row=row, version=1)
    every_day(date(2027, 1, 21), date(2027, 1, 21))
    assert [rung for _, rung, _ in said()] == [Rung.AHEAD, Rung.LATE, Rung.STAND_IN]


def test_everything_for_one_person_is_one_mail_and_nobodys_goes_to_who_keeps_the_plan() -> None:
    followed(at(date(2026, 10, 1)), date(2026, 10, 1))
    every_day(date(2026, 12, 17), date(2026, 12, 17))
    by_mail = {mail.to.partition("@")[0]: mail.body for mail in mails()}
    assert set(by_mail) == {"meldpunt", "proceseigenaar", "waarnemer"}
    assert by_mail["meldpunt"].count("/plan/termijn/") == 15 + 11  # due on 31 December, and weeks since 1 October
    every_day(date(2026, 12, 18), date(2026, 12, 18))
    assert len(mails()) == 3


def test_an_owner_who_left_is_not_asked_any_more() -> None:
    begun()
    User.objects.filter(email="handhaver@oefen.example").update(is_active=False)
    every_day(date(2026, 12, 17), date(2026, 12, 17))
    assert [name for name, _, _ in said()] == ["bwt"]


def test_what_lay_before_the_plan_was_followed_asks_nothing() -> None:
    begun(since=date(2027, 1, 1))
    every_day(date(2027, 1, 4), date(2027, 1, 29))
    assert said() == []
