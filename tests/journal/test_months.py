"""To which month an instant of the journal belongs: midnight in Amsterdam, summer time, leap years, year ends (T13)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldroute.journal.segments import after, begin_of, month_of, months

LAST, NEXT = timedelta(microseconds=1), timedelta(0)
MIDNIGHTS = [
    # the month that begins, and the instant in UTC: one hour earlier in winter, two in summer
    (date(2026, 1, 1), "2025-12-31T23:00"), (date(2026, 2, 1), "2026-01-31T23:00"),
    (date(2026, 3, 1), "2026-02-28T23:00"), (date(2026, 4, 1), "2026-03-31T22:00"),
    (date(2026, 5, 1), "2026-04-30T22:00"), (date(2026, 10, 1), "2026-09-30T22:00"),
    (date(2026, 11, 1), "2026-10-31T23:00"), (date(2026, 12, 1), "2026-11-30T23:00"),
    (date(2027, 1, 1), "2026-12-31T23:00"), (date(2027, 4, 1), "2027-03-31T22:00"),
    (date(2028, 3, 1), "2028-02-29T23:00"), (date(2028, 2, 1), "2028-01-31T23:00"),
]  # fmt: skip
CHANGES = [
    # the hour that is skipped or comes twice stays in its month
    ("2026-03-29T00:59:59", date(2026, 3, 1)), ("2026-03-29T01:00", date(2026, 3, 1)),
    ("2026-10-25T00:30", date(2026, 10, 1)), ("2026-10-25T01:30", date(2026, 10, 1)),
    ("2027-03-28T01:00", date(2027, 3, 1)), ("2026-10-24T22:00", date(2026, 10, 1)),
    ("2028-02-29T12:00", date(2028, 2, 1)), ("2026-12-31T22:59", date(2026, 12, 1)),
]  # fmt: skip


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("month", "instant"), MIDNIGHTS)
def test_a_month_begins_at_midnight_in_amsterdam(month: date, instant: str) -> None:
    assert begin_of(month) == utc(instant)
    assert month_of(utc(instant)) == month
    assert after(month_of(utc(instant) - LAST)) == month


@pytest.mark.parametrize(("instant", "month"), CHANGES)
def test_a_change_of_the_clock_moves_nothing_to_another_month(instant: str, month: date) -> None:
    assert month_of(utc(instant)) == month


@given(st.integers(int(utc("2020-01-01").timestamp()), int(utc("2040-01-01").timestamp())))
def test_each_instant_belongs_to_exactly_one_month(second: int) -> None:
    instant = datetime.fromtimestamp(second, UTC)
    month = month_of(instant)
    assert begin_of(month) <= instant < begin_of(after(month))
    around = [month_of(instant - timedelta(days=40)), month, after(month)]
    assert sum(begin_of(one) <= instant < begin_of(after(one)) for one in dict.fromkeys(around)) == 1


def test_months_follow_one_another_without_gap_or_overlap() -> None:
    row = list(months(date(2026, 1, 1), date(2029, 1, 1)))
    assert len(row) == 36
    assert all(after(one) == two and two.day == 1 for one, two in pairwise(row))
    assert not list(months(date(2026, 1, 1), date(2026, 1, 1)))
