"""The share answered in time, against a slow and plain count by hand; its days, its exceptions, its one statement."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meldroute.domain.vocabulary import NoFeedback, Outcome, State
from meldroute.people.unit import unit
from meldroute.post.models import Delivery, Outgoing
from meldroute.route.models import Feedback, FeedbackKind
from meldroute.route.share import Share, answered_in_time
from meldroute.route.terms import terms_of
from people_here import acting, here
from post.mails import queued
from route.words import ended, put_in

TODAY = date(2026, 11, 23)
DUE = date(2026, 11, 20)


def row_with(**changes: object) -> Feedback:
    """One word owed on Friday 20 November, changed as the test wants."""
    with unit(acting()) as by:
        row = ended(by)
        Feedback.objects.filter(id=row.id).update(**({"due_on": DUE} | changes))
    return row


def share(today: date = TODAY) -> tuple[int, int]:
    with unit(acting()):
        found = answered_in_time(here().id, today)
        return found.in_time, found.owed


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (at("2026-11-20T22:59:59"), (1, 1)),  # 23:59:59 in Amsterdam
        (at("2026-11-20T23:00:00"), (0, 1)),  # midnight
        (at("2026-11-02T09:00:00"), (1, 1)),
        (at("2026-11-21T09:00:00"), (0, 1)),  # Saturday after
        (None, (0, 1)),
    ],
)
def test_the_last_day_counts_until_midnight_in_amsterdam(given: datetime | None, expected: tuple[int, int]) -> None:
    row_with(given_at=given)
    assert share() == expected


@pytest.mark.django_db
def test_in_summer_midnight_is_an_hour_earlier_in_utc() -> None:
    row_with(due_on=date(2026, 7, 10), given_at=at("2026-07-10T21:59:59"))
    row_with(due_on=date(2026, 7, 10), given_at=at("2026-07-10T22:00:00"))
    assert share() == (1, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("because", list(NoFeedback))
def test_a_reason_for_none_counts_neither_way(because: NoFeedback) -> None:
    row_with(none_because=because)
    row_with(given_at=at("2026-11-20T10:00:00"))
    assert share() == (1, 1)


@pytest.mark.django_db
def test_what_is_not_due_yet_does_not_count_until_it_is_given() -> None:
    row = row_with(due_on=TODAY)
    assert share() == (0, 0)
    with unit(acting()):
        Feedback.objects.filter(id=row.id).update(given_at=at("2026-11-23T08:00:00"))
    assert share() == (1, 1)


@pytest.mark.django_db
def test_on_hold_or_taken_back_it_is_not_late() -> None:
    row = row_with()
    for state in (State.ON_HOLD, State.IN_SIGNALENOVERLEG):
        with unit(acting()):
            put_in(row.signal, state)
        assert share() == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [FeedbackKind.RECEIPT, FeedbackKind.INTERIM])
def test_receipts_and_interim_words_are_no_answers(kind: FeedbackKind) -> None:
    row_with(kind=kind, given_at=at("2026-11-19T08:00:00"))
    assert share() == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (Delivery.QUEUED, (1, 1)),
        (Delivery.SENT, (1, 1)),
        (Delivery.UNCERTAIN, (1, 1)),
        (Delivery.FAILED, (0, 1)),
        (Delivery.GIVEN_UP, (0, 1)),
    ],
)
def test_a_mail_that_did_not_arrive_is_no_answer(state: Delivery, expected: tuple[int, int]) -> None:
    with unit(acting()) as by:
        mail = queued(by)
        Outgoing.objects.filter(id=mail.id).update(state=state)
    row_with(given_at=at("2026-11-19T08:00:00"), outgoing_id=mail.id)
    assert share() == expected


@pytest.mark.django_db
def test_twelve_months_and_no_other_municipality() -> None:
    row_with(due_on=TODAY - timedelta(days=364), given_at=at("2025-11-20T08:00:00"))
    row_with(due_on=TODAY - timedelta(days=365), given_at=at("2025-11-20T08:00:00"))
    assert share() == (1, 1)
    with unit(acting("bloemendaal", code="BD")):
        assert answered_in_time(here().id, TODAY) == Share(0, 0)
        assert answered_in_time(here("BD").id, TODAY) == Share(0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("outcome_on", "due"),
    [
        (date(2026, 11, 23), date(2026, 12, 7)),
        (date(2026, 12, 18), date(2027, 1, 5)),  # Christmas Day and New Year's Day are Fridays
        (date(2026, 4, 2), date(2026, 4, 20)),  # Good Friday (as shipped) and Easter Monday
        (date(2026, 12, 24), date(2027, 1, 11)),
    ],
)
def test_the_term_of_ten_working_days_over_weekends_and_holidays(outcome_on: date, due: date) -> None:
    with unit(acting()) as by:
        terms = terms_of(by.place)
        found = terms.due(State.FEEDBACK_DUE, Outcome.NOT_CONFIRMED, outcome_on)
        counted, day = 0, outcome_on
        while counted < 10:
            day += timedelta(days=1)
            counted += day.weekday() < 5 and day not in terms.holidays
    assert found == day == due


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 3, 25])
def test_it_is_one_statement(number: int) -> None:
    for _ in range(number):
        row_with(given_at=at("2026-11-19T08:00:00"), outgoing_id=uuid4())
    place = here().id
    with unit(acting()), CaptureQueriesContext(connection) as queries:
        answered_in_time(place, TODAY)
    assert len(queries) == 1


def test_the_percentage_is_never_rounded_up() -> None:
    assert Share(199, 200).percentage == 99
    assert Share(0, 0).percentage is None
