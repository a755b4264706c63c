"""Is a promise kept: every status on every side of every day that matters, and a count that loses nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldroute.domain.plan.keeping import Frame, Kept, Mark, Status, asks, mark, tally

ADOPTED, FOLLOWED, TODAY = date(2024, 7, 9), date(2026, 1, 1), date(2026, 11, 25)
FRAME = Frame(ADOPTED, FOLLOWED, TODAY)
LONG_AGO, EARLIER, PAST, COMING = date(2024, 6, 30), date(2025, 6, 30), date(2026, 9, 30), date(2026, 12, 31)
P, U, D, S = Status.PLANNED, Status.UNDER_WAY, Status.DONE, Status.SKIPPED
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("due", "status", "done_on", "shown"),
    [
        (LONG_AGO, P, None, Mark.BEFORE_ADOPTION),
        (LONG_AGO, U, None, Mark.BEFORE_ADOPTION),
        (LONG_AGO, D, PAST, Mark.DONE),
        (LONG_AGO, S, None, Mark.SKIPPED),
        (ADOPTED - timedelta(days=1), P, None, Mark.BEFORE_ADOPTION),
        (ADOPTED, P, None, Mark.UNRECORDED),
        (EARLIER, P, None, Mark.UNRECORDED),
        (EARLIER, U, None, Mark.LATE),
        (EARLIER, D, EARLIER, Mark.DONE),
        (EARLIER, D, EARLIER + timedelta(days=1), Mark.DONE_LATE),
        (EARLIER, D, None, Mark.DONE),
        (FOLLOWED, P, None, Mark.LATE),
        (PAST, P, None, Mark.LATE),
        (PAST, U, None, Mark.LATE),
        (PAST, S, None, Mark.SKIPPED),
        (TODAY, P, None, Mark.PLANNED),
        (TODAY - timedelta(days=1), P, None, Mark.LATE),
        (COMING, P, None, Mark.PLANNED),
        (COMING, U, None, Mark.UNDER_WAY),
        (COMING, D, PAST, Mark.DONE),
    ],
)
def test_the_mark(due: date, status: Status, done_on: date | None, shown: Mark) -> None:
    assert mark(Kept(due, status, done_on), FRAME) is shown


@given(st.lists(st.builds(Kept, DAYS, st.sampled_from(Status), st.none() | DAYS)), DAYS)
def test_the_count_loses_nothing_and_never_calls_a_date_before_adoption_late(told: list[Kept], today: date) -> None:
    frame = Frame(ADOPTED, FOLLOWED, today)
    marks = [mark(one, frame) for one in told]
    count = tally(marks)
    assert count.due + count.unrecorded + count.before_adoption + count.ahead == len(told)
    assert count.kept <= count.due
    early = [mark(one, frame) for one in told if one.due < ADOPTED]
    assert not {Mark.LATE, Mark.DONE_LATE} & set(early)


@pytest.mark.parametrize(
    ("due", "status", "asked"),
    [
        (TODAY + timedelta(days=15), P, False),
        (TODAY + timedelta(days=14), P, True),
        (TODAY, U, True),
        (TODAY - timedelta(days=1), P, True),
        (TODAY - timedelta(days=1), D, False),
        (TODAY - timedelta(days=1), S, False),
        (EARLIER, P, False),
        (LONG_AGO, P, False),
    ],
)
def test_who_is_reminded(due: date, status: Status, asked: bool) -> None:
    assert asks(Kept(due, status), FRAME) is asked
