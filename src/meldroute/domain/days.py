"""Working days, local dates and weekly series, all in Europe/Amsterdam.

Instants are stored in UTC; a due date is a local date that lasts through 23:59 in Amsterdam, and day 1 of a
term is the next working day (decisions.md "Time"; compare the Algemene termijnenwet). No function reads the
clock: `today`, instants and holidays are arguments.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAY = timedelta(days=1)
SATURDAY = 5


def is_working_day(day: date, holidays: frozenset[date]) -> bool:
    """Monday to Friday and no holiday."""
    return day.weekday() < SATURDAY and day not in holidays


def due(start: date, working_days: int, holidays: frozenset[date]) -> date:
    """The last day of a term of `working_days`; day 1 is the next working day after `start`.

    A term of 0 ends on `start` itself. Raises ValueError for a negative term.
    """
    if working_days < 0:
        raise ValueError("a term cannot be negative")
    day = start
    for _ in range(working_days):
        day = next_working_day(day, holidays)
    return day


def next_working_day(day: date, holidays: frozenset[date]) -> date:
    """The first working day after `day`."""
    day += DAY
    while not is_working_day(day, holidays):
        day += DAY
    return day


def left(today: date, due_on: date, holidays: frozenset[date]) -> int:
    """Working days left after today, up to and including the due date; 0 on the day itself.

    Negative when it is late: minus the working days gone by since. On the weekend right after a due date
    the number is still 0; `is_late` tells the two apart.
    """
    if due_on < today:
        return -_working_days_between(due_on, today, holidays)
    return _working_days_between(today, due_on, holidays)


def is_late(today: date, due_on: date) -> bool:
    """True from the midnight in Amsterdam after the due date on."""
    return today > due_on


def _working_days_between(after: date, until: date, holidays: frozenset[date]) -> int:
    days = (after + DAY * n for n in range(1, (until - after).days + 1))
    return sum(1 for day in days if is_working_day(day, holidays))


def local_date(instant: datetime) -> date:
    """The date in Amsterdam of an aware instant. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(AMSTERDAM).date()


def reference_year(instant: datetime) -> int:
    """The year that a reference number given at this instant carries: Amsterdam's."""
    return local_date(instant).year


def end_of(day: date) -> datetime:
    """The first instant (UTC) after a local date: until then the day has not passed."""
    return datetime.combine(day + DAY, time.min, AMSTERDAM).astimezone(UTC)


def weekly(
    start: date, weekday: int, at: time, until: date, *, skip: frozenset[date] = frozenset()
) -> tuple[datetime, ...]:
    """The meetings of a weekly series, from `start` through `until`, as aware instants in UTC.

    `weekday` 0 is Monday; `at` is the wall clock in Amsterdam, the same in summer and winter; a time that
    the clock skips in spring counts as one hour later. Dates in `skip` (holidays) are left out.
    """
    if not 0 <= weekday <= 6:
        raise ValueError("a weekday is 0 (Monday) to 6 (Sunday)")
    first = start + DAY * ((weekday - start.weekday()) % 7)
    days = (first + DAY * n for n in range(0, max((until - first).days + 1, 0), 7))
    return tuple(datetime.combine(day, at, AMSTERDAM).astimezone(UTC) for day in days if day not in skip)
