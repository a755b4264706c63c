"""Who finds what: the walls, the locked and the sealed, corrected and destroyed facts, and names apart from words."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from words_here import found, references

from meldroute.domain.searching import Field
from meldroute.domain.vocabulary import Category, Outcome, State, Truth
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality
from meldroute.people.unit import system, unit
from meldroute.route.actions import facts, opening, subjects
from meldroute.route.actions.opening import give_access
from meldroute.route.finding import Narrowed
from meldroute.route.models import AccessKind, Signal
from meldroute.search import keyring, writing
from meldroute.search.forget import forget
from meldroute.search.looking import Sought, suggestions
from meldroute.search.models import Token, YearKey
from meldroute.search.words import asked
from meldroute.search.writing import Source
from meldroute.web.rewording import reword
from people_here import MONDAY, acting, here, user
from signals_here import noted, opened, person, place, statement

WORD, TYPO = "regenpijp", "regenpip"
"""A word that stands in one file only, and how it is mistyped."""
OTHERS = ["fg", "privacy", "handhaver", "bloemendaal", "beheer", "melder", "politie", "integriteit"]


def mistyped(by: Acting) -> Sought:
    return Sought(by.place, asked(TYPO), list(Field), keyring.living(by.place))


def a_file(**other: object) -> Signal:
    with unit(acting()) as by:
        signal = opened(by, **other)
        noted(by, signal, text=f"Vier matrassen en een {WORD} boven de keuken")
    return signal


@pytest.mark.django_db
def test_words_of_every_part_are_found_where_they_stand() -> None:
    with unit(acting()) as by:
        signal = opened(by)
        noted(by, signal, text="Mensen slapen op matrassen")
        place(by, signal)
        subjects.open_card(by=by, subject=person(by, signal), reason="aangifte in Zandvoort")
        expected = {
            "sliep": Field.OBSERVATION,
            "matras": Field.OBSERVATION,
            "Voorbeeldstraat 1": Field.PLACE,
            "2101AB": Field.PLACE,
            signal.reference: Field.KIND,
            "horeca": Field.KIND,
            "arbeidsuitbuiting": Field.KIND,
            "aangifte": Field.NOTE,
        }
        told = {text: [field for row in found(by, text) for field in row.fields] for text in expected}
    assert told == {text: [field] for text, field in expected.items()}


@pytest.mark.django_db
def test_every_word_must_be_there_and_the_newest_comes_first() -> None:
    with unit(acting()) as by:
        old = opened(by, received_at=by.at - timedelta(days=9))
        new = opened(by, received_at=by.at - timedelta(days=1))
        noted(by, old, text="Matrassen in de kelder")
        noted(by, old, text="Nog een matras")
        noted(by, new, text="Een matras")
        assert references(by, "matras") == [new.reference, old.reference]
        assert references(by, "matras kelder") == [old.reference]
        assert references(by, "matras zolder") == []
        most = found(by, "matras", narrowed=Narrowed(order="most"))
        assert [row.signal for row in most] == [old, new]
        assert found(by, "matras", narrowed=Narrowed(state=State.CLOSED)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", OTHERS)
def test_others_find_nothing_and_are_suggested_nothing(who: str) -> None:
    signal = a_file()
    with unit(acting(who, code="BD" if who == "bloemendaal" else "HS")) as by:
        assert references(by, WORD) == []
        assert references(by, signal.reference) == []
        near = suggestions(mistyped(by)) if who != "beheer" else {}
        assert not any(near.values())
        assert Token.objects.count() == 0


@pytest.mark.django_db
def test_a_sealed_signal_is_found_by_its_trusted_reader_only() -> None:
    with unit(acting()) as by:
        signal = opened(by)
        noted(by, signal, text=f"{WORD} bij de balie")
        with opening.sealing(signal, by=by):
            pass
    with unit(acting("integriteit")) as by:
        assert references(by, WORD) == [signal.reference]
    with unit(acting()) as by:
        assert references(by, WORD) == []
        assert references(by, signal.reference) == []
        assert suggestions(mistyped(by)) == {TYPO: []}
        assert not Token.objects.filter(signal_id=signal.id).exists()


@pytest.mark.django_db
def test_extra_access_finds_until_it_ends() -> None:
    signal = a_file()
    with unit(acting()) as by:
        signal = Signal.objects.get(id=signal.id)
        give_access(signal, by=by, user_id=user("privacy").id, why="toets", until=by.at + timedelta(days=1))
        give_access(signal, by=by, user_id=user("fg").id, why="vrijgave", kind=AccessKind.RELEASED)
    with unit(acting("privacy")) as by:
        assert references(by, WORD) == [signal.reference]
    with unit(acting("privacy", at=MONDAY + timedelta(days=2))) as by:
        assert references(by, WORD) == []
    with unit(acting("fg")) as by:
        assert references(by, WORD) == []


@pytest.mark.django_db
def test_a_signal_that_was_not_taken_up_shows_its_number_only() -> None:
    signal = a_file()
    with unit(acting()) as by:
        Signal.objects.filter(id=signal.id).update(state=State.CLOSED, outcome=Outcome.NOT_TAKEN_UP)
        assert [row.locked for row in found(by, WORD)] == [True]
        give_access(signal, by=by, user_id=by.person, why="heropend")
        assert [row.locked for row in found(by, WORD)] == [False]


@pytest.mark.django_db
def test_a_corrected_fact_and_a_wrong_place_are_not_found_any_more() -> None:
    with unit(acting()) as by:
        signal = opened(by)
        old = noted(by, signal, text=f"Een {WORD}")
        where = place(by, signal)
        facts.correct(by=by, observation=old, statement=statement(text="Een hond"), why="vergissing")
        assert references(by, WORD) == []
        assert references(by, "hond") == [signal.reference]
        told = {"street": "Oefenlaan", "house_number": "9"}
        subjects.change_subject(by=by, subject=where, role=where.role, told=told, was_wrong=True)
        assert references(by, "Voorbeeldstraat 1") == []
        assert references(by, "Oefenlaan 9") == [signal.reference]


@pytest.mark.django_db
def test_a_forgotten_signal_leaves_no_word_a_sealed_one_neither() -> None:
    with unit(acting()) as by:
        one, sealed = opened(by), opened(by)
        for signal in (one, sealed):
            noted(by, signal, text=f"Een {WORD}")
        with opening.sealing(sealed, by=by):
            pass
    with system(here().id, MONDAY):
        assert all(forget(signal.id, MONDAY) > 2 for signal in (one, sealed))
        assert not Token.objects.filter(signal_id__in=[one.id, sealed.id]).exists()
    with unit(acting("integriteit")) as by:
        assert references(by, WORD) == []


@pytest.mark.django_db
def test_a_name_is_found_by_a_search_for_a_person_only_before_and_after_it_is_known() -> None:
    with unit(acting()) as by:
        signal = opened(by)
        noted(by, signal, text="Testpersoon slaapt boven de zaak")
        assert references(by, "testpersoon") == [signal.reference]
        person(by, signal, told={"name": "Kanariegeel Testpersoon", "phone": "06-12345678"})
        noted(by, signal, text="Later kwam Testpersoon terug")
        assert references(by, "testpersoon") == []
        assert references(by, "0612345678") == []
        assert references(by, "terugkomen") == []
        assert references(by, "slapen") == [signal.reference]
        for asked_for in ("testpersoon", "Kanariegeel Testpersoon", "K. Testpersoon", "+31612345678"):
            assert references(by, asked_for, person=True) == [signal.reference], asked_for
        assert references(by, "zaak", person=True) == []


IN_TURN = [
    [Source(UUID(int=1), Field.OBSERVATION, ("Testpersoon slaapt boven de zaak",))],
    [Source(UUID(int=2), Field.NAME, ("Kanariegeel Testpersoon",))],
    [
        Source(UUID(int=3), Field.NOTE, ("Later kwam Testpersoon terug met Jansen",)),
        Source(UUID(int=4), Field.NAME, ("K. Jansen",)),
        Source(UUID(int=5), Field.MAIL, ("Groeten van Pieter en Janssen",), without=("Pieter",)),
    ],
    [Source(UUID(int=6), Field.PLACE, ("Jansenstraat 3, bij de zaak van Testpersoon",))],
]
"""What is said of one file, one after the other: names before, between and after the words that sound like them."""


def kept(signal: Signal) -> list[tuple[int, UUID, int]]:
    return sorted(Token.objects.filter(signal_id=signal.id).values_list("mac", "source_id", "field"))


def keep(by: Acting, signal: Signal, sources: Sequence[Source]) -> None:
    writing.keep(by=by, signal_id=signal.id, year=signal.year, sources=sources)


@pytest.mark.django_db
@pytest.mark.parametrize("order", list(itertools.permutations(range(len(IN_TURN)))))
def test_words_that_are_written_together_are_those_that_are_written_in_turn(order: tuple[int, ...]) -> None:
    with unit(acting()) as by:
        signal = opened(by)
        writing.drop_all(signal.id)
        for number in order:
            keep(by, signal, IN_TURN[number])
        in_turn = kept(signal)
        for some in range(len(IN_TURN) + 1):
            writing.drop_all(signal.id)
            for number in order[:some]:
                keep(by, signal, IN_TURN[number])
            with writing.together():
                for number in order[some:]:
                    keep(by, signal, IN_TURN[number])
            assert kept(signal) == in_turn, some


@pytest.mark.django_db
def test_words_that_wait_are_dropped_too_and_those_of_an_act_that_failed_are_not_written() -> None:
    with unit(acting()) as by:
        signal = opened(by)
        before = kept(signal)
        with writing.together():
            keep(by, signal, IN_TURN[0])
            keep(by, signal, IN_TURN[3])
            writing.drop(signal_id=signal.id, source_ids=[IN_TURN[0][0].id])
            keep(by, signal, IN_TURN[1])
        assert {source for _, source, _ in kept(signal)} == {signal.id, UUID(int=2), UUID(int=6)}
        with writing.together():
            keep(by, signal, IN_TURN[0])
            writing.drop_all(signal.id)
        assert kept(signal) == []
        with suppress(ZeroDivisionError), writing.together():
            keep(by, signal, IN_TURN[0])
            raise ZeroDivisionError
        assert kept(signal) == []
        keep(by, signal, IN_TURN[0])
        assert len(kept(signal)) > 0
        assert before


@pytest.mark.django_db
def test_a_message_of_meld_misdaad_anoniem_and_a_mail_are_found_by_who_handles_signals_only() -> None:
    with unit(acting()) as by:
        Municipality.objects.filter(id=by.place).update(mma_contract_on=by.today, mma_protocol_on=by.today)
        signal = opened(by)
        noted(by, signal, text=f"Een {WORD}", category=Category.MMA, truth=Truth.HEARSAY)
        assert [row.fields for row in found(by, WORD)] == [[Field.WITHHELD]]
        give_access(signal, by=by, user_id=user("privacy").id, why="toets")
    with unit(acting("privacy")) as by:
        assert references(by, WORD) == []
        assert references(by, "horeca") == [signal.reference]


@pytest.mark.django_db
def test_each_year_has_a_key_of_its_own_and_a_question_asks_with_all() -> None:
    later = MONDAY + timedelta(days=90)
    old = a_file()
    with unit(acting(at=later)) as by:
        new = opened(by)
        noted(by, new, text=f"Weer een {WORD}")
        assert set(YearKey.objects.values_list("year", flat=True)) == {2026, 2027}
        assert references(by, WORD) == [new.reference, old.reference]
        macs = [set(Token.objects.filter(signal_id=one.id).values_list("mac", flat=True)) for one in (old, new)]
        assert not macs[0] & macs[1]


@pytest.mark.django_db
def test_another_municipality_writes_the_same_word_as_another_number() -> None:
    a_file()
    with unit(acting("bloemendaal", code="BD")) as by:
        opened(by)
        there = keyring.newest(by.place, 2026, by.at)
    with unit(acting()) as by:
        assert keyring.number(there, "=huis") != keyring.number(keyring.newest(by.place, 2026, by.at), "=huis")


@pytest.mark.django_db
def test_words_can_be_written_again_and_under_a_new_key() -> None:
    signal = a_file()
    with unit(acting()) as by:
        place(by, signal)
        person(by, signal)
        before = set(Token.objects.filter(signal_id=signal.id).values_list("mac", "source_id", "field"))
        Token.objects.filter(signal_id=signal.id).delete()
    assert reword(here().id, MONDAY).signals == 1
    with unit(acting()) as by:
        assert set(Token.objects.filter(signal_id=signal.id).values_list("mac", "source_id", "field")) == before
        old = YearKey.objects.get(year=2026).key_id
    told = reword(here().id, MONDAY + timedelta(hours=1), year=2026, new_key=True)
    assert (told.signals, told.keys, told.kept_for_sealed) == (1, 1, False)
    with unit(acting()) as by:
        assert YearKey.objects.get(year=2026).key_id != old
        assert references(by, WORD) == [signal.reference]
        assert references(by, "Testpersoon", person=True) == [signal.reference]
        after = set(Token.objects.filter(signal_id=signal.id).values_list("mac", "source_id", "field"))
        assert not after & before
        assert len(after) == len(before)


@pytest.mark.django_db
def test_a_sealed_signal_keeps_its_old_key_when_the_year_gets_a_new_one() -> None:
    a_file()
    with unit(acting()) as by:
        sealed = opened(by)
        noted(by, sealed, text=f"Een {WORD}")
        with opening.sealing(sealed, by=by):
            pass
    told = reword(here().id, MONDAY, year=2026, new_key=True)
    assert told.kept_for_sealed
    with unit(acting("integriteit")) as by:
        assert references(by, WORD) == [sealed.reference]


@pytest.mark.django_db
def test_the_table_holds_numbers_and_no_text() -> None:
    a_file()
    with unit(acting()), connection.cursor() as cursor:
        cursor.execute("SELECT data_type::text FROM information_schema.columns WHERE table_name = 'search_token'")
        assert {kind for (kind,) in cursor.fetchall()} == {"uuid", "bigint", "smallint"}
