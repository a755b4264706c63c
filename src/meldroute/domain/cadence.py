"""How often the plan promises something, from its own Dutch words to dates (plan §4; decisions, "Plan").

`parse("jaarlijks, Q2 en Q4")` gives a `Cadence`; `occurrences(cadence, begins, ends)` the periods with the last day on
which each is still in time; `rule(cadence)` the same as a recurrence rule of RFC 5545 §3.3.10 for a calendar.

Due is the last day of the period: of a quarter, of a year (31 December), of a half year (30 June, 31 December), of a
month, of an ISO week (Sunday). What goes on ("doorlopend") asks a sign of life per quarter, so that it cannot mean
"never"; with a number of times a year those take its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .term import Term, gettext_noop

PLACE = ZoneInfo("Europe/Amsterdam")
FIRST_HALF = ("januari", "februari", "maart", "april", "mei", "juni")
MONTHS = (*FIRST_HALF, "juli", "augustus", "september", "oktober", "november", "december")
ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}
NUMBERS = {"één": 1, "twee": 2, "drie": 3, "vier": 4, "zes": 6, "twaalf": 12}


class CadenceError(ValueError):
    """Words that promise nothing we can put a date on; the message says in Dutch what can."""


class Unit(Term):
    """The period in which a promise is to be kept."""

    DAY = "day", gettext_noop("op een dag")
    WEEK = "week", gettext_noop("per week")
    MONTH = "month", gettext_noop("per maand")
    QUARTER = "quarter", gettext_noop("per kwartaal")
    HALF = "half", gettext_noop("per half jaar")
    YEAR = "year", gettext_noop("per jaar")


@dataclass(frozen=True)
class Period:
    """`begins` to `due`, both included; `key` names it: 2024-Q3, 2024-H1, 2024, 2024-07, 2026-W53, 2024-07-09."""

    key: str
    begins: date
    due: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.begins <= day <= self.due


@dataclass(frozen=True)
class Cadence:
    """Every period of `unit`; only those numbered `only` in their year; only `once`, when it is one period.

    `ongoing`: it never stops in between, the periods ask for a sign of life. `place`: where it is to be put on the
    agenda, in the plan's own words ("de Driehoek").
    """

    unit: Unit
    only: tuple[int, ...] = ()
    once: Period | None = None
    ongoing: bool = False
    place: str = ""


def period_of(day: date, unit: Unit) -> Period:
    """The one period of this kind that holds a day; weeks are those of ISO 8601 and can begin in another year."""
    if unit is Unit.DAY:
        return Period(day.isoformat(), day, day)
    if unit is Unit.WEEK:
        year, week, weekday = day.isocalendar()
        monday = day - timedelta(days=weekday - 1)
        return Period(f"{year}-W{week:02}", monday, monday + timedelta(days=6))
    months = _LENGTH[unit]
    number = (day.month - 1) // months
    begins = date(day.year, number * months + 1, 1)
    return Period(_key(day.year, number + 1, unit), begins, _month_after(begins, months) - timedelta(days=1))


def local_day(moment: datetime) -> date:
    """The day of an aware moment at the place; a period never begins at midnight UTC. Raises ValueError if naive."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(PLACE).date()


def occurrences(cadence: Cadence, begins: date, ends: date) -> tuple[Period, ...]:
    """The periods whose last day lies in `begins` … `ends`, both included, from first to last."""
    if cadence.once is not None:
        return (cadence.once,) if begins <= cadence.once.due <= ends else ()
    return tuple(period for period in _periods(cadence, begins, ends) if begins <= period.due <= ends)


def _periods(cadence: Cadence, begins: date, ends: date) -> Iterator[Period]:
    day = period_of(begins, cadence.unit).begins
    while day <= ends:
        period = period_of(day, cadence.unit)
        if not cadence.only or _number(period, cadence.unit) in cadence.only:
            yield period
        day = period.due + timedelta(days=1)


_LENGTH = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.YEAR: 12}


def _key(year: int, number: int, unit: Unit) -> str:
    told = {Unit.MONTH: f"-{number:02}", Unit.QUARTER: f"-Q{number}", Unit.HALF: f"-H{number}", Unit.YEAR: ""}
    return f"{year}{told[unit]}"


def _number(period: Period, unit: Unit) -> int:
    if unit is Unit.WEEK:
        return period.begins.isocalendar().week
    return (period.due.month - 1) // _LENGTH[unit] + 1


def _month_after(begins: date, months: int) -> date:
    month = begins.month - 1 + months
    return date(begins.year + month // 12, month % 12 + 1, 1)


def rule(cadence: Cadence) -> str:
    """The recurrence rule of the due days (RFC 5545), "" for what happens once."""
    if cadence.once is not None or cadence.unit is Unit.DAY:
        return ""
    if cadence.unit is Unit.WEEK:
        return "FREQ=WEEKLY;BYDAY=SU"
    months = _LENGTH[cadence.unit]
    ends = [number * months for number in range(1, 12 // months + 1) if not cadence.only or number in cadence.only]
    return f"FREQ=YEARLY;BYMONTH={','.join(map(str, ends))};BYMONTHDAY=-1"


def parse(words: str) -> Cadence:
    """What Dutch words of a plan promise. Raises CadenceError.

    Known: "Q3 2024", "derde kwartaal 2024", "2027", "31 maart 2027", "2027-03-31", "jaarlijks", "jaarlijks, Q2 en Q4",
    "jaarlijks in november", "halfjaarlijks", "twee keer per jaar", "elk kwartaal", "maandelijks", "wekelijks",
    "doorlopend", "doorlopend, minimaal twee keer per jaar op de Driehoek".
    """
    told = _plain(words)
    found = _once(told) or _ongoing(told) or _recurring(told)
    if found is None:
        raise CadenceError(
            f"{words!r} zegt niet wanneer. Schrijf bijvoorbeeld: Q3 2027, jaarlijks, jaarlijks Q2 en Q4, "
            "halfjaarlijks, elk kwartaal, maandelijks, wekelijks of doorlopend."
        )
    return replace(found, place=_as_written(found.place, words))


def _as_written(place: str, words: str) -> str:
    """The place with the capitals it has in the plan."""
    spaced = re.sub(r"\s+", " ", words)
    at = spaced.lower().find(place)
    return spaced[at : at + len(place)].strip()


def _plain(words: str) -> str:
    told = re.sub(r"\s+", " ", words.strip().lower())
    told = re.sub(r"\b[eé][eé]n\b", "één", told)
    told = re.sub(r"\b(?:het|de) (?=[1-4](?:e|ste|de) kwartaal|eerste|tweede|derde|vierde)", "", told)
    told = re.sub(r"\b([1-4])(?:e|ste|de) kwartaal\b", r"q\1", told)
    for name, number in ORDINALS.items():
        told = re.sub(rf"\b{name} kwartaal\b", f"q{number}", told)
    return re.sub(r"^in (?=q[1-4])", "", re.sub(r"\bq ?([1-9])\b", r"q\1", told))


def _once(told: str) -> Cadence | None:
    if found := re.fullmatch(r"q([1-4])(?: van| in|,)? (\d{4})|(\d{4})[ -]q([1-4])", told):
        quarter, year = int(found[1] or found[4]), int(found[2] or found[3])
        return _at(date(year, quarter * 3, 1), Unit.QUARTER)
    if found := re.fullmatch(r"(?:in )?(\d{4})", told):
        return _at(date(int(found[1]), 1, 1), Unit.YEAR)
    if (day := _day(told)) is not None:
        return _at(day, Unit.DAY)
    if found := re.fullmatch(rf"(?:in )?({'|'.join(MONTHS)}) (\d{{4}})", told):
        return _at(date(int(found[2]), MONTHS.index(found[1]) + 1, 1), Unit.MONTH)
    return None


def _at(day: date, unit: Unit) -> Cadence:
    return Cadence(unit, once=period_of(day, unit))


def _day(told: str) -> date | None:
    told = re.sub(r"^(?:uiterlijk|op) ", "", told)
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", told):
            return date.fromisoformat(told)
        if found := re.fullmatch(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})", told):
            return date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        raise CadenceError(f"{told!r} is geen dag die bestaat.") from None
    return None


def _ongoing(told: str) -> Cadence | None:
    found = re.fullmatch(r"(?:doorlopend|continu)(?:,? (.+))?", told)
    if found is None:
        return None
    if not found[1]:
        return Cadence(Unit.QUARTER, ongoing=True)
    rest = re.sub(r"^(?:en )?(?:minimaal|ten minste|tenminste|minstens) ", "", found[1])
    inner = _recurring(rest)
    return None if inner is None else replace(inner, ongoing=True)


_NO_PLACE = "jaar|kwartaal|half|lente|zomer|herfst|winter|voorjaar|najaar|vakantie|maand|week"
_WHERE = re.compile(
    r",? (?:(?:agenderen|te agenderen|geagendeerd) )?"
    rf"(?:op|in) ((?:de|het) (?!{_NO_PLACE})(?:(?! op | in ).)+)$"
)


def _recurring(told: str) -> Cadence | None:
    where = _WHERE.search(told)
    often = told[: where.start()] if where else told
    found = _often(often) or _numbered(often)
    return replace(found, place=where[1] if where else "") if found else None


_PER_YEAR = {1: Unit.YEAR, 2: Unit.HALF, 4: Unit.QUARTER, 12: Unit.MONTH}
_WORDS = (
    (r"jaarlijks|(?:elk|ieder|per) jaar", Unit.YEAR),
    (r"half-?jaarlijks|(?:elk|ieder|per) half ?jaar", Unit.HALF),
    (r"(?:elk|ieder|per) kwartaal|driemaandelijks", Unit.QUARTER),
    (r"maandelijks|(?:elke|iedere|per) maand", Unit.MONTH),
    (r"wekelijks|(?:elke|iedere|per) week", Unit.WEEK),
)


def _often(told: str) -> Cadence | None:
    told = re.sub(r"^(?:één|1) (?:keer|maal) (?=(?:per|in het|in de) )", "", told)
    told = re.sub(r"^in (?:het|de|een) ", "per ", told)
    for words, unit in _WORDS:
        if re.fullmatch(words, told):
            return Cadence(unit)
    if found := re.fullmatch(r"(\w+) ?(?:keer|maal|x) (?:per|in het|in een) jaar", told):
        times = int(found[1]) if found[1].isdecimal() else NUMBERS.get(found[1], 0)
        if times in _PER_YEAR:
            return Cadence(_PER_YEAR[times])
        raise CadenceError(f"{told!r}: schrijf één, twee, vier of twaalf keer per jaar, of noem de kwartalen.")
    return None


def _numbered(told: str) -> Cadence | None:
    found = re.fullmatch(r"(?:jaarlijks|(?:elk|ieder) jaar),?(?: in)? (.+)", told)
    if found is None:
        return None
    named = re.split(r",? en |, ?", found[1])
    if all(re.fullmatch(r"q[1-4]", name) for name in named):
        return Cadence(Unit.QUARTER, only=tuple(sorted({int(name[1]) for name in named})))
    if all(name in MONTHS for name in named):
        return Cadence(Unit.MONTH, only=tuple(sorted({MONTHS.index(name) + 1 for name in named})))
    raise CadenceError(f"{told!r}: noem kwartalen (Q1 tot en met Q4) of maanden.")
