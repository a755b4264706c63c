"""Levels and proposed texts: the whole table, and the bounds that a policy cannot loosen."""

import tomllib
from copy import deepcopy
from itertools import product

import pytest
from corpus_of_feedback import POLICY, known_files, policy

from meldroute.domain.feedback import (
    Level,
    Receiver,
    Standing,
    ceiling,
    check,
    floor,
    load,
    standing_of,
)
from meldroute.domain.policy import PolicyError
from meldroute.domain.vocabulary import Outcome, State

PAIRS = list(product(Standing, Receiver))
SHIPPED = policy()
RAW = tomllib.loads(POLICY.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("standing", "receiver"), PAIRS)
def test_every_pair_has_levels_within_the_bounds_and_a_text_for_each(standing: Standing, receiver: Receiver) -> None:
    levels = SHIPPED.allowed(standing, receiver)

    assert levels
    for level in levels:
        assert floor(standing).rank <= level.rank <= ceiling(standing).rank
        assert SHIPPED.text(level, standing, receiver).body


@pytest.mark.parametrize(("standing", "receiver"), PAIRS)
def test_a_level_that_is_not_allowed_has_no_text(standing: Standing, receiver: Receiver) -> None:
    for level in set(Level) - set(SHIPPED.allowed(standing, receiver)):
        with pytest.raises(PolicyError):
            SHIPPED.text(level, standing, receiver)


@pytest.mark.parametrize("receiver", Receiver)
def test_on_hold_says_taken_up_and_nothing_else(receiver: Receiver) -> None:
    assert SHIPPED.allowed(Standing.ON_HOLD, receiver) == (Level.TAKEN_UP,)


@pytest.mark.parametrize(("state", "outcome"), list(product(State, [None, *Outcome])))
def test_every_state_and_outcome_has_a_standing(state: State, outcome: Outcome | None) -> None:
    standing = standing_of(state, outcome)

    if state is State.ON_HOLD:
        assert standing is Standing.ON_HOLD
    elif state in {State.FEEDBACK_DUE, State.CLOSED}:
        assert standing == (outcome.value if outcome else Standing.UNDER_WAY)
    else:
        assert standing.value not in {each.value for each in Outcome}


@pytest.mark.parametrize("text", SHIPPED.texts, ids=lambda text: f"{text.level}-{len(text.standings)}")
@pytest.mark.parametrize("file", known_files())
def test_a_proposed_text_reveals_nothing(text: object, file: str) -> None:
    filled = text.body.format(reported_on="12 november 2026", municipality="Heemstede")
    subject = text.subject.format(reported_on="12 november 2026", municipality="Heemstede")

    assert check(filled, subject, (), known_files()[file], words=SHIPPED.words) == []


def test_sentences_of_the_proposed_texts_are_short() -> None:
    for text in SHIPPED.texts:
        sentences = text.body.replace("?", ".").replace("\n\n", ".").split(".")
        assert max(len(sentence.split()) for sentence in sentences) <= 15, text.level


@pytest.mark.parametrize("level", ["closed", "result", "received"])
def test_no_policy_can_loosen_a_hold(level: str) -> None:
    data = deepcopy(RAW)
    next(row for row in data["level"] if row["standing"] == "on_hold")["citizen"] = level

    with pytest.raises(PolicyError):
        load(data)


@pytest.mark.parametrize("standing", Standing)
def test_a_policy_without_a_standing_is_refused(standing: Standing) -> None:
    data = deepcopy(RAW)
    data["level"] = [row for row in data["level"] if row["standing"] != standing.value]

    with pytest.raises(PolicyError):
        load(data)


@pytest.mark.parametrize("number", range(len(RAW["text"])))
def test_a_policy_without_one_of_the_texts_is_refused(number: int) -> None:
    data = deepcopy(RAW)
    del data["text"][number]

    with pytest.raises(PolicyError):
        load(data)


@pytest.mark.parametrize("group", ["level", "text", "word"])
@pytest.mark.parametrize("field", ["source", "status"])
def test_every_row_needs_a_source_and_a_status(group: str, field: str) -> None:
    data = deepcopy(RAW)
    data[group][0][field] = ""

    with pytest.raises(PolicyError):
        load(data)


def test_an_unknown_placeholder_is_refused() -> None:
    data = deepcopy(RAW)
    data["text"][0]["body"] += "{name}"

    with pytest.raises(PolicyError):
        load(data)
