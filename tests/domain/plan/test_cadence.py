"""Words of a plan to dates: every phrase by table, periods without gap, and rules that another library agrees with."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from meldroute.domain.cadence import Cadence, CadenceError, Period, Unit, local_day, occurrences, parse, period_of, rule

DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
UNITS = st.sampled_from(list(Unit))
Q, H, M, Y = Unit.QUARTER, Unit.HALF, Unit.MONTH, Unit.YEAR
RECURRING = [
    ("jaarlijks", Cadence(Y)),
    ("Jaarlijks", Cadence(Y)),
    ("elk jaar", Cadence(Y)),
    ("één keer per jaar", Cadence(Y)),
    ("Eén keer per jaar", Cadence(Y)),
    ("1 keer per jaar", Cadence(Y)),
    ("jaarlijks, Q2 en Q4", Cadence(Q, (2, 4))),
    ("Jaarlijks, Q2", Cadence(Q, (2,))),
    ("jaarlijks Q4, Q1 en Q2", Cadence(Q, (1, 2, 4))),
    ("jaarlijks in het tweede kwartaal", Cadence(Q, (2,))),
    ("jaarlijks in november", Cadence(M, (11,))),
    ("elk jaar in maart en september", Cadence(M, (3, 9))),
    ("halfjaarlijks", Cadence(H)),
    ("half-jaarlijks", Cadence(H)),
    ("twee keer per jaar", Cadence(H)),
    ("2x per jaar", Cadence(H)),
    ("twee keer in het jaar", Cadence(H)),
    ("één keer per half jaar in de staf veiligheid", Cadence(H, place="de staf veiligheid")),
    ("halfjaarlijks in de staf veiligheid", Cadence(H, place="de staf veiligheid")),
    ("elk kwartaal", Cadence(Q)),
    ("vier keer per jaar", Cadence(Q)),
    ("Elk kwartaal op de Driehoek", Cadence(Q, place="de Driehoek")),
    ("maandelijks", Cadence(M)),
    ("elke maand", Cadence(M)),
    ("twaalf keer per jaar", Cadence(M)),
    ("wekelijks", Cadence(Unit.WEEK)),
    ("elke week", Cadence(Unit.WEEK)),
    ("doorlopend", Cadence(Q, ongoing=True)),
    ("Doorlopend", Cadence(Q, ongoing=True)),
    ("doorlopend, minimaal twee keer per jaar op de Driehoek", Cadence(H, ongoing=True, place="de Driehoek")),
    (
        "Doorlopend, minimaal twee keer in\nhet jaar agenderen op de Driehoek",
        Cadence(H, ongoing=True, place="de Driehoek"),
    ),
    ("doorlopend, minstens elke maand", Cadence(M, ongoing=True)),
]
ONCE = [
    ("Q3 2024", "2024-Q3", date(2024, 9, 30)),
    ("q3 2024", "2024-Q3", date(2024, 9, 30)),
    ("2024-Q4", "2024-Q4", date(2024, 12, 31)),
    ("3e kwartaal 2024", "2024-Q3", date(2024, 9, 30)),
    ("in het derde kwartaal van 2024", "2024-Q3", date(2024, 9, 30)),
    ("2027", "2027", date(2027, 12, 31)),
    ("februari 2028", "2028-02", date(2028, 2, 29)),
    ("31 maart 2027", "2027-03-31", date(2027, 3, 31)),
    ("uiterlijk 1 juli 2027", "2027-07-01", date(2027, 7, 1)),
    ("2027-03-31", "2027-03-31", date(2027, 3, 31)),
]


@pytest.mark.parametrize(("words", "cadence"), RECURRING)
def test_what_recurs(words: str, cadence: Cadence) -> None:
    assert parse(words) == cadence


@pytest.mark.parametrize(("words", "key", "due"), ONCE)
def test_what_happens_once(words: str, key: str, due: date) -> None:
    once = parse(words).once
    assert once is not None
    assert (once.key, once.due) == (key, due)
    assert occurrences(parse(words), date(2020, 1, 1), date(2030, 12, 31)) == (once,)
    assert rule(parse(words)) == ""


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "zegt niet wanneer"),
        ("af en toe", "zegt niet wanneer"),
        ("nooit", "zegt niet wanneer"),
        ("Q5 2024", "zegt niet wanneer"),
        ("Q3", "zegt niet wanneer"),
        ("jaarlijks Q5", "noem kwartalen"),
        ("jaarlijks, in de zomer", "noem kwartalen"),
        ("drie keer per jaar", "één, twee, vier of twaalf"),
        ("31 februari 2027", "geen dag die bestaat"),
        ("2027-02-30", "geen dag die bestaat"),
        ("doorlopend en vaak", "zegt niet wanneer"),
    ],
)
def test_words_without_a_date_are_refused_with_an_example(words: str, says: str) -> None:
    with pytest.raises(CadenceError, match=says):
        parse(words)


@given(DAYS, UNITS)
def test_each_day_lies_in_one_period_and_the_periods_touch(day: date, unit: Unit) -> None:
    period = period_of(day, unit)
    assert day in period
    assert period_of(period.begins, unit) == period == period_of(period.due, unit)
    assert period_of(period.due + timedelta(days=1), unit).begins == period.due + timedelta(days=1)
    assert period_of(period.begins - timedelta(days=1), unit).due == period.begins - timedelta(days=1)


@given(DAYS, st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.sampled_from([told for _words, told in RECURRING]))
def test_occurrences_are_in_order_within_the_plan_and_none_is_missed(one: date, two: date, cadence: Cadence) -> None:
    begins, ends = sorted((one, two))
    found = occurrences(cadence, begins, ends)
    assert list(found) == sorted(found, key=lambda period: period.due)
    assert len({period.key for period in found}) == len(found)
    assert all(begins <= period.due <= ends for period in found)
    if not cadence.only:
        assert {p.due for p in found} == {
            due
            for due in (
                period_of(begins + timedelta(days=n), cadence.unit).due for n in range((ends - begins).days + 1)
            )
            if begins <= due <= ends
        }


@pytest.mark.parametrize(("words", "cadence"), RECURRING)
def test_another_library_finds_the_same_days_in_the_rule(words: str, cadence: Cadence) -> None:
    found = occurrences(cadence, date(2024, 4, 1), date(2030, 12, 31))
    first, last = (datetime.combine(day, time()) for day in (found[0].due, found[-1].due))
    theirs = rrulestr(rule(cadence), dtstart=first).between(first, last, inc=True)
    assert [moment.date() for moment in theirs] == [period.due for period in found]


@pytest.mark.parametrize(
    ("day", "key", "begins", "due"),
    [
        (date(2026, 12, 31), "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        (date(2027, 1, 3), "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        (date(2027, 1, 4), "2027-W01", date(2027, 1, 4), date(2027, 1, 10)),
        (date(2024, 12, 30), "2025-W01", date(2024, 12, 30), date(2025, 1, 5)),
        (date(2026, 3, 29), "2026-W13", date(2026, 3, 23), date(2026, 3, 29)),
    ],
)
def test_weeks_are_those_of_iso_8601(day: date, key: str, begins: date, due: date) -> None:
    assert period_of(day, Unit.WEEK) == Period(key, begins, due)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2027, 3, 28, 21, 59, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2028, 2, 28, 23, 0, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2026, 6, 30, 18, 0, tzinfo=ZoneInfo("America/New_York")), date(2026, 7, 1)),
    ],
)
def test_a_period_begins_at_midnight_of_the_place(moment: datetime, day: date) -> None:
    assert local_day(moment) == day


def test_a_moment_without_a_zone_is_no_moment() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime.combine(date(2026, 1, 1), time()))


@given(st.builds(datetime.combine, DAYS, st.times(), st.just(UTC)), UNITS)
def test_each_instant_belongs_to_one_period(moment: datetime, unit: Unit) -> None:
    day = local_day(moment)
    assert [n for n in (-1, 0, 1) if day in period_of(day + timedelta(days=n), unit)].count(0) == 1
    assert sum(day in period for period in {period_of(day + timedelta(days=n), unit) for n in (-400, 0, 400)}) == 1
