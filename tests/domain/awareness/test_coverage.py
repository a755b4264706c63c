"""Who was reached: never a sum of people, small numbers hidden, who was missed stays visible."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldroute.domain.awareness.activities import (
    GATHERINGS,
    OPEN_TO_SIGN_UP,
    PROOF,
    ActivityKind,
    ActivityState,
    GroupKind,
)
from meldroute.domain.awareness.coverage import Aim, People, Reached, Told, coverage, shown

K, S = ActivityKind, ActivityState
BWT = Aim("bwt", "BWT", GroupKind.TEAM)
HALT = Aim("halt", "Stichting Halt", GroupKind.ORGANISATION)


def told(people: int | None, *, kind: K = K.TRAINING, state: S = S.HELD, group: str = "bwt", on: int = 1) -> Told:
    return Told(group, f"a{on}", kind, state, "Training", date(2026, 3, on), people)


@pytest.mark.parametrize(
    ("rows", "reached", "at_least"),
    [
        ([], Reached.NOT, 0),
        ([told(8)], Reached.TOOK_PART, 8),
        ([told(8), told(6, on=2)], Reached.TOOK_PART, 8),
        ([told(0)], Reached.APPROACHED, 0),
        ([told(None, state=S.PLANNED)], Reached.APPROACHED, 0),
        ([told(8, state=S.CANCELLED)], Reached.NOT, 0),
        ([told(None, kind=K.INTRANET)], Reached.APPROACHED, 0),
        ([told(None, kind=K.SPARRING)], Reached.APPROACHED, 0),
        ([told(8, group="halt")], Reached.NOT, 0),
    ],
)
def test_how_far_a_group_came(rows: list[Told], reached: Reached, at_least: int) -> None:
    (found,) = coverage([BWT], rows, smallest=0)
    assert (found.reached, found.at_least) == (reached, People(at_least))


def test_calls_are_counted_and_are_no_training() -> None:
    (found,) = coverage([BWT], [told(None, kind=K.SPARRING, on=n) for n in (1, 2)], smallest=0)
    assert (found.calls, found.parts) == (2, ())


@pytest.mark.parametrize(
    ("people", "expected"),
    [(None, People(None)), (0, People(0)), (1, People(None, few=True)), (4, People(None, few=True)), (5, People(5))],
)
def test_small_numbers_are_not_shown(people: int | None, expected: People) -> None:
    assert shown(people, 5) == expected
    assert shown(people, 0) == People(people)


@given(st.lists(st.tuples(st.integers(0, 40), st.sets(st.integers(0, 60), max_size=40)), max_size=6))
def test_at_least_never_claims_more_different_people_than_there_were(sets: list[tuple[int, set[int]]]) -> None:
    """People are drawn as persons, so that the truth is known; the number printed is never above it."""
    rows = [told(len(people), on=n + 1) for n, (_, people) in enumerate(sets)]
    (found,) = coverage([BWT], rows, smallest=0)
    assert (found.at_least.number or 0) <= len(set().union(*(people for _, people in sets)))


@given(st.lists(st.integers(0, 30), max_size=6), st.integers(2, 9))
def test_no_small_number_is_anywhere_in_what_others_see(numbers: list[int], smallest: int) -> None:
    rows = [told(number, on=n + 1) for n, number in enumerate(numbers)]
    (found,) = coverage([BWT], rows, smallest=smallest)
    printed = [found.at_least, *(part.people for part in found.parts)]
    assert not [one for one in printed if one.number is not None and 0 < one.number < smallest]


def test_the_tables_are_total_over_the_kinds() -> None:
    assert set(PROOF) == set(K)
    assert set(OPEN_TO_SIGN_UP) <= set(GATHERINGS)
    assert [kind for kind, proof in PROOF.items() if proof is None] == [K.SPARRING]
    assert {one.group for one in coverage([BWT, HALT], [], smallest=0)} == {"bwt", "halt"}
