"""Working days, local dates and weekly series, over weekends, holidays, clock changes and year turns."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldroute.domain import days

D = date.fromisoformat
FREE = """
    2025-12-25 2025-12-26 2026-01-01 2026-04-03 2026-04-06 2026-04-27 2026-05-05 2026-05-14 2026-05-25
    2026-12-25 2026-12-26 2027-01-01 2027-03-26 2027-03-29 2027-04-27 2027-05-05 2027-05-06 2027-05-17
    2028-04-14 2028-04-17 2028-04-27
"""
HOLIDAYS = frozenset(map(D, FREE.split()))
NONE: frozenset[date] = frozenset()

DUE = [
    # start, working days, due: an ordinary week
    ("2026-11-23", 0, "2026-11-23"),
    ("2026-11-23", 1, "2026-11-24"),
    ("2026-11-23", 2, "2026-11-25"),
    ("2026-11-23", 4, "2026-11-27"),
    ("2026-11-23", 5, "2026-11-30"),
    ("2026-11-23", 10, "2026-12-07"),
    ("2026-11-23", 20, "2026-12-21"),
    # from a Friday and a weekend: day 1 is Monday
    ("2026-11-20", 1, "2026-11-23"),
    ("2026-11-21", 1, "2026-11-23"),
    ("2026-11-22", 1, "2026-11-23"),
    ("2026-11-21", 0, "2026-11-21"),
    ("2026-11-22", 2, "2026-11-24"),
    # Christmas, New Year and ISO week 53 of 2026
    ("2026-12-24", 1, "2026-12-28"),
    ("2026-12-23", 2, "2026-12-28"),
    ("2026-12-25", 1, "2026-12-28"),
    ("2026-12-28", 5, "2027-01-05"),
    ("2026-12-31", 1, "2027-01-04"),
    ("2027-01-01", 1, "2027-01-04"),
    ("2025-12-24", 2, "2025-12-30"),
    ("2025-12-31", 1, "2026-01-02"),
    # Easter, King's Day, 5 May, Ascension, Whitsun
    ("2026-04-02", 1, "2026-04-07"),
    ("2026-04-03", 1, "2026-04-07"),
    ("2026-04-24", 1, "2026-04-28"),
    ("2026-05-04", 1, "2026-05-06"),
    ("2026-05-13", 1, "2026-05-15"),
    ("2026-05-22", 1, "2026-05-26"),
    ("2027-03-25", 1, "2027-03-30"),
    ("2027-05-04", 1, "2027-05-07"),
    # across the clock changes
    ("2026-03-27", 1, "2026-03-30"),
    ("2026-03-29", 1, "2026-03-30"),
    ("2026-10-23", 1, "2026-10-26"),
    ("2026-10-25", 1, "2026-10-26"),
    ("2027-03-28", 1, "2027-03-30"),
    # leap day 2028 is a Tuesday
    ("2028-02-28", 1, "2028-02-29"),
    ("2028-02-28", 2, "2028-03-01"),
    ("2028-02-29", 1, "2028-03-01"),
    ("2027-02-26", 1, "2027-03-01"),
]


@pytest.mark.parametrize(("start", "working_days", "due"), DUE)
def test_due(start: str, working_days: int, due: str) -> None:
    assert days.due(D(start), working_days, HOLIDAYS) == D(due)


def test_a_holiday_that_is_not_observed_is_a_working_day() -> None:
    assert days.due(D("2026-05-04"), 1, HOLIDAYS - {D("2026-05-05")}) == D("2026-05-05")
    assert days.due(D("2026-04-02"), 1, HOLIDAYS - {D("2026-04-03")}) == D("2026-04-03")


def test_a_negative_term_is_a_fault() -> None:
    with pytest.raises(ValueError, match="negative"):
        days.due(D("2026-11-23"), -1, NONE)


LEFT = [
    # today, due, left, late
    ("2026-11-23", "2026-11-23", 0, False),
    ("2026-11-23", "2026-11-26", 3, False),
    ("2026-11-20", "2026-11-23", 1, False),
    ("2026-11-21", "2026-11-23", 1, False),
    ("2026-11-24", "2026-11-23", -1, True),
    ("2026-11-30", "2026-11-27", -1, True),
    ("2026-11-28", "2026-11-27", 0, True),
    ("2026-12-24", "2026-12-28", 1, False),
    ("2026-12-24", "2027-01-04", 5, False),
    ("2027-01-04", "2026-12-31", -1, True),
    ("2026-10-24", "2026-10-26", 1, False),
    ("2026-03-28", "2026-03-30", 1, False),
    ("2028-02-28", "2028-03-01", 2, False),
]


@pytest.mark.parametrize(("today", "due", "left", "late"), LEFT)
def test_left(today: str, due: str, left: int, late: bool) -> None:
    assert days.left(D(today), D(due), HOLIDAYS) == left
    assert days.is_late(D(today), D(due)) is late


LOCAL = [
    # instant in UTC, date in Amsterdam
    ("2026-11-23T22:59:59", "2026-11-23"),  # 23:59:59 in winter
    ("2026-11-23T23:00:00", "2026-11-24"),  # midnight in winter
    ("2026-07-01T21:59:59", "2026-07-01"),  # 23:59:59 in summer
    ("2026-07-01T22:00:00", "2026-07-02"),  # midnight in summer
    ("2026-03-28T23:00:00", "2026-03-29"),  # the day the clock goes forward begins
    ("2026-03-29T00:59:59", "2026-03-29"),  # one second before the jump
    ("2026-03-29T21:59:59", "2026-03-29"),  # that day ends one hour early
    ("2026-03-29T22:00:00", "2026-03-30"),
    ("2026-10-24T22:00:00", "2026-10-25"),  # the day the clock goes back begins
    ("2026-10-25T00:30:00", "2026-10-25"),  # half past two, first time
    ("2026-10-25T01:30:00", "2026-10-25"),  # half past two, second time
    ("2026-10-25T22:59:59", "2026-10-25"),
    ("2026-10-25T23:00:00", "2026-10-26"),
    ("2027-03-28T22:00:00", "2027-03-29"),
    ("2028-02-28T23:00:00", "2028-02-29"),
    ("2026-12-31T22:59:59", "2026-12-31"),
    ("2026-12-31T23:00:00", "2027-01-01"),
]


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("instant", "local"), LOCAL)
def test_local_date_and_the_year_of_a_reference(instant: str, local: str) -> None:
    assert days.local_date(_utc(instant)) == D(local)
    assert days.reference_year(_utc(instant)) == D(local).year


@pytest.mark.parametrize(("instant", "local"), LOCAL)
def test_a_day_lasts_until_its_last_second_in_amsterdam(instant: str, local: str) -> None:
    assert _utc(instant) < days.end_of(D(local))
    assert _utc(instant) >= days.end_of(D(local) - timedelta(days=1))


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2027-03-28", 23), ("2026-11-23", 24)]
)
def test_how_long_a_day_is(day: str, hours: int) -> None:
    length = days.end_of(D(day)) - days.end_of(D(day) - timedelta(days=1))
    assert length == timedelta(hours=hours)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        days.local_date(datetime(2026, 11, 23, 12))  # noqa: DTZ001


def test_a_clock_that_steps_back_over_midnight_gives_the_earlier_date_again_and_moves_no_due_date() -> None:
    after, before = _utc("2026-11-23T23:00:01"), _utc("2026-11-23T22:59:59")
    stored = days.due(days.local_date(before), 2, HOLIDAYS)
    seen = [days.left(days.local_date(instant), stored, HOLIDAYS) for instant in (before, after, before)]
    assert seen == [2, 1, 2]


WEEKLY = [
    # start, weekday, until, first, count
    ("2026-11-23", 1, "2026-12-31", "2026-11-24", 6),
    ("2026-11-24", 1, "2026-12-31", "2026-11-24", 6),
    ("2026-11-25", 1, "2026-12-31", "2026-12-01", 5),
    ("2026-12-22", 1, "2027-01-12", "2026-12-22", 4),  # over week 53
    ("2028-02-22", 1, "2028-03-07", "2028-02-22", 3),  # over the leap day
    ("2026-11-23", 0, "2026-11-23", "2026-11-23", 1),
]


@pytest.mark.parametrize(("start", "weekday", "until", "first", "count"), WEEKLY)
def test_weekly(start: str, weekday: int, until: str, first: str, count: int) -> None:
    series = days.weekly(D(start), weekday, time(10), D(until))
    assert days.local_date(series[0]) == D(first)
    assert len(series) == count
    assert {days.local_date(instant).weekday() for instant in series} == {weekday}


@pytest.mark.parametrize("change", ["2026-03-29", "2026-10-25", "2027-03-28"])
def test_a_series_keeps_its_hour_on_the_wall_over_a_clock_change(change: str) -> None:
    series = days.weekly(D(change) - timedelta(days=7), 1, time(10), D(change) + timedelta(days=7))
    assert {instant.astimezone(days.AMSTERDAM).time() for instant in series} == {time(10)}
    assert len({instant.hour for instant in series}) == 2


def test_an_hour_that_the_clock_skips_is_one_hour_later() -> None:
    (instant,) = days.weekly(D("2026-03-29"), 6, time(2, 30), D("2026-03-29"))
    assert instant.astimezone(days.AMSTERDAM).time() == time(3, 30)


def test_a_series_can_skip_holidays() -> None:
    span = D("2026-04-20"), 0, time(10), D("2026-05-11")
    assert len(days.weekly(*span)) == 4
    assert len(days.weekly(*span, skip=HOLIDAYS)) == 3


def test_a_series_that_ended_before_it_began_is_empty() -> None:
    assert days.weekly(D("2026-11-23"), 1, time(10), D("2026-11-23")) == ()
    assert days.weekly(D("2026-11-23"), 1, time(10), D("2026-01-01")) == ()


@pytest.mark.parametrize("weekday", [-1, 7])
def test_a_weekday_that_does_not_exist_is_a_fault(weekday: int) -> None:
    with pytest.raises(ValueError, match="weekday"):
        days.weekly(D("2026-11-23"), weekday, time(10), D("2026-12-31"))


ANY_DAY = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@given(ANY_DAY, st.integers(1, 60))
def test_left_undoes_due(start: date, working_days: int) -> None:
    due = days.due(start, working_days, HOLIDAYS)
    assert days.left(start, due, HOLIDAYS) == working_days
    assert days.is_working_day(due, HOLIDAYS)


@given(ANY_DAY)
def test_a_longer_term_never_ends_earlier(start: date) -> None:
    ends = [days.due(start, n, HOLIDAYS) for n in range(30)]
    assert all(before < after for before, after in pairwise(ends))
