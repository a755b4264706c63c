"""Opening hours: every way people write them; open or closed at known moments, at night and when the clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from meldroute.domain.opening_hours import HoursError, Now, Span, now, parse
from meldroute.sharing import policy_files

HERE = ZoneInfo("Europe/Amsterdam")
OFFICE = "ma-do 8:30-17:00, vr 8:30-12:30"
ON_CALL = "werkdagen 17:00-8:30, weekend 0:00-24:00, feestdagen 0:00-24:00"
CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 26)})


def at(text: str) -> datetime:
    """A wall-clock moment in Amsterdam."""
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def told(text: str, moment: str, holidays: frozenset[date] = CHRISTMAS) -> str:
    """`open`, `open until …` or `from …`, in the clock of Amsterdam."""
    hours = parse(text)
    assert hours is not None
    found = now(hours, at(moment), holidays)
    if found.is_open:
        return "open" if found.until is None else f"until {clock(found.until)}"
    return "closed" if found.opens is None else f"from {clock(found.opens)}"


def clock(moment: datetime) -> str:
    return moment.astimezone(HERE).strftime("%d-%m %H:%M")


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("ma-vr 9:00-17:00", "werkdagen 09.00 - 17.00"),
        ("ma-vr 9-17", "Ma-Vr 9:00 tot 17:00 uur"),
        ("ma 9:00-17:00, wo 9:00-17:00", "ma 9:00-17:00; wo 9:00–17:00"),
        ("za-zo 10:00-12:00", "weekend 10:00-12:00"),
        ("zo 10:00-12:00, ma 10:00-12:00", "zo-ma 10:00-12:00"),
        ("altijd", "Dag en nacht"),
    ],
)
def test_people_write_the_same_hours_in_many_ways(text: str, same: str) -> None:
    assert parse(text) == parse(same)
    assert parse(text) is not None


@pytest.mark.parametrize("text", ["", "  ", ",\n;"])
def test_nothing_written_is_not_known(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("bel maar", "bel maar"),
        ("ma-vr 9:00-17:00, soms 8:00-9:00", "soms 8:00-9:00"),
        ("ma 25:00-26:00", "ma 25:00-26:00"),
        ("ma 9:75-17:00", "ma 9:75-17:00"),
        ("ma 9:00", "ma 9:00"),
        ("maandag-vr 9:00-17:00", "maandag-vr 9:00-17:00"),
        ("ma 24:00-25:00", "ma 24:00-25:00"),
        ("altijd, ma 9:00-17:00", "altijd"),
    ],
)
def test_what_cannot_be_read_is_quoted(text: str, part: str) -> None:
    with pytest.raises(HoursError) as wrong:
        parse(text)
    assert wrong.value.part == part


@pytest.mark.parametrize(
    ("text", "moment", "expected"),
    [
        (OFFICE, "2026-11-26 08:29", "from 26-11 08:30"),
        (OFFICE, "2026-11-26 08:30", "until 26-11 17:00"),
        (OFFICE, "2026-11-26 16:59", "until 26-11 17:00"),
        (OFFICE, "2026-11-26 17:00", "from 27-11 08:30"),
        (OFFICE, "2026-11-27 12:30", "from 30-11 08:30"),
        (OFFICE, "2026-12-24 18:00", "from 28-12 08:30"),
        (OFFICE, "2026-12-25 10:00", "from 28-12 08:30"),
        (ON_CALL, "2026-11-26 12:00", "from 26-11 17:00"),
        (ON_CALL, "2026-11-26 23:30", "until 27-11 08:30"),
        (ON_CALL, "2026-11-27 03:00", "until 27-11 08:30"),
        (ON_CALL, "2026-11-27 18:00", "until 30-11 00:00"),
        (ON_CALL, "2026-12-24 20:00", "until 28-12 00:00"),
        ("altijd", "2026-12-25 03:00", "open"),
        ("ma-zo 0:00-24:00, feestdagen 0:00-24:00", "2026-12-25 03:00", "open"),
        ("feestdagen 9:00-10:00", "2026-11-26 12:00", "closed"),
        ("feestdagen 9:00-10:00", "2026-12-25 09:30", "until 25-12 10:00"),
        ("ma 9:00-10:00, ma 9:30-11:00", "2026-11-30 09:10", "until 30-11 11:00"),
    ],
)
def test_open_or_closed_at_known_moments(text: str, moment: str, expected: str) -> None:
    assert told(text, moment) == expected


def test_the_night_of_monday_is_open_until_the_morning_and_the_weekend_is_its_own() -> None:
    """On Monday at 0:10 the weekend is over and the night of Sunday was no working night: closed until 17:00."""
    assert told(ON_CALL, "2026-11-30 00:10") == "from 30-11 17:00"


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_opening_times_are_of_the_clock_on_the_night_that_it_changes(day: str) -> None:
    hours = parse("zo 9:00-17:00")
    assert hours is not None
    start = at(f"{day} 09:00").astimezone(UTC)
    assert not now(hours, start - timedelta(minutes=1), frozenset()).is_open
    assert now(hours, start, frozenset()) == Now(is_open=True, until=at(f"{day} 17:00").astimezone(UTC))


def test_each_minute_of_two_weeks_agrees_with_a_plain_count() -> None:
    """Every quarter of an hour, against a reading of the clock that knows nothing of spans."""
    hours, moment = parse(OFFICE), at("2026-12-18 00:00").astimezone(UTC)
    assert hours is not None
    while moment < at("2027-01-02 00:00"):
        local = moment.astimezone(HERE)
        minutes = local.hour * 60 + local.minute
        last = {4: 750, 5: 0, 6: 0}.get(local.weekday(), 1020)
        expected = local.date() not in CHRISTMAS and 510 <= minutes < last
        assert now(hours, moment, CHRISTMAS).is_open is expected, local
        moment += timedelta(minutes=15)


def test_a_span_past_midnight_is_of_the_day_on_which_it_begins() -> None:
    hours = parse("vr 22:00-2:00")
    assert hours is not None
    assert hours.spans[4] == (Span(1320, 1560),)
    assert told("vr 22:00-2:00", "2026-11-28 01:59") == "until 28-11 02:00"
    assert told("vr 22:00-2:00", "2026-11-27 01:59") == "from 27-11 22:00"


def test_holidays_of_the_shipped_policy_close_the_office() -> None:
    assert told(OFFICE, "2027-04-27 10:00", policy_files.holidays()).startswith("from 28-04")
