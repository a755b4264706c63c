"""Opening hours as people write them ("ma-vr 9:00-17:00, za 10:00-12:00"): open now, until when, or opening when.

Parts are separated by a comma, a semicolon or a line. A part is days and two times; days are `ma` to `zo`, a range
(`ma-vr`), `werkdagen`, `weekend` or `feestdagen`. A second time that is not later than the first is of the next day
("17:00-8:30"). On a holiday only what is written for `feestdagen` counts; `altijd` counts every day. Times are those
of the clock in Amsterdam; no function reads the clock, and holidays are an argument.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from .days import AMSTERDAM, DAY, local_date

WEEK = ("ma", "di", "wo", "do", "vr", "za", "zo")
HOLIDAY = 7
NAMED = {"werkdagen": range(5), "weekend": range(5, 7), "feestdagen": range(HOLIDAY, HOLIDAY + 1)}
ALWAYS = ("altijd", "dag en nacht")
AHEAD = 21
"""Days that are looked ahead for the next opening; no series of holidays is that long."""
PART = re.compile(
    r"(?P<days>[a-z]+(?: ?- ?[a-z]+)?)\s+"
    r"(?P<from>\d{1,2}(?:[:.]\d{2})?)(?: uur)? ?(?:-|–|tot) ?(?P<to>\d{1,2}(?:[:.]\d{2})?)(?: uur)?"
)


class HoursError(ValueError):
    """A part that is not understood; `part` is how it was written."""

    def __init__(self, part: str) -> None:
        super().__init__(f"{part!r} is geen dag met twee tijden")
        self.part = part


@dataclass(frozen=True)
class Span:
    """Minutes after midnight at which it opens and closes; past 1440 is the next day."""

    opens: int
    closes: int


@dataclass(frozen=True)
class Hours:
    """The spans per day (0 Monday to 6 Sunday, 7 a holiday); `always` is day and night."""

    spans: tuple[tuple[Span, ...], ...] = ((),) * 8
    always: bool = False


@dataclass(frozen=True)
class Now:
    """Whether it is open, until when, or when it opens again (aware, UTC); None: not within three weeks."""

    is_open: bool
    until: datetime | None = None
    opens: datetime | None = None


def parse(text: str) -> Hours | None:
    """The hours in `text`; None for an empty text: not known. Raises HoursError."""
    parts = [part.strip().lower() for part in re.split(r"[,;\n]+", text) if part.strip()]
    if not parts:
        return None
    if len(parts) == 1 and parts[0] in ALWAYS:
        return Hours(always=True)
    found: list[list[Span]] = [[] for _ in range(HOLIDAY + 1)]
    for part in parts:
        for day, span in _part(part):
            found[day].append(span)
    return Hours(tuple(tuple(sorted(day, key=lambda span: span.opens)) for day in found))


def now(hours: Hours, at: datetime, holidays: frozenset[date]) -> Now:
    """How it is at the aware instant `at`."""
    if hours.always:
        return Now(is_open=True)
    today = local_date(at)
    opens, until = None, None
    for start, end in _moments(hours, today, holidays):
        if start <= (until or at) < end:
            until = end
        elif opens is None and start > at:
            opens = start
    if until is None:
        return Now(is_open=False, opens=opens)
    return Now(is_open=True, until=until if until < _instant(today + DAY * AHEAD, 0) else None)


def _moments(hours: Hours, today: date, holidays: frozenset[date]) -> Iterator[tuple[datetime, datetime]]:
    for number in range(-1, AHEAD + 1):
        day = today + DAY * number
        for span in hours.spans[HOLIDAY if day in holidays else day.weekday()]:
            yield _instant(day, span.opens), _instant(day, span.closes)


def _instant(day: date, minutes: int) -> datetime:
    later, rest = divmod(minutes, 24 * 60)
    return datetime.combine(day + timedelta(days=later), time(rest // 60, rest % 60), AMSTERDAM).astimezone(UTC)


def _part(part: str) -> list[tuple[int, Span]]:
    found = PART.fullmatch(part)
    if found is None:
        raise HoursError(part)
    opens, closes = _minutes(found["from"], part), _minutes(found["to"], part)
    if opens == 24 * 60:
        raise HoursError(part)
    return [(day, Span(opens, closes if closes > opens else closes + 24 * 60)) for day in _days(found["days"], part)]


def _days(text: str, part: str) -> range | list[int]:
    if text in NAMED:
        return NAMED[text]
    first, _, last = (word.strip() for word in text.partition("-"))
    try:
        start, end = WEEK.index(first), WEEK.index(last or first)
    except ValueError:
        raise HoursError(part) from None
    return [(start + number) % 7 for number in range((end - start) % 7 + 1)]


def _minutes(text: str, part: str) -> int:
    hour, _, minute = text.replace(".", ":").partition(":")
    told = int(hour) * 60 + int(minute or 0)
    if told > 24 * 60 or int(minute or 0) > 59:
        raise HoursError(part)
    return told
