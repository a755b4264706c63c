"""The dates of a series: holidays, clock changes, week 53, every four weeks, moved ones, an end; and calendar files."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rruleset, rrulestr
from icalendar import Calendar

from meetings import tables
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import MeetingKind, Role
from meldroute.meetings import ticking
from meldroute.meetings.actions import dates, holding, series
from meldroute.meetings.invitations import Calendars
from meldroute.meetings.models import Attendance, Invitation, Meeting, MeetingState, Series, SeriesMember, Told
from meldroute.people.unit import unit
from meldroute.post.models import Outgoing
from meldroute.route.terms import holidays_of
from people_here import MONDAY, acting, here, user

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
GROUND = "Toezicht APV"


def made(at: datetime, **other: object) -> tuple[Series, list[datetime]]:
    """A weekly series on Monday 9:00 that begins on the day of `at`, and its moments on the clock of the place."""
    local = at.astimezone(AMSTERDAM).date()
    told = {"kind": MeetingKind.SIGNALENOVERLEG, "name": "Proef", "weekday": 0, "at": time(9), "starts_on": local}
    with unit(acting("beheer", at=at)) as by:
        row = series.make_series(by=by, wanted=series.Wanted(**(told | other)))  # type: ignore[arg-type]
        moments = Meeting.objects.filter(series=row).order_by("starts_at").values_list("starts_at", flat=True)
        return row, [moment.astimezone(AMSTERDAM) for moment in moments]


def days_of(moments: list[datetime]) -> list[date]:
    return [moment.date() for moment in moments]


def test_a_holiday_is_skipped() -> None:
    _, moments = made(datetime(2026, 3, 23, 6, tzinfo=UTC))
    assert date(2026, 4, 6) not in days_of(moments)  # Easter Monday
    assert date(2026, 4, 27) not in days_of(moments)  # King's Day
    assert days_of(moments)[:4] == [date(2026, 3, 23), date(2026, 3, 30), date(2026, 4, 13), date(2026, 4, 20)]


def test_the_clock_on_the_wall_stays_the_same() -> None:
    _, moments = made(datetime(2026, 10, 12, 6, tzinfo=UTC))
    assert {moment.time() for moment in moments} == {time(9)}
    offsets = {moment.date(): moment.utcoffset() for moment in moments}
    assert offsets[date(2026, 10, 19)] == timedelta(hours=2)
    assert offsets[date(2026, 10, 26)] == timedelta(hours=1)


def test_every_four_weeks_over_week_53_and_new_year() -> None:
    _, moments = made(datetime(2026, 11, 30, 6, tzinfo=UTC), every_weeks=4)
    assert days_of(moments) == [date(2026, 11, 30), date(2026, 12, 28), date(2027, 1, 25)]


def test_every_two_weeks_keeps_its_rhythm_after_a_skipped_holiday() -> None:
    _, moments = made(datetime(2026, 3, 23, 6, tzinfo=UTC), every_weeks=2)
    assert days_of(moments)[:3] == [date(2026, 3, 23), date(2026, 4, 20), date(2026, 5, 4)]


def test_the_worker_makes_dates_once() -> None:
    ticking.make_all_dates(here().id, MONDAY)
    with unit(acting()):
        first = set(Meeting.objects.values_list("id", flat=True))
    ticking.make_all_dates(here().id, MONDAY)
    with unit(acting()):
        assert set(Meeting.objects.values_list("id", flat=True)) == first
        assert len(first) > 10
    ticking.make_all_dates(here().id, MONDAY + timedelta(days=7))
    with unit(acting()):
        assert len(set(Meeting.objects.values_list("id", flat=True)) - first) == 1


def test_a_moved_meeting_is_not_made_again() -> None:
    row = tables.meeting()
    elsewhere = row.starts_at + timedelta(days=1, hours=2)
    with unit(acting()) as by:
        dates.move(by=by, meeting=row, starts_at=elsewhere)
        assert dates.make_dates(by=by, series=row.series) == []
        assert tables.fresh(row).starts_at == elsewhere


def test_only_a_planned_meeting_moves_and_only_forward() -> None:
    row = tables.meeting()
    with unit(acting(at=tables.TUESDAY)) as by:
        with pytest.raises(Refused):
            dates.move(by=by, meeting=row, starts_at=by.at - timedelta(hours=1))
        holding.open_meeting(by=by, meeting=row)
        with pytest.raises(Refused):
            dates.move(by=by, meeting=row, starts_at=by.at + timedelta(days=1))


def test_ending_a_series_ends_its_dates_also_by_who_sees_no_items() -> None:
    row = tables.meeting()
    tables.ripe()
    with unit(acting()) as by:
        holding.refresh(by=by, meeting=row)
    with unit(acting("beheer")) as by:
        series.end_series(by=by, series=row.series)
    with unit(acting()) as by:
        assert not Meeting.objects.filter(series=row.series, state=MeetingState.PLANNED).exists()
        assert dates.make_dates(by=by, series=tables.fresh(row).series) == []
        assert Invitation.objects.filter(told=Told.ENDED).count() == row.series.members.count()


def test_a_member_needs_a_role_and_a_ground() -> None:
    row = tables.meeting(MeetingKind.LOO)
    with unit(acting("beheer")) as by:
        for who, ground in (("handhaver", GROUND), ("politie", "  "), ("melder", GROUND)):
            with pytest.raises(Refused):
                series.add_member(by=by, series=row.series, user_id=user(who).id, ground=ground)


def test_a_new_member_is_invited_by_mail_without_any_fact() -> None:
    row = tables.meeting()
    with unit(acting("beheer")) as by:
        member = series.add_member(by=by, series=row.series, user_id=user("proceseigenaar").id, ground="Mandaat")
    assert ticking.invite_all(here().id, MONDAY) == 1
    assert ticking.invite_all(here().id, MONDAY) == 0
    with unit(acting()):
        assert member.user_id in tables.invited(row)
        assert Attendance.objects.get(meeting=row, user_id=member.user_id).ground == "Mandaat"
        mail = Outgoing.objects.get(about="meetings.Invitation")
        assert mail.to == "proceseigenaar@oefen.example"
        assert "mensenhandel" not in (mail.subject + mail.body).lower()
        assert "RRULE" in mail.attachments["overleg.ics"]
    with unit(acting("beheer")) as by:
        series.end_member(by=by, member=SeriesMember.objects.get(id=member.id))
    with unit(acting()):
        assert member.user_id not in tables.invited(row)


def test_who_left_gets_no_mail() -> None:
    row = tables.meeting()
    gone = user("bwt")
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    with unit(acting()) as by:
        dates.move(by=by, meeting=row, starts_at=row.starts_at + timedelta(hours=1))
        count = len(tables.invited(row))
    ticking.invite_all(here().id, MONDAY)
    with unit(acting()):
        mails = list(Outgoing.objects.filter(about="meetings.Invitation"))
        assert len(mails) == count - 1
        assert "bwt@oefen.example" not in {mail.to for mail in mails}


def test_a_move_and_a_cancellation_each_have_their_own_mail() -> None:
    row = tables.meeting()
    with unit(acting()) as by:
        for hours in (1, 2):
            dates.move(by=by, meeting=row, starts_at=row.planned_for + timedelta(hours=hours))
        holding.not_needed(by=by, meeting=row, because="geen punten")
        count = len(tables.invited(row))
    assert ticking.invite_all(here().id, MONDAY) == 3 * count
    with unit(acting()):
        texts = [m.attachments["overleg.ics"] for m in Outgoing.objects.filter(about="meetings.Invitation")]
        assert sum("METHOD:CANCEL" in text for text in texts) == count
        assert sum("METHOD:REQUEST" in text for text in texts) == 2 * count


def by_hand(text: str) -> list[dict[str, str]]:
    """A reader of our own for RFC 5545: unfold, then the events as name → value (parameters with their name)."""
    lines = text.replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")
    events: list[dict[str, str]] = []
    for line in lines:
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and ":" in line and not line.startswith(("BEGIN", "END")):
            name, value = line.split(":", 1)
            events[-1].setdefault(name, value)
    return events


def test_a_series_reads_back_with_two_readers() -> None:
    row = tables.meeting()
    with unit(acting()) as by:
        moved = row.starts_at + timedelta(days=1)
        dates.move(by=by, meeting=row, starts_at=moved)
        free = holidays_of(by.place)
        body = Calendars(stamped=by.at, organiser="a@oefen.example", attendee="b@oefen.example").of_series(
            row.series, free, Meeting.objects.filter(series=row.series)
        )
        planned = set(Meeting.objects.filter(series=row.series).values_list("planned_for", flat=True))
    told = Calendar.from_ical(body)
    master, override = told.walk("VEVENT")
    assert master["uid"] == override["uid"]
    assert override["recurrence-id"].dt == row.planned_for
    assert override["dtstart"].dt == moved
    assert told.walk("VTIMEZONE")[0]["tzid"] == "Europe/Amsterdam"
    mine = by_hand(body.decode())
    start = next(value for name, value in mine[0].items() if name.startswith("DTSTART"))
    assert mine[0]["RRULE"].split(";")[0] == "FREQ=WEEKLY"
    assert mine[0]["SUMMARY"] == row.series.name
    assert mine[0]["CLASS"] == "CONFIDENTIAL"
    naive = datetime.strptime(start, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - local time, as the file says it
    rules = rruleset()
    rules.rrule(rrulestr(mine[0]["RRULE"], dtstart=naive))  # type: ignore[arg-type]
    off = next(value for name, value in mine[0].items() if name.startswith("EXDATE"))
    for one in off.split(","):
        rules.exdate(datetime.strptime(one, "%Y%m%dT%H%M%S"))  # noqa: DTZ007
    until = max(planned).astimezone(AMSTERDAM).replace(tzinfo=None)
    after = MONDAY.astimezone(AMSTERDAM).replace(tzinfo=None)
    expected = {one.replace(tzinfo=AMSTERDAM).astimezone(UTC) for one in rules.between(after, until, inc=True)}
    assert expected == planned


def test_a_meeting_that_does_not_go_on_is_cancelled_in_the_file() -> None:
    row = tables.meeting()
    with unit(acting()) as by:
        holding.not_needed(by=by, meeting=row, because="geen punten")
        body = Calendars(stamped=by.at).of_meeting(tables.fresh(row))
    (event,) = by_hand(body.decode())
    assert event["STATUS"] == "CANCELLED"
    assert Calendar.from_ical(body).walk("VEVENT")[0]["status"] == "CANCELLED"


def test_series_without_signals_exist() -> None:
    for kind in (MeetingKind.STAF_VEILIGHEID, MeetingKind.DRIEHOEK):
        row, _ = made(MONDAY, kind=kind, name=kind.label, every_weeks=26)
        with unit(acting("beheer")) as by:
            series.add_member(by=by, series=row, user_id=user("burgemeester").id, ground="Burgemeester")
            assert by.is_any(Role.ADMINISTRATOR)
